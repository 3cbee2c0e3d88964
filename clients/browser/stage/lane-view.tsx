import type { ReadonlySignal } from '@preact/signals'
import type { Ref } from 'preact'
import { format } from '../../../report/format.ts'
import { say } from '../../../report/words/say.ts'
import { t } from '../words.ts'
import { ByteBar } from './byte-bar.tsx'
import { hueStyle } from './hue.ts'
import { groupNames, laneTitle } from './lane-numbers.ts'
import { Marker } from './marker.tsx'
import { groupTexts } from './race.tsx'
import type { LaneState } from './state.ts'
import { laneRow } from './summary.ts'

interface LaneViewProps {
  lane: LaneState
  /** Told of the event that is slowed: changes with the picture. */
  note: ReadonlySignal<string>
  isSelected: boolean
  onSelect: (() => void) | undefined
  canvas: Ref<HTMLCanvasElement>
}

/** A lane: its name and what there is to say of it, its picture, and its counters at the right. */
export function LaneView({ lane, note, isSelected, onSelect, canvas }: LaneViewProps) {
  const { spec } = lane
  const row = laneRow(lane)
  const groups = { header: row.header, framing: row.framing, payload: row.payload }
  const name = t(laneTitle(spec))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the name within is the button for keys
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for pointers, of the same button
    <div
      class={isSelected ? 'lane selected' : 'lane'}
      style={hueStyle(spec.technique)}
      data-lane={spec.id}
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
        <span class="notes">
          {lane.lost.length > 0 && <b class="lost">{t(say`${lane.lost.length} lost`)}</b>}
          <span class="note">{note}</span>
          {lane.isOpen.length > 1 && (
            <span>{t(say`${openTabs(lane)} of ${lane.isOpen.length} tabs open`)}</span>
          )}
          {lane.answers > 0 && <span>{t(say`${lane.emptyAnswers} of ${lane.answers} answers empty`)}</span>}
          {lane.agrees !== undefined && (
            <span
              class={lane.agrees ? 'agrees' : 'differs'}
              title={t(say`Whether the sockets themselves have counted the same bytes`)}
            >
              {t(lane.agrees ? say`= sockets` : say`≠ sockets`)}
            </span>
          )}
        </span>
      </div>
      <div class="picture" aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <dl class="counters">
        <div class="main">
          <dt>{t(say`last delay`)}</dt>
          <dd class="big">{row.lastDelayUs === undefined ? '–' : format.us(row.lastDelayUs)}</dd>
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
    </div>
  )
}

function openTabs({ isOpen }: LaneState): number {
  return isOpen.filter(Boolean).length
}

function share(bytes: number, of: number): string {
  return of > 0 ? `${Math.round((bytes / of) * 100)} %` : '–'
}
