import { PushlabError } from '../../server/error.ts'
import { expectStatus, lastEventIdQuery } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { ownConnection } from '../own-connection.ts'
import { LF } from '../readers/bytes.ts'
import { DelimitedReader } from '../readers/delimited.ts'
import { ResponseReader } from '../readers/response.ts'
import type { ClientTechnique } from '../technique.ts'

/** The floor: a request written by hand, then one event a line from the bare socket. */
const bareTcp: ClientTechnique = async (subscription) => {
  const { url, cursor } = subscription
  const messages = new MessageReader(subscription, () =>
    Promise.reject(new PushlabError('FORBIDDEN', 'The floor has no way up.')),
  )
  const lines = new DelimitedReader(messages.readBytes, LF, messages.take)
  await ownConnection(subscription, (connection) => {
    connection.write(
      `GET /bare-tcp${lastEventIdQuery(cursor)} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`,
    )
    return new ResponseReader({
      onHead: (status) => expectStatus(status, 200),
      onBody: (bytes, start, end) => lines.read(bytes, start, end),
      onEnd: () => {},
    })
  })
  messages.expectEnd()
}

export default bareTcp
