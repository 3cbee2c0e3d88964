import type { ReadonlySignal } from '@preact/signals'
import { say } from '../../../../report/words/say.ts'
import { delayText, laneTitle } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { Heads } from '../heads.tsx'
import { t } from '../language.ts'
import { eventRows, laneRow } from './summary.ts'
import { useThrottled } from './throttled.ts'

/** All numbers of the stage behind a fold. Its `data-` attributes hold them as the state does, in µs and bytes. */
export function StageTable({ state }: { state: ReadonlySignal<StageState | undefined> }) {
  void useThrottled(state, 500).value
  const now = state.peek()
  return (
    <details class="stage-table">
      <summary>{t(say`As a table`)}</summary>
      {now && <Lanes state={now} />}
      {now?.lanes.map((lane) => (
        <Events key={lane.spec.id} state={now} lane={lane} />
      ))}
    </details>
  )
}

function Lanes({ state }: { state: StageState }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scrolls" tabIndex={0} aria-label={t(say`All lanes`)}>
      <table data-events={state.events.length} data-run={state.run}>
        <caption>{t(say`All lanes`)}</caption>
        <Heads
          texts={[
            ...[say`lane`, say`received`, say`last delay`, say`median`],
            ...[say`bytes, B`, say`header, B`, say`framing, B`, say`payload, B`],
            ...[say`requests`, say`answers`, say`empty answers`, say`lost`, say`twice`, say`sockets`],
          ]}
        />
        <tbody>
          {state.lanes.map((lane) => {
            const { spec, bytes, bytesUp, bytesDown, requests, answers, emptyAnswers, agrees } = lane
            const { received, lastDelayUs, medianUs, header, framing, payload } = laneRow(lane)
            const [lost, duplicated] = [lane.lost.length, lane.duplicated.length]
            return (
              <Row
                key={spec.id}
                data={{
                  ...{
                    lane: spec.id,
                    received,
                    lastDelayUs,
                    medianUs,
                    bytes,
                    bytesUp,
                    bytesDown,
                    header,
                    framing,
                  },
                  ...{ payload, requests, answers, emptyAnswers, lost, duplicated, agrees },
                }}
                head={t(laneTitle(spec))}
                cells={[
                  ...[
                    received,
                    delay(lastDelayUs, lane),
                    delay(medianUs, lane),
                    bytes,
                    header,
                    framing,
                    payload,
                  ],
                  ...[requests, answers, emptyAnswers, lost, duplicated],
                  agrees === undefined ? '–' : t(agrees ? say`the same` : say`differ`),
                ]}
              />
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Events({ state, lane }: { state: StageState; lane: LaneState }) {
  const name = t(say`${laneTitle(lane.spec)}: the latest events`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scrolls" tabIndex={0} aria-label={name}>
      <table>
        <caption>{name}</caption>
        <Heads texts={[say`number`, say`published, s`, say`sent, s`, say`received, s`, say`delay`]} />
        <tbody>
          {eventRows(state, lane).map(({ isLost, ...times }) => (
            <Row
              key={times.seq}
              data={{ lane: lane.spec.id, ...times, isLost: isLost || undefined }}
              head={times.seq}
              cells={[
                exactSeconds(times.publishedUs),
                exactSeconds(times.sentUs),
                isLost ? t(say`lost`) : exactSeconds(times.receivedUs),
                delay(times.delayUs, lane),
              ]}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  /** Attributes by the names that `dataset` gives them back by. */
  data: Readonly<Record<string, string | number | boolean | undefined>>
  head: string | number
  cells: readonly (string | number)[]
}

function Row({ data, head, cells }: RowProps) {
  const attributes = Object.entries(data).map(([name, value]) => [
    `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value === undefined ? undefined : String(value),
  ])
  return (
    <tr {...Object.fromEntries(attributes)}>
      <th scope="row">{head}</th>
      {cells.map((text, i) => (
        <td key={i}>{text}</td>
      ))}
    </tr>
  )
}

/** To the microsecond, as the log has it. */
function exactSeconds(us: number | undefined): string {
  return us === undefined ? '–' : (us / 1e6).toFixed(6)
}

function delay(us: number | undefined, lane: LaneState): string {
  return us === undefined ? '–' : delayText(us, lane)
}
