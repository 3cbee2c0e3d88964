import type { Socket } from 'node:net'
import type { Sink } from './audience.ts'
import { endingMessage, HEARTBEAT_MESSAGE } from './message.ts'

/** A bare socket as a sink. @param terminator follows each message that is no event. */
export function socketSink(socket: Socket, terminator: string): Sink {
  return {
    write: (bytes, _binary, flushed) => void socket.write(bytes, flushed),
    bufferedBytes: () => socket.writableLength,
    heartbeat: () => void socket.write(HEARTBEAT_MESSAGE + terminator),
    end: (reason) => void socket.end(endingMessage(reason) + terminator),
    destroy: () => void socket.destroy(),
  }
}
