import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { controlsOf } from './controls.ts'
import { t } from './language.ts'
import { PlayNotice } from './play-notice.tsx'
import { PlayerNotices } from './player-notices.tsx'
import { RecordingBar } from './recording-bar.tsx'
import type { RoomClient } from './room-client.ts'
import { LaneFrames } from './stage/lane-frames.tsx'
import type { LanePage } from './stage/lane-view.tsx'
import type { Player } from './stage/player.ts'
import { type ControlName, partControls } from './stage/stage-controls.tsx'
import { StageView } from './stage/stage-view.tsx'
import type { ShownStage } from './use-stage.ts'
import { XRayPanel } from './xray/panel.tsx'

export interface StagePanelProps {
  room: RoomClient
  state: RoomState
  stage: ShownStage
  /** Whether the X-ray is open; keys open it, too. */
  isXRay: Signal<boolean>
  /** Decides which controls there are; without one there are all. */
  lesson?: Lesson
  /** Settings stand elsewhere: only what belongs beside the lanes is here. */
  isPart?: boolean
}

/** The stage with all that belongs to it: whether it is live, lanes, controls, and the bytes of the lane that is looked at. */
export function StagePanel({ room, state, stage, isXRay, lesson, isPart = false }: StagePanelProps) {
  const { watch, desk } = stage.shown.value
  const isLive = stage.recorded.value === undefined
  const controls = shownControls(stage, lesson)
  const selected = useSignal<string | undefined>(undefined)
  const seen = watch.calmState.value
  const lanes = seen?.lanes.map(({ spec }) => spec) ?? []
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isXRay.value) return
    // It opens below the lanes, which may be out of sight.
    panel.current?.querySelector('.xr-panel')?.scrollIntoView({ block: 'nearest' })
    // A key has opened it, and the focus may be anywhere.
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
      isXRay.value = false
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [isXRay.value])
  const lane = lanes.find(({ id }) => id === selected.value)?.id ?? lanes[0]?.id
  return (
    <div class="stage-panel stack" ref={panel}>
      <h2 class="unseen" tabIndex={-1}>
        {t(say`The stage`)}
      </h2>
      <RecordingBar stage={stage} />
      {isLive && <PlayNotice room={room} player={state.stage.player} />}
      {isLive && <PlayerNotices stage={stage} />}
      <StageView
        key={isLive ? 'live' : 'recorded'}
        state={watch.state}
        stage={isLive ? state.stage : undefined}
        {...(isLive && { backgroundUs: stage.backgroundUs })}
        controls={isPart ? partControls(controls)[0] : controls}
        pages={isLive && state.stage.player === 'you' ? lanePages(stage.player) : {}}
        empty={
          lesson
            ? t(say`The lesson’s lanes are on their way.`)
            : t(say`Nothing is on the stage: choose lanes and begin.`)
        }
        desk={desk}
        figure={lesson?.figure}
        selected={isXRay.value ? lane : undefined}
        onSelect={(id) => {
          isXRay.value = !(isXRay.value && id === lane)
          selected.value = id
        }}
        xray={
          <XRayPanel
            state={seen}
            lanes={lanes}
            selected={isXRay.value ? lane : undefined}
            onSelect={(id) => {
              if (id === undefined) isXRay.value = false
              else selected.value = id
            }}
            ports={isLive ? Object.fromEntries(state.stage.lanes.map(({ id, port }) => [id, port])) : {}}
          />
        }
      />
    </div>
  )
}

/** What can be done to the stage that is shown: a recording can only be looked at. */
export function shownControls(stage: ShownStage, lesson: Lesson | undefined): readonly ControlName[] {
  return stage.recorded.value ? ['play', 'step', 'lens'] : controlsOf(lesson)
}

function lanePages(player: Player | undefined): Record<string, LanePage> {
  const frames = player?.frames.value ?? []
  return Object.fromEntries(
    frames.map(({ lane, state }) => [lane, { state, onRetry: () => player?.retry(lane) }]),
  )
}

/** The lanes' pages. They stand apart from what is seen, so that the lanes play on whatever the page shows. */
export function Lanes({ stage }: { stage: ShownStage }) {
  return stage.player ? <LaneFrames player={stage.player} /> : null
}
