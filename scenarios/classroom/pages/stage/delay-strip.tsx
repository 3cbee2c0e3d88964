import { format } from '../../../../report/format.ts'
import { say } from '../../../../report/words/say.ts'
import { type Delays, delaysOf, delayText, laneTitle } from '../../log/lane-numbers.ts'
import type { StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { delayCaption } from './captions.ts'
import { hueStyle } from './hue.ts'
import { Marker } from './marker.tsx'

const [FROM_US, TO_US] = [100, 60_000_000]
const TICKS_US = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 60_000_000]
const LABELS_US = [100, 10_000, 1_000_000, 60_000_000]

/** Where a delay stands on the logarithmic axis from 0.1 ms to 60 s: 0 to 100 %. What is beyond stands at its end. */
export function placeOf(delayUs: number): number {
  const within = Math.min(TO_US, Math.max(FROM_US, delayUs))
  return (Math.log(within / FROM_US) / Math.log(TO_US / FROM_US)) * 100
}

interface DelayStripProps {
  state: StageState | undefined
  backgroundUs?: (() => readonly { fromUs: number; toUs: number }[]) | undefined
}

/** How late each lane's latest events were, on one logarithmic axis. */
export function DelayStrip({ state: now, backgroundUs }: DelayStripProps) {
  const isChanged = now?.lanes.some(({ sinceUs }) => sinceUs) ?? false
  return (
    <section class="strip" aria-labelledby="strip-title">
      <h3 id="strip-title" class="row spread">
        {t(say`How late`)}
        <span class="key quiet">
          {!isChanged && (
            <span>
              <svg class="swatch one" viewBox="0 0 6 12" aria-hidden="true">
                <line x1="3" x2="3" y1="2" y2="10" />
              </svg>
              {t(say`an event`)}
            </span>
          )}
          <span>
            <svg class="swatch one" viewBox="0 0 6 12" aria-hidden="true">
              <rect width="6" height="12" />
            </svg>
            {t(isChanged ? say`median since the change` : say`median`)}
          </span>
        </span>
      </h3>
      <ul>
        {now?.lanes.map((lane) => {
          const delays = delaysOf(lane)
          return (
            <li key={lane.spec.id} style={hueStyle(lane.spec.technique)}>
              <Marker technique={lane.spec.technique} />
              <span class="who">{t(laneTitle(lane.spec))}</span>
              <Marks delays={delays} />
              <b>{delays.us.length > 0 ? delayText(delays.medianUs, lane) : '–'}</b>
            </li>
          )
        })}
        {now && (
          <li class="axis" aria-hidden="true">
            <span class="ticks quiet">
              {LABELS_US.map((us) => (
                <span key={us} style={{ left: `${placeOf(us)}%` }}>
                  {format.us(us).replace('100 µs', '0.1 ms')}
                </span>
              ))}
            </span>
          </li>
        )}
      </ul>
      <p class="caption">{now ? t(delayCaption(now, backgroundUs?.())) : ''}</p>
    </section>
  )
}

function Marks({ delays: { us, medianUs } }: { delays: Delays }) {
  const median = `${placeOf(medianUs)}%`
  return (
    <svg class="marks" width="100%" height="100%" aria-hidden="true">
      {TICKS_US.map((tick) => (
        <line key={tick} class="grid" x1={`${placeOf(tick)}%`} x2={`${placeOf(tick)}%`} y1="0" y2="100%" />
      ))}
      {us.map((delayUs, i) => {
        const x = `${placeOf(delayUs)}%`
        return <line key={i} class="mark" x1={x} x2={x} y1="25%" y2="75%" />
      })}
      {us.length > 0 && <line class="median" x1={median} x2={median} y1="0" y2="100%" />}
    </svg>
  )
}
