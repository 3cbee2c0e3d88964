import type { Duplex } from 'node:stream'
import { PushlabError } from '../../server/error.ts'
import { lastEventIdQuery } from '../http.ts'
import { lineReader } from '../lines.ts'
import type { ClientTechnique } from '../technique.ts'

/** The floor: a request written by hand, then one event a line from the bare socket, past Node's HTTP client. */
const bareTcp: ClientTechnique = ({ url, agent, cursor, signal, onOpen, onEvent, onGap }) => {
  const { hostname, host, port } = new URL(url)
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = agent.createConnection({ host: hostname, port }) as Duplex
    const abort = () => socket.destroy(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    socket.write(`GET /bare-tcp${lastEventIdQuery(cursor)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)

    let ended: unknown
    let head = true
    const readLine = lineReader((line) => {
      // The head ends with an empty line; its status is the first line's second word.
      if (head) {
        if (line.startsWith('HTTP/') && !line.includes(' 200 ')) {
          const status = Number(line.split(' ')[1])
          socket.destroy(new PushlabError(`HTTP_${status}`, `The server answered ${line}`))
        }
        head = line !== '\r'
        return
      }
      const message = JSON.parse(line)
      if (message.seq !== undefined) onEvent(message)
      else if (message.cursor !== undefined) onOpen(message.cursor)
      else if (message.gap) onGap(message.gap)
      else if (message.ended) ended = message.ended
    })
    socket.on('data', readLine)
    socket.on('error', reject)
    socket.on('close', () => {
      signal.removeEventListener('abort', abort)
      if (ended === 'feed-ended') resolve()
      else reject(new PushlabError('STREAM_ENDED', 'The stream ended before the feed did.'))
    })
  })
}

export default bareTcp
