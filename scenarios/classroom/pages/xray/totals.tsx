import { format } from '../../../../report/format.ts'
import { say } from '../../../../report/words/say.ts'
import type { LaneState } from '../../log/state.ts'
import { Heads } from '../heads.tsx'
import { t } from '../language.ts'
import { ClassText } from './class-text.tsx'
import { classTotals } from './sums.ts'

/**
 * All bytes of a lane by class and direction. Its totals are the lane's counters; `data-` attributes hold the numbers for
 * whoever checks that.
 */
export function Totals({ lane }: { lane: LaneState }) {
  const totals = classTotals(lane)
  const cell = (bytes: number | undefined) => <td>{bytes === undefined ? '–' : format.count(bytes)}</td>
  return (
    <div class="xr-totals stack" data-total-bytes={lane.bytes} data-agrees={String(lane.agrees ?? '')}>
      <table>
        <caption>{t(say`All bytes of this lane`)}</caption>
        <Heads texts={[say`class`, say`client → server`, say`server → client`, say`both ways`]} />
        <tbody>
          {totals.map(({ byteClass, up, down, bytes }) => (
            <tr key={byteClass} data-class={byteClass} data-bytes={bytes}>
              <th scope="row">
                <ClassText byteClass={byteClass} />
              </th>
              {cell(up)}
              {cell(down)}
              {cell(bytes)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t(say`all classes`)}</th>
            <td data-direction="up" data-bytes={lane.bytesUp}>
              {format.count(lane.bytesUp)}
            </td>
            <td data-direction="down" data-bytes={lane.bytesDown}>
              {format.count(lane.bytesDown)}
            </td>
            <td>{format.count(lane.bytes)}</td>
          </tr>
        </tfoot>
      </table>
      <p class={lane.agrees === false ? 'xr-bad' : 'xr-quiet'}>
        {lane.agrees === undefined && t(say`Not yet compared with what the sockets counted.`)}
        {lane.agrees === true && t(say`The sockets have counted the same at the last comparison.`)}
        {lane.agrees === false && t(say`The sockets have counted otherwise: do not quote these numbers.`)}
      </p>
      {lane.pageBytes > 0 && (
        <p class="xr-quiet">
          {t(say`The lane's own page, ${format.count(lane.pageBytes)} B, is not among them.`)}
        </p>
      )}
    </div>
  )
}
