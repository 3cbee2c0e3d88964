import { describe, expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { registry } from '../../server/registry.ts'
import { Unavailable } from '../bench/experiment.ts'
import { loadExperiment } from '../bench/experiments.ts'
import { whyNoLoss } from './networks/lossy-network.ts'
import { nginxVersion } from './networks/nginx.ts'

/**
 * Real runs, of which is asserted what does not hang on the clock. Left to the golden tests of their rules, because
 * they take longer than 8 s or are nothing but timing: large-message, nagle, proxy-buffer, packet-loss; and tcp-order
 * where packets can be lost.
 */
async function rowsOf(name: string): Promise<Row[]> {
  const { run } = await loadExperiment(name)
  return (await run({ seed: 1, signal: new AbortController().signal })).rows
}

const columns = (rows: Row[], ...names: string[]) => rows.map((row) => names.map((name) => row[name]))

describe('a real run', () => {
  test('of websocket-key lets in whoever has a well-formed key', async () => {
    const rows = await rowsOf('websocket-key')
    expect(columns(rows, 'valid', 'status', 'proven', 'eventsReceived')).toEqual([
      [true, 101, true, 5],
      [true, 101, true, 5],
      [false, 400, false, 0],
      [false, 400, false, 0],
    ])
  })

  test('of websocket-idle breaks what is silent and nothing that pings', async () => {
    const rows = await rowsOf('websocket-idle')
    expect(rows).toHaveLength(12)
    for (const { heartbeatMs, broke, eventsAfterwards } of rows) {
      expect([broke, eventsAfterwards]).toEqual(heartbeatMs === 1_000 ? [false, 1] : [true, 0])
    }
  })

  test('of proxies stops WebSocket where Upgrade is dropped and XMLSocket where HTTP is read', async () => {
    const rows = await rowsOf('proxies')
    const stopped = rows.filter(({ delivered }) => !delivered)
    expect([
      ...new Set(columns(stopped, 'technique', 'proxy', 'failure').map((row) => row.join(', '))),
    ]).toEqual([
      'sse, stubborn buffering, none',
      'websocket, drops Upgrade, HTTP_426',
      'xml-socket, HTTP only, POLICY_REFUSED',
      'xml-socket, drops Upgrade, POLICY_REFUSED',
      'xml-socket, buffering, POLICY_REFUSED',
      'xml-socket, stubborn buffering, POLICY_REFUSED',
    ])
    expect(stopped).toHaveLength(6 * 6)
  })

  test('of resume loses nothing with a cursor and something without', async () => {
    const rows = await rowsOf('resume')
    expect(rows).toHaveLength(3 * registry.length)
    for (const { resume, history, eventsLost, eventsTwice, eventsToldLost } of rows) {
      expect(eventsTwice).toBe(0)
      if (resume) expect(eventsLost).toBe(history === 'long' ? 0 : eventsToldLost)
      if (!resume || history === 'short') expect(eventsLost).toBeGreaterThan(0)
    }
  })

  test('of socket-io-protocol gives a plain client no event', async () => {
    const rows = await rowsOf('socket-io-protocol')
    expect(columns(rows, 'client', 'server', 'opened', 'end').map((row) => row.join(', '))).toEqual([
      'stock Socket.IO, Socket.IO, true, none',
      'ws, at /, Socket.IO, false, socket hang up',
      'ws, at /socket.io/, Socket.IO, false, Unexpected server response: 400',
      'ws, with EIO=4&transport=websocket, Socket.IO, true, closed with 1005',
      'ws that writes the packets itself, Socket.IO, true, none',
      'stock Socket.IO, ws, false, xhr poll error',
    ])
    expect(rows.map(({ events }) => Number(events) > 0)).toEqual([true, false, false, false, true, false])
  })

  test('of socket-io-transport begins with polling and ends with what the path lets through', async () => {
    const rows = await rowsOf('socket-io-transport')
    for (const { client, path, firstRequest, endedWith } of rows) {
      const free = path === 'direct'
      const expected =
        client === 'stock'
          ? ['polling', free ? 'websocket' : 'polling']
          : ['websocket', free ? 'websocket' : 'none']
      expect([firstRequest, endedWith]).toEqual(expected)
    }
  })
})

test.skipIf(whyNoLoss() === undefined)(
  'tcp-order is made on loopback where no packets can be lost',
  async () => {
    const rows = await rowsOf('tcp-order')
    expect(new Set(columns(rows, 'outOfOrderBytes').flat())).toEqual(new Set([0]))
  },
)

test('packet loss says what it lacks', () => {
  expect(whyNoLoss(() => true)).toBeUndefined()
  expect(whyNoLoss((command) => command !== 'nft')).toContain('nft is not installed here')
  expect(whyNoLoss((command) => command !== 'unshare')).toContain('network namespace of its own')
  expect(whyNoLoss((...command) => !command.includes('list'))).toContain('may not be used')
})

test('nginx says that it is missing', () => {
  expect(() => nginxVersion('no-such-nginx')).toThrow(Unavailable)
})

test('an experiment that is ended early rejects', async () => {
  const { run } = await loadExperiment('websocket-idle')
  await expect(run({ seed: 1, signal: AbortSignal.timeout(300) })).rejects.toThrow()
})
