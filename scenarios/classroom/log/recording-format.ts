import type { StageEntry } from './entries.ts'

/** A log of the stage that was taken while a lesson ran, for the day on which it does not. */
export interface Recording {
  schema: 'pushlab/recording@1'
  /** Id of the lesson. */
  lesson: string
  /** ISO 8601. */
  recordedAt: string
  /** The log, from `began` on: JSON of its entries, deflated (RFC 1951), in base64. Every page carries ten of them. */
  log: string
}

export async function packLog(entries: readonly StageEntry[]): Promise<string> {
  const json = new Blob([JSON.stringify(entries)]).stream()
  const bytes = await new Response(json.pipeThrough(new CompressionStream('deflate-raw'))).bytes()
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** @throws what the platform throws where that is no such log. */
export async function unpackLog(log: string): Promise<StageEntry[]> {
  const bytes = Uint8Array.from(atob(log), (letter) => letter.charCodeAt(0))
  return new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
  ).json() as Promise<StageEntry[]>
}
