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
            const row = laneRow(lane)
            return (
              <tr
                key={lane.spec.id}
                data-lane={lane.spec.id}
                data-received={row.received}
                data-last-delay-us={row.lastDelayUs}
                data-median-us={row.medianUs}
                data-bytes={lane.bytes}
                data-bytes-up={lane.bytesUp}
                data-bytes-down={lane.bytesDown}
                data-header={row.header}
                data-framing={row.framing}
                data-payload={row.payload}
                data-requests={lane.requests}
                data-answers={lane.answers}
                data-empty-answers={lane.emptyAnswers}
                data-lost={lane.lost.length}
                data-duplicated={lane.duplicated.length}
                data-agrees={lane.agrees === undefined ? undefined : String(lane.agrees)}
              >
                <th scope="row">{t(laneTitle(lane.spec))}</th>
                <td>{row.received}</td>
                <td>{delay(row.lastDelayUs, lane)}</td>
                <td>{delay(row.medianUs, lane)}</td>
                <td>{lane.bytes}</td>
                <td>{row.header}</td>
                <td>{row.framing}</td>
                <td>{row.payload}</td>
                <td>{lane.requests}</td>
                <td>{lane.answers}</td>
                <td>{lane.emptyAnswers}</td>
                <td>{lane.lost.length}</td>
                <td>{lane.duplicated.length}</td>
                <td>{lane.agrees === undefined ? '–' : t(lane.agrees ? say`the same` : say`differ`)}</td>
              </tr>
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
          {eventRows(state, lane).map(({ seq, publishedUs, sentUs, receivedUs, delayUs, isLost }) => (
            <tr
              key={seq}
              data-lane={lane.spec.id}
              data-seq={seq}
              data-published-us={publishedUs}
              data-sent-us={sentUs}
              data-received-us={receivedUs}
              data-delay-us={delayUs}
              data-is-lost={isLost ? 'true' : undefined}
            >
              <th scope="row">{seq}</th>
              <td>{exactSeconds(publishedUs)}</td>
              <td>{exactSeconds(sentUs)}</td>
              <td>{isLost ? t(say`lost`) : exactSeconds(receivedUs)}</td>
              <td>{delay(delayUs, lane)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** To the microsecond, as the log has it. */
function exactSeconds(us: number | undefined): string {
  return us === undefined ? '–' : (us / 1e6).toFixed(6)
}

function delay(us: number | undefined, lane: LaneState): string {
  return us === undefined ? '–' : delayText(us, lane)
}
