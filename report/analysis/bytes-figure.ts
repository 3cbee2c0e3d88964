import { byTechnique, figureOf, type MeasuredScenario } from './cells.ts'

/** Bytes per event by the layer that counted them: how each is called. */
export const layers = {
  bytesPerEvent: 'Bytes of the TCP stream per delivered event',
  wireBytesPerEvent: 'Bytes with TCP/IP headers per delivered event',
} as const

/** So much more packets are no scatter. */
const MORE_PACKETS = 1.05

/**
 * The bytes per event that answer what a sweep asks: where the number of packets changes along it, their headers do,
 * too, which no TCP stream has in it. Where the kernel did not count everywhere, those of the stream.
 */
export function bytesFigure({ cells }: MeasuredScenario): keyof typeof layers {
  const isCounted = cells.every((cell) => Number.isFinite(figureOf(cell, 'wireBytesPerEvent').value))
  const isChanged = byTechnique(cells).some((ofTechnique) => {
    const packets = ofTechnique.map((cell) => figureOf(cell, 'packetsPerEvent').value)
    return Math.max(...packets) > MORE_PACKETS * Math.min(...packets)
  })
  return isCounted && isChanged ? 'wireBytesPerEvent' : 'bytesPerEvent'
}
