/** What a process holds once its garbage is collected. */
export interface ProcessMemory {
  /**
   * Resident set size: all that the process has of the machine's memory, shared libraries included. Bytes.
   */
  rssBytes: number
  /** Of it: living objects of JavaScript. */
  heapUsedBytes: number
  /** Of it: what such objects hold outside V8's heap, Buffers among it; not what zlib or libuv allocate. */
  externalBytes: number
}

/**
 * Collects all garbage, as often as it takes, and reads what is left.
 * @throws where Node.js was not started with --expose-gc.
 */
export async function readMemory(): Promise<ProcessMemory> {
  if (!globalThis.gc) throw new Error('Memory is read after a collection: start Node.js with --expose-gc.')
  await globalThis.gc({ type: 'major', execution: 'async', flavor: 'last-resort' })
  // What Buffers held is given back by another thread, which the next collection waits for.
  globalThis.gc()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rssBytes: rss, heapUsedBytes: heapUsed, externalBytes: external }
}
