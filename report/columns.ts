import type { FigureName } from './analysis/figures.ts'
import { type Format, format } from './format.ts'

/** A figure as a column of a table. */
export interface Column {
  heading: string
  figure: FigureName
  text: Format
}

/** How figures are called, and how their values are written. */
const TEXTS: Partial<Record<FigureName, [heading: string, text: Format]>> = {
  lostShare: ['Events lost', format.percent],
  duplicatedShare: ['Events duplicated', format.percent],
  reorderedShare: ['Events reordered', format.percent],
  roundTripP50Us: ['Round trip, median', format.us],
  roundTripP99Us: ['Round trip, p99', format.us],
  p50Us: ['Delay, median', format.us],
  p99Us: ['Delay, p99', format.us],
  meanUs: ['Delay, mean', format.us],
  maxUs: ['Delay, longest', format.us],
  publishedP50Us: ['Delay from publication, median', format.us],
  publishedP99Us: ['Delay from publication, p99', format.us],
  boundP50Us: ['Instrument’s bound, median', format.us],
  clientCostP50Us: ['Client’s cost, median', format.us],
  bytesPerEvent: ['Bytes per event', format.bytes],
  overheadBytesPerEvent: ['Overhead per event', format.bytes],
  payloadShare: ['Payload share', format.percent],
  wireBytesPerEvent: ['Bytes per event with TCP/IP headers', format.bytes],
  packetsPerEvent: ['Packets per event', format.count],
  requestsPerEvent: ['Requests per event', format.count],
  emptyAnswerShare: ['Empty answers', format.percent],
  bytesPerSecond: ['Bytes/s per subscriber', format.bytes],
  setupBytes: ['Bytes to set up', format.bytes],
  besidesEventsBytes: ['Bytes besides events', format.bytes],
  serverCpuUsPer1000Events: ['Server CPU per 1,000 events', format.us],
  agentCpuUsPer1000Events: ['Load agent CPU per 1,000 events', format.us],
  serverRssBytes: ['Server memory (RSS)', format.megabytes],
}

/** What two runs are compared by. */
export const compared: readonly FigureName[] = [
  ...(['lostShare', 'duplicatedShare', 'reorderedShare', 'p50Us', 'p99Us', 'roundTripP50Us'] as const),
  ...(['bytesPerEvent', 'requestsPerEvent', 'serverCpuUsPer1000Events', 'serverRssBytes'] as const),
]

/** A figure's column; one that has no name of its own is called what records are read by. */
export function columnOf(figure: FigureName): Column {
  const [heading, text] = TEXTS[figure] ?? [figure, format.count]
  return { heading, figure, text }
}

/** The same of several. */
export function columnsOf(...figures: FigureName[]): Column[] {
  return figures.map(columnOf)
}

/** How the values of a figure are written, with their unit. */
export function textOf(figure: FigureName): Format {
  return columnOf(figure).text
}
