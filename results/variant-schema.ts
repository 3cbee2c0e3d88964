import Type, { type TSchema } from 'typebox'
import type { Variant } from '../server/variant.ts'

/** The schema of server/variant.ts, which says what each choice means; apart, for loading a validator takes its time. */
export const VariantSchema = Type.Object(
  {
    tls: Type.Boolean(),
    http: Type.Union([Type.Literal('1.1'), Type.Literal('2')]),
    keepAlive: Type.Boolean(),
    noDelay: Type.Boolean(),
    contentCoding: Type.Union([Type.Literal('identity'), Type.Literal('gzip'), Type.Literal('br')]),
    perMessageDeflate: Type.Boolean(),
    headers: Type.Union([Type.Literal('bare'), Type.Literal('browser')]),
    cookieBytes: Type.Integer({ minimum: 0, maximum: 8_192 }),
    payload: Type.Union([Type.Literal('text'), Type.Literal('binary')]),
    pollTimer: Type.Union([Type.Literal('fixed'), Type.Literal('interval'), Type.Literal('timeout')]),
    conditional: Type.Boolean(),
    socketIo: Type.Union([Type.Literal('upgrade'), Type.Literal('websocket')]),
    client: Type.Union([Type.Literal('reader'), Type.Literal('library')]),
    fanOut: Type.Union([Type.Literal('library'), Type.Literal('prepared')]),
  } satisfies Record<keyof Variant, TSchema>,
  { additionalProperties: false },
)
