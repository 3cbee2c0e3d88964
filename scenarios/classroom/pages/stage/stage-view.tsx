import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { say, sentences } from '../../../../report/words/say.ts'
import type { RoomState } from '../../room/protocol.ts'
import { language, t } from '../language.ts'
import { themeColors } from './canvas-colors.ts'
import { DelayStrip } from './delay-strip.tsx'
import { type LanePage, LaneView } from './lane-view.tsx'
import { waitingNote } from './lens.ts'
import { BytePatterns } from './marker.tsx'
import { type CanvasTheme, drawPicture } from './picture.ts'
import { runPictures } from './picture-loop.ts'
import { Race } from './race.tsx'
import { Signs } from './signs.tsx'
import { changesSince, type Standing, standingOf } from './spoken.ts'
import './stage.css'
import { figures } from '../../lessons/figures.ts'
import type { FigureName } from '../../lessons/lesson.ts'
import type { StageState } from '../../log/state.ts'
import { type ControlName, StageControls } from './stage-controls.tsx'
import type { StageDesk } from './stage-desk.ts'
import { StageTable } from './stage-table.tsx'
import { stageSummary } from './summary.ts'
import { useThrottled } from './throttled.ts'

export interface StageViewProps {
  /** Set anew with each `advance`. */
  state: ReadonlySignal<StageState | undefined>
  /** Of the room, where there is one: whether a page plays the lanes. */
  stage?: Pick<RoomState['stage'], 'player'> | undefined
  controls: readonly ControlName[]
  desk: StageDesk
  /** What the largest letters of each lane say; default: the last delay. */
  figure?: FigureName | undefined
  /** The lane whose bytes are looked at, and how one is chosen; without it lanes cannot be. */
  selected?: string | undefined
  onSelect?: (lane: string) => void
  /** What shows the bytes of the selected lane. */
  xray?: ComponentChildren
  /** How the lanes' pages are, by the id of the lane, where this window plays them. */
  pages?: Readonly<Record<string, LanePage>>
  /** What is said while there are no lanes. */
  empty?: string
  /** When delays were measured by a page in the background, on the stage's clock. */
  backgroundUs?: () => readonly { fromUs: number; toUs: number }[]
}

