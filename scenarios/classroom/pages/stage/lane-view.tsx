import type { ReadonlySignal } from '@preact/signals'
import type { Ref } from 'preact'
import { format } from '../../../../report/format.ts'
import { said, say } from '../../../../report/words/say.ts'
import { entryOf } from '../../../../server/registry.ts'
import { defaultSettings } from '../../../../server/settings.ts'
import type { Figure } from '../../lessons/figures.ts'
import { groupNames, laneTitle, openTabs } from '../../log/lane-numbers.ts'
import type { LaneState } from '../../log/state.ts'
import { t } from '../language.ts'
import { ByteBar } from './byte-bar.tsx'
import { hueStyle } from './hue.ts'
import { LeavingButton } from './leaving-button.tsx'
import { Marker } from './marker.tsx'
import { groupTexts } from './race.tsx'
import { laneRow } from './summary.ts'

interface LaneViewProps {
  lane: LaneState
  /** What its largest letters say. */
  figure: Figure
  /** Told of the event that is slowed: changes with the picture. */
  note: ReadonlySignal<string>
  /** Of the page that plays the lane, where this window does. */
  page: LanePage | undefined
  /** Whether it can be told that the lane is not open: somebody plays it, and nothing is cut or down. */
  isOwed: boolean
  isSelected: boolean
  onSelect: (() => void) | undefined
  canvas: Ref<HTMLCanvasElement>
}

/** How the page of a lane is, and what loads it again. */
export interface LanePage {
  state: 'loading' | 'ready' | 'failed'
  onRetry(): void
}

/** A lane: its name, what there is to say of it and its counters in a row, and its picture below, as wide as both. */
export function LaneView({ lane, figure, note, page, isOwed, isSelected, onSelect, canvas }: LaneViewProps) {
  const { spec } = lane
  const row = laneRow(lane)
  const groups = { header: row.header, framing: row.framing, payload: row.payload }
  const name = laneName(lane)
  const hasFailed = page?.state === 'failed'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the name within is the button for keys
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for pointers, of the same button
    <div
      class={isSelected ? 'lane selected' : 'lane'}
      style={hueStyle(spec.technique)}
      data-lane={spec.id}
      data-tabs={lane.isOpen.length > 1 ? lane.isOpen.length : undefined}
      onClick={onSelect}
    >
      <div class="head">
        <h3>
          <Marker technique={spec.technique} />
          {onSelect ? (
            <button type="button" class="name" aria-pressed={isSelected}>
              {name}
            </button>
          ) : (
            <span class="name">{name}</span>
          )}
        </h3>
        <span class="notes quiet">
          {lane.isOpen.length > 1 && (
            <span class="tabs">{t(say`${openTabs(lane)} of ${lane.isOpen.length} tabs open`)}</span>
          )}
          {lane.probe === 'waits' && <span class="note tabs">{t(say`a request waits`)}</span>}
          {hasFailed && (
            <span class="failed">
              {t(say`its page is silent`)}{' '}
              <LeavingButton class="retry" onClick={() => page.onRetry()}>
                {t(say`Try again`)}
                <span class="unseen">: {t(laneTitle(spec))}</span>
              </LeavingButton>
            </span>
          )}
          {!hasFailed && isOwed && opening(lane)}
          {!!lane.heldBack && (
            <span class="note">
              {t(
                say`an answer holds ${defaultSettings.bufferBytes / 1_024} KiB: ${format.count(lane.heldBack)} more wait`,
              )}
            </span>
          )}
          {lane.lost.length > 0 && <b class="lost">{t(say`${lane.lost.length} lost`)}</b>}
          {lane.agrees === false && <b class="differs">{t(say`≠ sockets`)}</b>}
          <span class="note">{note}</span>
          {lane.answers > 0 && <span>{t(say`${lane.emptyAnswers} of ${lane.answers} empty`)}</span>}
        </span>
      </div>
      <dl class="counters">
        <div class="main">
          <dt>{t(figure.text)}</dt>
          <dd class="big">{figure.of(lane) ?? '–'}</dd>
        </div>
        <div class="main">
          <dt>{t(say`bytes so far`)}</dt>
          <dd class="big">{format.bytes(lane.bytes)}</dd>
        </div>
        <div class="main">
          <dt>{t(say`requests`)}</dt>
          <dd class="big">{format.count(lane.requests)}</dd>
        </div>
        <div class="parts">
          <dt>{t(say`split`)}</dt>
          <dd>
            <span class="bar">
              <ByteBar groups={groups} of={lane.bytes} />
            </span>
            <span class="words">
              {groupNames.map((part) => (
                <span key={part}>{t(groupTexts[part](share(groups[part], lane.bytes)))}</span>
              ))}
            </span>
          </dd>
        </div>
      </dl>
      <div class="picture" aria-hidden="true">
        <canvas ref={canvas} />
      </div>
    </div>
  )
}

/** The technique in large letters, what is special about the lane in small ones. */
function laneName({ spec }: LaneState) {
  const title = t(laneTitle(spec))
  const technique = t(said(entryOf(spec.technique)?.title ?? spec.technique))
  if (title === technique || !title.startsWith(technique)) return <>{title}</>
  return (
    <>
      {technique}
      <span class="special">{title.slice(technique.length)}</span>
    </>
  )
}

/**
 * What is told while a lane has no stream, or has never reached its server: nothing of that can be seen in its picture. No
 * component, for a lane is the same object however much it changes.
 */
function opening({ openedUs, isOpen, spec }: LaneState) {
  if (openedUs.every((at) => at === undefined)) return <span class="note">{t(say`connecting…`)}</span>
  // Between two polls there is no connection, and nothing is wrong.
  const isPoll = entryOf(spec.technique)?.family === 'poll'
  return isPoll || isOpen.some(Boolean) ? null : <span class="note">{t(say`reconnecting…`)}</span>
}

function share(bytes: number, of: number): string {
  return of > 0 ? `${Math.round((bytes / of) * 100)} %` : '–'
}
