import { delimitedReader } from '../../server/delimited.ts'
import { PushlabError } from '../../server/error.ts'
import { asText } from '../../server/payload.ts'
import { bareHost } from '../door.ts'
import { MessageReader } from '../messages.ts'
import { ownSocket } from '../own-socket.ts'
import type { ClientTechnique, Subscription } from '../technique.ts'

const NUL = '\0'
const ALLOW = /<allow-access-from domain="([^"]*)" to-ports="([^"]*)"\/>/

/**
 * XMLSocket, driven as Flash Player drove it: first the policy file on a connection of its own, then, if that allows
 * this host and port, the messages.
 */
const xmlSocket: ClientTechnique = async (subscription) => {
  await checkPolicy(subscription)
  await ownSocket(subscription, (socket) => {
    const messages = new MessageReader(
      subscription,
      async (message) => void socket.write(asText(message) + NUL),
    )
    const { cursor } = subscription
    const from = cursor ? ` lastEventId="${cursor.seq}" feedId="${cursor.feedId ?? ''}"` : ''
    socket.write(`<subscribe${from}/>${NUL}`)
    socket.on(
      'data',
      delimitedReader((message) => messages.read(message), { delimiter: 0 }),
    )
    return () => messages.failure()
  })
}

/** @throws {PushlabError} POLICY_REFUSED, as the player raises a security error. */
async function checkPolicy(subscription: Subscription): Promise<void> {
  const { hostname, port } = new URL(subscription.url)
  let policy = ''
  await ownSocket(subscription, (socket) => {
    socket.write(`<policy-file-request/>${NUL}`)
    socket.on(
      'data',
      delimitedReader(
        (text) => {
          policy = text
        },
        { delimiter: 0 },
      ),
    )
    return () => undefined
  })
  const [, domain, ports] = ALLOW.exec(policy) ?? []
  if (domain === bareHost(hostname) && (ports === '*' || ports?.split(',').includes(port))) return
  throw new PushlabError('POLICY_REFUSED', `The policy file does not allow ${hostname}:${port}: ${policy}`)
}

export default xmlSocket