/** The stage as people see it: lanes, controls, race, delays, and all of it in words. */
export function StageView(props: StageViewProps) {
  const { state, controls, stage, xray, desk } = props
  const figure = figures[props.figure ?? 'lastDelay']
  const root = useRef<HTMLElement>(null)
  const canvases = useMemo(() => new Map<string, HTMLCanvasElement>(), [])
  const notes = useMemo(() => new Map<string, Signal<string>>(), [])
  const label = useMemo(() => signal(''), [])
  void useThrottled(state, 250).value
  const now = state.peek()
  const isHeld = now !== undefined && desk.lens.value.heldUs !== undefined

  const noteOf = (lane: string) => {
    if (!notes.has(lane)) notes.set(lane, signal(''))
    return notes.get(lane) as Signal<string>
  }

  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)')
    const dark = matchMedia('(prefers-color-scheme: dark)')
    let theme: CanvasTheme | undefined
    const draw = () => {
      const current = state.peek()
      const picture = desk.look()
      if (!current || !picture || !root.current) return false
      theme ??= themeOf(root.current)
      label.value = t(picture.label)
      for (const lane of current.lanes) {
        const canvas = canvases.get(lane.spec.id)
        if (canvas) drawPicture(canvas, current, lane, picture, theme, still.matches)
        const note = waitingNote(current, lane, picture)
        noteOf(lane.spec.id).value = note ? t(note) : ''
      }
      return picture.isMoving
    }
    const loop = runPictures(desk, () => still.matches, draw)
    const renew = () => {
      theme = undefined
      loop.wake()
    }
    const watcher = new MutationObserver(renew)
    watcher.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'lang', 'class'],
    })
    const sizes = new ResizeObserver(renew)
    if (root.current) sizes.observe(root.current)
    // Pictures grow and shrink with what else there is, too.
    const lanes = root.current?.querySelector('.lanes')
    if (lanes) sizes.observe(lanes)
    for (const query of [still, dark]) query.addEventListener('change', renew)
    return () => {
      loop.stop()
      watcher.disconnect()
      sizes.disconnect()
      for (const query of [still, dark]) query.removeEventListener('change', renew)
    }
  }, [desk])

  return (
    <section
      class={xray && props.selected !== undefined ? 'stage stack x-rayed' : 'stage stack'}
      ref={root}
      lang={language.value === 'zh' ? 'zh-Hans' : 'en'}
      aria-label={t(say`The stage`)}
    >
      <BytePatterns />
      <div class={isHeld ? 'lanes-head row quiet held' : 'lanes-head row quiet'}>
        <p class="clock" data-lens={desk.lens.value.factor}>
          {label}
        </p>
        {isHeld && <p class="goes-on">{t(say`the counters go on`)}</p>}
        {now && now.lanes.length > 0 && now.lanes.every(({ agrees }) => agrees) && (
          <p class="agrees" title={t(say`The sockets themselves have counted the same bytes`)}>
            {t(say`= sockets`)}
          </p>
        )}
        {stage?.player === 'none' && <p class="no-player">{t(say`No page plays the lanes.`)}</p>}
        <p class="heads" aria-hidden="true">
          <span>{t(figure.text)}</span>
          <span>{t(say`bytes so far`)}</span>
          <span>{t(say`requests`)}</span>
        </p>
      </div>
      <div class="lanes stack" data-lanes={now?.lanes.length ?? 0}>
        {!now?.lanes.length && <p class="empty quiet">{props.empty ?? t(say`The stage is empty.`)}</p>}
        {now?.lanes.map((lane) => {
          const { id } = lane.spec
          const { onSelect } = props
          return (
            <LaneView
              key={`${now.run} ${id}`}
              lane={lane}
              figure={figure}
              note={noteOf(id)}
              page={props.pages?.[id]}
              isOwed={stage?.player !== 'none' && now.network === 'up' && now.server === 'up'}
              isSelected={props.selected === id}
              onSelect={onSelect && (() => onSelect(id))}
              canvas={(canvas) => {
                if (canvas) canvases.set(id, canvas)
                else canvases.delete(id)
              }}
            />
          )
        })}
      </div>
      <Signs state={state} />
      {now && controls.length > 0 && <StageControls desk={desk} controls={controls} stage={now} />}
      {xray}
      <div class="charts">
        <Race state={now} />
        <DelayStrip state={now} backgroundUs={props.backgroundUs} />
      </div>
      <StageTable state={state} />
      <Spoken state={state} />
    </section>
  )
}

/**
 * The stage in sentences, to be read whenever somebody wants to, and what has changed, which is told by itself, at most every
 * 2 s. Numbers change all the time: whoever heard each of them would hear nothing else.
 */
function Spoken({ state }: { state: ReadonlySignal<StageState | undefined> }) {
  const { value: tick } = useThrottled(state, 2_000)
  const before = useRef<Standing>(undefined)
  const [told, setTold] = useState('')
  useEffect(() => {
    const now = state.peek()
    if (!now) return
    const standing = standingOf(now, before.current)
    const changes = before.current ? changesSince(before.current, standing, now) : []
    before.current = standing
    if (changes.length > 0) setTold(t(sentences(changes)))
  }, [state, tick])
  const summary = () => t(stageSummary(state.peek()))
  return (
    <>
      <p class="stage-spoken">{summary()}</p>
      <button type="button" class="stage-say" onClick={() => setTold(summary())}>
        {t(say`Say how it stands`)}
      </button>
      <p class="stage-told" role="status" aria-live="polite">
        {told}
      </p>
    </>
  )
}

function themeOf(root: Element): CanvasTheme {
  const { fontFamily } = getComputedStyle(root)
  const em = Number.parseFloat(getComputedStyle(root).fontSize)
  return { colors: themeColors(root), em, fontFamily, ofTechniques: new Map() }
}
