import { expect, test } from 'vitest'
import { doesNotApply, registry } from '../server/registry.ts'
import { chosenOf, completeVariant, type Variant } from '../server/variant.ts'
import { captureEvent } from './measure/capture.ts'

const variants: Partial<Variant>[] = [
  {},
  { headers: 'browser' },
  { cookieBytes: 100 },
  { keepAlive: false },
  { perMessageDeflate: true },
  { contentCoding: 'gzip' },
  { conditional: true },
]
const cases = variants.flatMap((chosen) =>
  registry
    // Socket.IO's client for Node.js brings an XMLHttpRequest of its own, which names itself.
    .filter(({ name, variants: own }) => own.includes('client') && name !== 'socket-io')
    .filter(({ name }) => !chosenOf(completeVariant(chosen)).some((axis) => doesNotApply(name, axis)))
    .map(({ name }) => ({ name, chosen, title: `${name} with ${JSON.stringify(chosen)}` })),
)

/** What both ways of reading have to say alike: the byte figures of the one are those of the other. */
test.each(cases)(
  '$title: a reader sends what the client library sends, byte by byte',
  async ({ name, chosen }) => {
    const [own, library] = await Promise.all([
      requestsOf(name, chosen),
      requestsOf(name, { ...chosen, client: 'library' }),
    ])
    expect(own.slice(0, 2)).toEqual(library.slice(0, 2))
  },
)

async function requestsOf(name: string, chosen: Partial<Variant>): Promise<string[]> {
  const { connections } = await captureEvent(name, { payloadBytes: 100, variant: completeVariant(chosen) })
  return connections.flatMap(({ up }) =>
    Buffer.from(up.bytes)
      .toString('latin1')
      .replace(/127\.0\.0\.1:\d+/g, 'host')
      .replace(/Key: \S+/, 'Key: key')
      .replace(/feed(?:-id: |Id=)\w+|none-match: \S+/g, 'feed')
      .split(/(?<=\r\n\r\n)/),
  )
}
