import type { Observation, Row } from '../../results/observation.ts'
import { experiment } from '../../scenarios/experiments/wire-bytes.ts'

/** What a test says of one span; the rest does not matter to it. */
export function wireRow(label: string, bytes: string | Uint8Array, more: Row = {}): Row {
  const { length } = Buffer.from(bytes)
  return {
    ...{ technique: 'sse', connection: 1, direction: 'down', phase: 'event', class: 'framing', label },
    ...{ bytes: length, hex: Buffer.from(bytes).toString('hex') },
    ...more,
  }
}

/** An observation with nothing in it but its rows. */
export function observed(rows: Row[], unavailable: string | null = null): Observation {
  return { rows, unavailable } as Partial<Observation> as Observation
}

/** What the experiment sees here and now. */
export async function captured(): Promise<Row[]> {
  const { rows } = await experiment.run({ seed: 1, signal: AbortSignal.timeout(20_000) })
  return rows
}

/** The bytes that the octets of some markup stand for, block by block. */
export function bytesIn(markup: string): Buffer[] {
  return [...markup.matchAll(/<pre class="octets[^>]*>(.*?)<\/pre>/gs)].map(([, block = '']) =>
    Buffer.concat(
      [...block.matchAll(/<b>([^<]*)<\/b>|<small>[^<]*<\/small>|<[^>]*>|([^<]+)/g)].map(
        ([, hex, text = '']) =>
          hex === undefined ? bytesOfText(text) : Buffer.from(hex.replaceAll(' ', ''), 'hex'),
      ),
    ),
  )
}

function bytesOfText(text: string): Buffer {
  const plain = text
    .replaceAll('\u240a\n', '\u240a')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
  return Buffer.from(plain.replaceAll('\u240d', '\r').replaceAll('\u240a', '\n'), 'latin1')
}
