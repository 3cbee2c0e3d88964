import type { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
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
    names: ['127.0.0.1', 'localhost'],
  })
})

test('in the network it shows the first address that is not internal, and answers to all of them', () => {
  const { hosts, shown, names } = roomAddress(true, two)
  expect([hosts, shown]).toEqual([['0.0.0.0'], '192.168.1.5'])
  expect(names).toEqual(['127.0.0.1', 'localhost', '192.168.1.5', '10.0.0.7'])
})

test('an address can be chosen among its own, and then the room is at no other', () => {
  expect(roomAddress('10.0.0.7', two)).toEqual({
    hosts: ['127.0.0.1', '10.0.0.7'],
    shown: '10.0.0.7',
    names: ['127.0.0.1', 'localhost', '10.0.0.7'],
  })
  expect(() => roomAddress('10.0.0.8', two)).toThrow('Its addresses: 192.168.1.5, 10.0.0.7.')
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
