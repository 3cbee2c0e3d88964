/**
 * How a technique is used, apart from load and network: the choices that scenarios vary. The same for server and
 * subscriber; what does not concern a technique leaves it alone, see `doesNotApply`.
 */
export interface Variant {
  /** TLS 1.3 with a self-signed certificate made at start. */
  tls: boolean
  /** 2: HTTP/2 over TLS where a technique can, HTTP/1.1 over TLS on the same port for the rest. */
  http: '1.1' | '2'
  /** Whether a poll reuses its TCP connection. */
  keepAlive: boolean
  /** TCP_NODELAY on both ends; off is Nagle's algorithm (RFC 896). */
  noDelay: boolean
  /** Content coding of HTTP answers, RFC 9110 section 8.4; streams are flushed after every event. */
  contentCoding: 'identity' | 'gzip' | 'br'
  /** WebSocket's permessage-deflate, RFC 7692, for messages of any size. */
  perMessageDeflate: boolean
  /** Request headers: only what is needed, or those that Chromium sends. */
  headers: 'bare' | 'browser'
  /** Length of the value of the request header `Cookie`, in bytes, at most 8,192; 0 for none. */
  cookieBytes: number
  /** binary: bytes as they are in WebSocket messages, base64 where a technique carries text only. */
  payload: 'text' | 'binary'
  /**
   * When a short poll leaves. fixed: at every tick of a timer unless the answer before is still awaited. interval:
   * at every tick, come what may, as setInterval does it. timeout: so long after the answer, as setTimeout in the
   * answer's handler does it.
   */
  pollTimer: 'fixed' | 'interval' | 'timeout'
  /** Short polls ask with If-None-Match and are answered 304 where nothing is new (RFC 9110 section 13). */
  conditional: boolean
  /** Socket.IO's transports: polling and then an upgrade, which is its default, or WebSocket from the start. */
  socketIo: 'upgrade' | 'websocket'
  /**
   * Who reads at the subscriber's end. reader: the load's own, which takes the time of arrival; library: what an
   * application would take, whose work is in the delay.
   */
  client: 'reader' | 'library'
  /**
   * How a stream's events get to its subscribers. library: as the documentation of node:http and ws writes it, which is what is
   * compared. prepared: each event is framed once, and the same bytes are written to every socket: tuned.
   */
  fanOut: 'library' | 'prepared'
}
export type VariantAxis = keyof Variant

export const defaultVariant: Variant = {
  tls: false,
  http: '1.1',
  keepAlive: true,
  noDelay: true,
  contentCoding: 'identity',
  perMessageDeflate: false,
  headers: 'bare',
  cookieBytes: 0,
  payload: 'text',
  pollTimer: 'fixed',
  conditional: false,
  socketIo: 'upgrade',
  client: 'reader',
  fanOut: 'library',
}

/** A whole variant from the choices that differ from the default. HTTP/2 brings TLS, as it does in browsers. */
export function completeVariant(chosen: Partial<Variant>): Variant {
  const variant = { ...defaultVariant, ...chosen }
  return variant.http === '2' ? { ...variant, tls: true } : variant
}

/** The choices of a variant that differ from the default, at which one of a time before a choice was is. */
export function chosenOf(variant: Variant): VariantAxis[] {
  return (Object.keys(defaultVariant) as VariantAxis[]).filter(
    (axis) => (variant[axis] ?? defaultVariant[axis]) !== defaultVariant[axis],
  )
}
