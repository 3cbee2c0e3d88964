import { type IframePaddingRow, iframePaddingRows } from '../../../results/rows/iframe-padding.ts'
import { list, type Said, said, say } from '../../words/say.ts'
import type { Claim, EvidenceNumber } from '../claim.ts'
import { byRows, fromValues, inconclusive, notValid } from '../evidence.ts'
import { column } from '../rows.ts'

type Charset = IframePaddingRow['charset']
const CHARSETS: Record<Charset, Said> = {
  header: said('in the header'),
  meta: said('in a meta element'),
  nowhere: said('nowhere'),
}
const PADDINGS_BYTES = [0, 1_024, 4_096]

export const iframePadding: Claim = {
  id: 'iframe-padding',
  from: 'literature',
  claim: 'An iframe stream needs 1 to 4 kB of padding before a browser shows anything of it.',
  source: 'SockJS, its transport htmlfile (2011): "Safari needs at least 1024 bytes to parse the website"',
  prediction:
    'Of today’s Chromium it does not hold: at most a stream without a declared character encoding waits ' +
    'for the 1,024 bytes to guess it from.',
  experiments: ['iframe-padding'],
  metric:
    'Delay of the first event after 0, 1,024 and 4,096 bytes of padding, with the character encoding ' +
    'declared in the header, in a meta element, and nowhere',
  rule:
    'Late: the whole interval of the median is at least half of the time until the next event is written. ' +
    'Late without padding and not late after 4,096 bytes, however the encoding is declared, held; never ' +
    'late did not hold; late for some ways to declare it depends on that. Inconclusive where it is late ' +
    'after 4,096 bytes, too, an interval lies on both sides, or there are fewer than 3 trials.',
  judge: byRows(iframePaddingRows, (rows) => {
    const charsets = iframePaddingRows.columns.charset
    const delays = charsets.map((charset) =>
      PADDINGS_BYTES.map((paddingBytes) => delayOf(rows, charset, paddingBytes)),
    )
    const numbers = delays.flat()
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const [eventIntervalUs = Number.NaN] = column(rows, 'eventIntervalUs')
    const lateUs = eventIntervalUs / 2
    const isLate = ({ low }: EvidenceNumber) => low >= lateUs
    const isUnclear = ({ low, high }: EvidenceNumber) => low < lateUs && high >= lateUs
    const unpadded = delays.map(([first]) => first as EvidenceNumber)
    const padded = delays.map((ofCharset) => ofCharset.at(-1) as EvidenceNumber)
    const late = charsets.filter((_, i) => isLate(unpadded[i] as EvidenceNumber))
    if (numbers.some(isUnclear) || padded.some(isLate)) {
      const because = said('Events were late after 4,096 bytes of padding, too, or only sometimes.')
      return inconclusive(because, numbers)
    }
    const milliseconds = (of: EvidenceNumber[]) =>
      (Math.max(...of.map(({ value }) => value)) / 1e3).toFixed(0)
    if (late.length === 0) {
      const because = say`Without padding the first event came after ${milliseconds(unpadded)} ms at most, after 4,096 bytes of it after ${milliseconds(padded)} ms.`
      return { verdict: 'did not hold', because, numbers }
    }
    const where = list(late.map((charset) => CHARSETS[charset]))
    const because = say`Without padding the first event is held back where the encoding is declared ${where}.`
    return { verdict: late.length === charsets.length ? 'held' : 'depends', because, numbers }
  }),
}

function delayOf(rows: readonly IframePaddingRow[], charset: Charset, paddingBytes: number): EvidenceNumber {
  const padding =
    paddingBytes === 0 ? said('without padding') : say`after ${paddingBytes.toLocaleString('en')} bytes`
  const what = say`Delay of the first event ${padding}, encoding declared ${CHARSETS[charset]}`
  return fromValues(column(rows, 'delayUs', { charset, paddingBytes }), { what, unit: 'us', kind: 'timed' })
}
