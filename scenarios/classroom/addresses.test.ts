import type { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { followAddress, roomAddress } from './addresses.ts'

const at = (address: string, internal = false, family: 'IPv4' | 'IPv6' = 'IPv4') =>
  ({
    address,
    internal,
    family,
    netmask: '',
    mac: '',
    cidr: null,
    ...(family === 'IPv6' && { scopeid: 0 }),
  }) as never
const school = { lo: [at('127.0.0.1', true)], wlan0: [at('fe80::1', false, 'IPv6'), at('192.168.1.5')] }
const two = { ...school, eth0: [at('10.0.0.7')] }
const none: ReturnType<typeof networkInterfaces> = { lo: [at('127.0.0.1', true)] }

test('the room is on this machine alone unless it is asked into the network', () => {
  expect(roomAddress(false, two)).toEqual({
    hosts: ['127.0.0.1'],
    shown: '127.0.0.1',
    others: [],
    names: ['127.0.0.1', 'localhost'],
  })
})

test('in the network it shows an address that is not internal, and answers to all of them', () => {
  const { hosts, shown, others, names } = roomAddress(true, two, '')
  expect([hosts, shown, others]).toEqual([
    ['0.0.0.0'],
    '192.168.1.5',
    [{ address: '10.0.0.7', device: 'eth0', kind: 'network' }],
  ])
  expect(names).toEqual(['127.0.0.1', 'localhost', '192.168.1.5', '10.0.0.7'])
})

/** /proc/net/route with default routes of these metrics, and the routes of networks beside them. */
const routes = (...metrics: [device: string, metric: number][]) =>
  [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    ...metrics.map(
      ([device, metric]) => `${device}\t00000000\t0101A8C0\t0003\t0\t0\t${metric}\t00000000\t0\t0\t0`,
    ),
    '',
  ].join('\n')

describe('of several addresses it shows the one of the class, and the others after it', () => {
  const machine = {
    lo: [at('127.0.0.1', true)],
    docker0: [at('172.17.0.1')],
    usb0: [at('169.254.8.9')],
    tun0: [at('10.8.0.6')],
    eth0: [at('10.0.0.7'), at('169.254.3.3')],
    wlan0: [at('192.168.1.5')],
  }
  const order = (table: string, interfaces: typeof none = machine) => {
    const { shown, names } = roomAddress(true, interfaces, table)
    return [shown, ...names.slice(2).filter((name) => name !== shown)].join(' ')
  }
  const virtual = '172.17.0.1 169.254.8.9 10.8.0.6 169.254.3.3'

  test.each([
    ['of the default route', routes(['wlan0', 600]), `192.168.1.5 10.0.0.7 ${virtual}`],
    [
      'of the first of several',
      routes(['wlan0', 600], ['eth0', 100]),
      '10.0.0.7 192.168.1.5 169.254.3.3 172.17.0.1 169.254.8.9 10.8.0.6',
    ],
    [
      'of the network around a tunnel',
      routes(['tun0', 50], ['wlan0', 600]),
      '192.168.1.5 10.0.0.7 10.8.0.6 172.17.0.1 169.254.8.9 169.254.3.3',
    ],
    ['of the first real adapter, where routes are not told', '', `10.0.0.7 192.168.1.5 ${virtual}`],
  ])('%s', (_, table, expected) => {
    expect(order(table)).toBe(expected)
  })

  test('each with what it probably is', () => {
    const { own, others } = roomAddress(true, machine, routes(['tun0', 50], ['wlan0', 600]))
    expect([own, ...others].map((one) => `${one?.device} ${one?.kind}`)).toEqual([
      'wlan0 default-route',
      'eth0 network',
      ...['tun0', 'docker0', 'usb0', 'eth0'].map((device) => `${device} unlikely`),
    ])
  })

  test('a virtual one, where there is no other', () => {
    expect(order('', { docker0: [at('172.17.0.1')], usb0: [at('169.254.8.9')] })).toBe(
      '172.17.0.1 169.254.8.9',
    )
  })
})

test('an address can be chosen among its own, and then the room is at no other', () => {
  expect(roomAddress('10.0.0.7', two, '')).toEqual({
    hosts: ['127.0.0.1', '10.0.0.7'],
    shown: '10.0.0.7',
    own: { address: '10.0.0.7', device: 'eth0', kind: 'network' },
    others: [{ address: '192.168.1.5', device: 'wlan0', kind: 'network' }],
    names: ['127.0.0.1', 'localhost', '10.0.0.7'],
  })
  expect(() => roomAddress('10.0.0.8', two, '')).toThrow('Its addresses: 192.168.1.5, 10.0.0.7.')
})

test('without a network it says what to do', () => {
  expect(() => roomAddress(true, none)).toThrow('leave --lan out')
  expect(() => roomAddress('10.0.0.7', none)).toThrow('connect it first')
})

test('another address of the machine is noticed within seconds, and one that is away holds', () => {
  let now = 0
  let interfaces = school
  let asked = 0
  const address = followAddress(
    true,
    () => {
      asked += 1
      return interfaces
    },
    () => now,
  )
  interfaces = { ...school, wlan0: [at('192.168.7.9')] }
  for (now = 0; now < 3_000; now += 100) expect(address().shown).toBe('192.168.1.5')
  expect(asked).toBe(1)
  expect(address()).toMatchObject({
    shown: '192.168.7.9',
    names: ['127.0.0.1', 'localhost', '192.168.7.9'],
  })
  interfaces = { ...none, wlan0: [] } as typeof school
  now += 3_000
  expect(address().shown).toBe('192.168.7.9')
})
