/**
 * In place of a library that weighs a third of the page's script: a page reads the tails of histograms that its records
 * have. Of a run saved by a report that wrote none it knows no p99.
 */
export function decodeFromCompressedBase64(): { countsArrayLength: number } {
  return { countsArrayLength: 0 }
}
