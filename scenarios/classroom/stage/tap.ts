import type { Socket } from 'node:net'
import { nowUs } from '../../../server/clock.ts'

/** What a tap tells of a server's socket. Times are monotonic microseconds. */
export interface TapListener {
  /** Bytes that the kernel has delivered: client to server. */
  onUp(bytes: Uint8Array, atUs: number): void
  /** Bytes that are handed to the kernel. */
  onDown(bytes: Uint8Array, atUs: number): void
  onClose(atUs: number): void
}

/** A server's socket that is tapped. */
export interface TappedSocket {
  readonly socket: Socket
  /** What the tap has seen. */
  readonly tapped: { up: number; down: number }
  /** What the socket itself has counted: delivered by, and handed to, the kernel. */
  counted(): { up: number; down: number }
}

/** Parts of a socket that every Node.js has and its types leave out. */
interface SocketInside {
  _write: (chunk: string | Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void) => void
  _writev: (
    chunks: { chunk: string | Uint8Array; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ) => void
  /** Without what still waits in the socket's own buffer, unlike bytesWritten. */
  readonly _bytesDispatched: number
}

/**
 * Taps a socket that a server of HTTP has just accepted, after its own 'connection' listener: every byte of both directions,
 * in order, at the moment at which it leaves the kernel or enters it.
 */
export function tapSocket(socket: Socket, { onUp, onDown, onClose }: TapListener): TappedSocket {
  // Node's parser reads from the socket's handle itself until somebody else wants to read: then bytes go through push().
  const nobody = () => {}
  socket.on('data', nobody)
  socket.off('data', nobody)

  const tapped = { up: 0, down: 0 }
  const inside = socket as unknown as SocketInside
  const { push } = socket
  // A 'data' listener would see twice what is unshifted when a connection is upgraded.
  socket.push = (chunk: Uint8Array | null, encoding) => {
    if (chunk) {
      tapped.up += chunk.length
      onUp(chunk, nowUs())
    }
    return push.call(socket, chunk, encoding)
  }
  const passed = (chunk: string | Uint8Array, encoding: BufferEncoding) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    tapped.down += bytes.length
    onDown(bytes, nowUs())
  }
  const { _write, _writev } = inside
  inside._write = (chunk, encoding, done) => {
    passed(chunk, encoding)
    _write.call(socket, chunk, encoding, done)
  }
  inside._writev = (chunks, done) => {
    for (const { chunk, encoding } of chunks) passed(chunk, encoding)
    _writev.call(socket, chunks, done)
  }
  socket.once('close', () => onClose(nowUs()))
  return { socket, tapped, counted: () => ({ up: socket.bytesRead, down: inside._bytesDispatched }) }
}
