import { shellCommand } from '../../../../server/shell.ts'
import type { Unit } from '../../log/entries.ts'

/** What `pushlab wire` can make: 16 bytes to 1 MiB. */
const LEAST_PAYLOAD_BYTES = 16

/**
 * What prints the bytes of one event of a technique, on any machine that has pushlab.
 * @param payloadBytes of the encoded event; left out, or where `pushlab wire` has none so short: its own default.
 */
export function wireCommand(technique: string, payloadBytes?: number): string {
  const isPossible = payloadBytes !== undefined && payloadBytes >= LEAST_PAYLOAD_BYTES
  const payload = isPossible ? ['--payload', payloadBytes] : []
  return shellCommand(['npx', 'pushlab', 'wire', technique, ...payload])
}

const UPGRADE = [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

/**
 * What shows bytes of the same kind now, from the lane's own server, with what most systems have: of a request what
 * curl sends, of an answer all of it, chunk sizes too. A WebSocket's frames follow the answer to its opening handshake, as
 * the server sends them; nothing shows those of a browser but the tap.
 * @param target of the unit's own request, `/sse?lastEventId=7`; left out: the technique's path.
 */
export function liveCommand(
  technique: string,
  { direction, what }: Pick<Unit, 'direction' | 'what'>,
  port: number,
  target?: string,
): string | undefined {
  if (what === 'frame' && direction === 'up') return undefined
  const isUpgraded = what === 'frame' || what.startsWith('handshake')
  const url = `http://127.0.0.1:${port}${plainTarget(target) ?? pathOf(technique, isUpgraded)}`
  const headers = isUpgraded ? UPGRADE.flatMap((field) => ['-H', field]) : []
  if (direction === 'up') return shellCommand(['curl', '-svN', '-o', '-', ...headers, url])
  if (!isUpgraded) return shellCommand(['curl', '-siN', '--raw', url])
  return `${shellCommand(['curl', '-siN', ...headers, url])} | xxd`
}

/** Nothing that curl or any system's shell would read: targets are what a page has sent. A session of Socket.IO is its page's alone. */
function plainTarget(target?: string): string | undefined {
  return target && /^\/[\w./?=&-]*$/.test(target) && !target.includes('sid=') ? target : undefined
}

function pathOf(technique: string, isUpgraded: boolean): string {
  if (technique !== 'socket-io') return `/${technique}`
  return `/socket-io/?EIO=4&transport=${isUpgraded ? 'websocket' : 'polling'}`
}
