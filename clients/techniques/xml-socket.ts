import { PushlabError } from '../../server/error.ts'
import { asText } from '../../server/payload.ts'
import { MessageReader } from '../messages.ts'
import { bareHost } from '../metered-socket.ts'
import { ownConnection } from '../own-connection.ts'
import { textOf } from '../readers/bytes.ts'
import { DelimitedReader } from '../readers/delimited.ts'
import type { ClientTechnique, Subscription } from '../technique.ts'

const NUL = '\0'
const ALLOW = /<allow-access-from domain="([^"]*)" to-ports="([^"]*)"\/>/

/**
 * XMLSocket, driven as Flash Player drove it: first the policy file on a connection of its own, then, if that allows
 * this host and port, the messages.
 */
const xmlSocket: ClientTechnique = async (subscription) => {
  await checkPolicy(subscription)
  let messages: MessageReader | undefined
  await ownConnection(subscription, (connection) => {
    const reader = new MessageReader(subscription, async (message) => connection.write(asText(message) + NUL))
    messages = reader
    const { cursor } = subscription
    const from = cursor ? ` lastEventId="${cursor.seq}" feedId="${cursor.feedId ?? ''}"` : ''
    connection.write(`<subscribe${from}/>${NUL}`)
    return new DelimitedReader(reader.readBytes, 0, reader.take)
  })
  messages?.expectEnd()
}

/** @throws {PushlabError} POLICY_REFUSED, as the player raises a security error. */
async function checkPolicy(subscription: Subscription): Promise<void> {
  const { hostname, port } = new URL(subscription.url)
  let policy = ''
  await ownConnection(subscription, (connection) => {
    connection.write(`<policy-file-request/>${NUL}`)
    return new DelimitedReader((bytes, start, end) => {
      policy = textOf(bytes, start, end)
    }, 0)
  })
  const [, domain, ports] = ALLOW.exec(policy) ?? []
  if (domain === bareHost(hostname) && (ports === '*' || ports?.split(',').includes(port))) return
  throw new PushlabError('POLICY_REFUSED', `The policy file does not allow ${hostname}:${port}: ${policy}`)
}

export default xmlSocket
