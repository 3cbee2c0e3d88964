import { describe, expect, test } from 'vitest'
import type { NetworkPlan, Point } from '../../results/scenario.ts'
import { defaultVariant } from '../../server/variant.ts'
import { checkSockets, type SocketLoad } from './descriptors.ts'

const load = (
  subscribers: number,
  network?: NetworkPlan,
  technique = 'sse',
  source?: Point['feed']['source'],
): SocketLoad => ({
  technique,
  point: {
    load: { subscribers },
    feed: { ...(source && { source }) },
    variant: defaultVariant,
    ...(network && { network }),
  },
})
const saying = (loads: SocketLoad[], limit: number | null, ports = 28_232) => {
  try {
    checkSockets(loads, limit, ports)
    return 'fits'
  } catch (error) {
    return (error as Error).message
  }
}

describe('of 512 descriptors', () => {
  test.each<[string, NetworkPlan | undefined, number]>([
    ['one a subscriber in the server', undefined, 312],
    ['both ends in the process of a proxy', { proxy: 'buffering' }, 156],
    ['both ends of a link', { roundTripMs: 50 }, 156],
    ['four behind a proxy and a link', { proxy: 'idle-timeout', bytesPerSecond: 10_000 }, 78],
    ['none in a network of nothing', { proxy: 'none', roundTripMs: 0 }, 312],
  ])('%s', (_, network, most) => {
    expect(saying([load(most, network)], 512)).toBe('fits')
    const said = saying([load(most + 1, network)], 512)
    expect(said).toContain(`Use --subscribers ${most} or fewer, or raise the limit: ulimit -n`)
    expect(said).toContain(network?.proxy && network.proxy !== 'none' ? 'in the process between' : 'in the ')
  })

  test('the hungriest of a plan is named, wherever it is', () => {
    expect(
      saying([load(300), load(100, { proxy: 'buffering' }), load(200, { proxy: 'buffering' })], 512),
    ).toBe(
      '200 subscribers of sse need 600 file descriptors in the process between them and the server, and a process may open 512 here. ' +
        'Use --subscribers 156 or fewer, or raise the limit: ulimit -n',
    )
  })

  test('Socket.IO, and who publishes by POST, have several connections each', () => {
    const network = { proxy: 'buffering' } as const
    expect(saying([load(53, network, 'socket-io')], 512)).toContain('--subscribers 52 ')
    expect(saying([load(79, network, 'sse', 'subscribers')], 512)).toContain('--subscribers 78 ')
  })
})

test('a process between has one address to connect from', () => {
  expect(saying([load(50_000)], null, 28_232)).toBe('fits')
  expect(saying([load(50_000, { roundTripMs: 10 })], null, 28_232)).toMatch(
    /need 50000 ports of the process between them and the server, and an address has 28232 here. Use --subscribers 28232 or fewer/,
  )
})
