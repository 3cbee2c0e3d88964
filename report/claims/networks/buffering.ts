import { type NginxInFrontRow, nginxInFrontRows } from '../../../results/rows/nginx-in-front.ts'
import { type ProxyBufferRow, proxyBufferRows } from '../../../results/rows/proxy-buffer.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { clauses, said, say, type Text } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement, notValid, rowsOf } from '../evidence.ts'
import { column, counted, rowsWhere, timed, total } from '../rows.ts'

const TOLERANCE = 0.1
const OFTEN_MS = 1_000

export const bufferingProxy: Claim = {
  id: 'buffering-proxy',
  from: 'literature',
  claim: 'A proxy that buffers holds streams back.',
  source:
    'RFC 6202 (2011), section 5.6; nginx documentation of proxy_buffering; HTML Living Standard, ' +
    'section 9.2.7',
  prediction:
    'An event waits at most buffer / (rate x bytes per event), half of it on average; ' +
    'X-Accel-Buffering: no ends that, heartbeats only fill the buffer sooner.',
  experiments: ['proxy-buffer', 'nginx-in-front'],
  metric: 'Longest delay of a server-sent event in each buffer, from its publication, against the model',
  rule:
    'Of the buffers of 4 and 8 kB that no header stops, without heartbeats: held where the median over ' +
    'buffers of the longest delay is within 10 % of the model for both sizes; did not hold where it is less ' +
    'than 10 % of the model for both; else inconclusive, and so with fewer than 3 buffers of a size.',
  judge: byRows(proxyBufferRows, (rows, evidence) => {
    const stubborn = rowsWhere(rows, { honoursNoBuffering: false })
    const quiet = stubborn.filter(({ heartbeatMs }) => heartbeatMs > OFTEN_MS)
    const beating = stubborn.filter(({ heartbeatMs }) => heartbeatMs <= OFTEN_MS)
    const sizes = [...Map.groupBy(quiet, ({ bufferBytes }) => bufferBytes)]
    const longest = (what: Text, rows: readonly ProxyBufferRow[]) =>
      timed(what, column(rows, 'maxDelayUs'), column(rows, 'modelMaxDelayUs')[0])
    const decisive = sizes.flatMap(([bufferBytes, rows]) =>
      longest(say`Longest delay in a buffer of ${bufferBytes} bytes`, rows),
    )
    const meanUs = column(rows, 'meanDelayUs', { honoursNoBuffering: true })
    const streamed = timed(said('Mean delay where X-Accel-Buffering: no is honoured'), meanUs)
    const nginx = rowsOf(evidence, nginxInFrontRows)
    const numbers = [
      ...decisive,
      ...longest(said('Longest delay in a buffer of 8192 bytes, with heartbeats'), beating),
      ...streamed,
      ...('none' in nginx ? [] : behindNginx(nginx.rows)),
    ]
    const invalid = notValid(decisive)
    if (invalid) return invalid
    const ratioOf = ({ maxDelayUs, modelMaxDelayUs }: ProxyBufferRow) => maxDelayUs / modelMaxDelayUs
    const ratios = sizes.map(([, rows]) => median(rows.map(ratioOf)))
    const isHeld = sizes.length >= 2 && ratios.every((ratio) => Math.abs(ratio - 1) <= TOLERANCE)
    const isPrompt = sizes.length >= 2 && ratios.every((ratio) => ratio < TOLERANCE)
    const seen = clauses(
      decisive.map(({ value, expected = 0 }, i) => {
        const bufferBytes = sizes[i]?.[0] ?? Number.NaN
        return say`up to ${format.us(value)} in a buffer of ${bufferBytes} bytes (model ${format.us(expected)})`
      }),
    )
    const [out] = streamed
    const because = out
      ? say`Events waited ${seen}, and ${format.us(out.value)} on average where X-Accel-Buffering: no is honoured.`
      : say`Events waited ${seen}.`
    return judgement(isHeld ? 'held' : isPrompt ? 'did not hold' : 'inconclusive', because, numbers)
  }),
}

/** What came of a stream while it was open, by nginx's configuration. */
function behindNginx(rows: readonly NginxInFrontRow[]) {
  const streams = rowsWhere(rows, { technique: 'sse' })
  return [...Map.groupBy(streams, ({ configuration }) => configuration)].map(([configuration, group]) =>
    counted(
      say`Server-sent events that arrived in time behind nginx, ${said(configuration)}`,
      total(group, 'eventsReceivedInTime'),
      total(group, 'eventsPublished'),
    ),
  )
}
