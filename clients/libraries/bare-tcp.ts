import { delimitedReader } from '../../server/delimited.ts'
import { PushlabError } from '../../server/error.ts'
import { lastEventIdQuery } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { ownSocket } from '../own-socket.ts'
import type { ClientTechnique } from '../technique.ts'

/** The floor: a request written by hand, then one event a line from the bare socket, past Node's HTTP client. */
const bareTcp: ClientTechnique = (subscription) => {
  const { url, cursor } = subscription
  const messages = new MessageReader(subscription, () =>
    Promise.reject(new PushlabError('FORBIDDEN', 'The floor has no way up.')),
  )
  return ownSocket(subscription, (socket) => {
    socket.write(`GET /bare-tcp${lastEventIdQuery(cursor)} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
    let inHead = true
    const readLine = delimitedReader((line) => {
      if (!inHead) {
        messages.read(line)
        return
      }
      // The head ends with an empty line; its status is the first line's second word.
      if (line.startsWith('HTTP/') && !line.includes(' 200 ')) {
        const status = Number(line.split(' ')[1])
        socket.destroy(new PushlabError(`HTTP_${status}`, `The server answered ${line}`))
      }
      inHead = line !== '\r'
    })
    socket.on('data', readLine)
    return () => messages.failure()
  })
}

export default bareTcp
