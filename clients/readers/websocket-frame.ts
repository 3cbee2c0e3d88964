import { randomFillSync } from 'node:crypto'

/** Opcodes, RFC 6455 section 5.2. */
export const TEXT = 0x1
export const BINARY = 0x2
export const CLOSE = 0x8
export const PING = 0x9
export const PONG = 0xa

/** A whole frame from a client, masked (section 5.3). */
export function clientFrame(
  opcode: number,
  content: string | Uint8Array,
  maskingKey: Uint8Array = randomFillSync(new Uint8Array(4)),
): Buffer {
  const payload = typeof content === 'string' ? Buffer.from(content) : content
  const { length } = payload
  const start = length < 126 ? 6 : length < 65_536 ? 8 : 14
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = 0x80 | opcode
  if (start === 6) frame[1] = 0x80 | length
  else if (start === 8) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(maskingKey, start - 4)
  for (let i = 0; i < length; i++) frame[start + i] = (payload[i] as number) ^ (maskingKey[i & 3] as number)
  return frame
}

/** A close frame; 1005 stands for one without a code. */
export function closeFrame(code: number, reason = ''): Buffer {
  if (code === 1005) return clientFrame(CLOSE, '')
  return clientFrame(CLOSE, Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]))
}
