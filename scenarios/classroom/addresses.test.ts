import type { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { roomAddress } from './addresses.ts'

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
    host: '127.0.0.1',
    shown: '127.0.0.1',
    names: ['127.0.0.1', 'localhost'],
  })
})

test('in the network it shows the first address that is not internal, and answers to all of them', () => {
  const { host, shown, names } = roomAddress(true, two)
  expect([host, shown]).toEqual(['0.0.0.0', '192.168.1.5'])
  expect(names).toEqual(['127.0.0.1', 'localhost', '192.168.1.5', '10.0.0.7'])
})

test('an address can be chosen among its own', () => {
  expect(roomAddress('10.0.0.7', two).shown).toBe('10.0.0.7')
  expect(() => roomAddress('10.0.0.8', two)).toThrow('Its addresses: 192.168.1.5, 10.0.0.7.')
})

test('without a network it says what to do', () => {
  expect(() => roomAddress(true, none)).toThrow('leave --lan out')
  expect(() => roomAddress('10.0.0.7', none)).toThrow('connect it first')
})
