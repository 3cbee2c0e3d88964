import type { Wire } from '../../server/technique.ts'
import type { Variant } from '../../server/variant.ts'
import { allCompressed } from '../../server/wire/http.ts'
import { dissectHttp2 } from '../../server/wire/http2.ts'
import { dissectMessage } from '../../server/wire/message.ts'
import type { Dissector } from '../../server/wire/span.ts'
import { overTls, readKeyLog } from '../../server/wire/tls.ts'
import type { TappedConnection } from '../tap.ts'

/** The dissectors of a tapped connection's directions: the technique's, within HTTP/2 and TLS where these were spoken. */
export function readerOf(
  wire: Wire,
  variant: Variant,
  { protocol, keyLog }: Pick<TappedConnection, 'protocol' | 'keyLog'>,
): { up: Dissector; down: Dissector } {
  const { up, down } = protocol === 'h2' ? overHttp2(wire, variant) : wire
  if (!variant.tls) return { up, down }
  const keys = readKeyLog(keyLog)
  return { up: overTls(keys?.up, up), down: overTls(keys?.down, down) }
}

function overHttp2({ layers = {} }: Wire, { contentCoding }: Variant): { up: Dissector; down: Dissector } {
  const { request = dissectMessage } = layers
  const body = contentCoding === 'identity' ? layers.body : allCompressed
  return {
    up: (bytes) => dissectHttp2(bytes, { body: request }),
    down: (bytes) => dissectHttp2(bytes, body ? { body } : {}),
  }
}
