import { type RowOf, rowContract } from './row.ts'

/** A row a full buffer; where nothing is held back, a row for as many events. */
export const proxyBufferRows = rowContract({
  experiment: 'proxy-buffer',
  section: 'network',
  columns: {
    /** Of the proxy. */
    bufferBytes: 'number',
    /** Whether the proxy obeys X-Accel-Buffering: no. */
    honoursNoBuffering: 'boolean',
    /** Between two heartbeats of the server. */
    heartbeatMs: 'number',
    /** Which buffer of the stream. */
    trial: 'number',
    /** Events published a second. */
    ratePerSecond: 'number',
    bytesPerEvent: 'number',
    /** In this buffer. */
    events: 'number',
    /** Of the events in this buffer. */
    maxDelayUs: 'number',
    meanDelayUs: 'number',
    /** The time in which the buffer fills. */
    modelMaxDelayUs: 'number',
  },
})
export type ProxyBufferRow = RowOf<typeof proxyBufferRows>
