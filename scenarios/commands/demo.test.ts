import { expect, test } from 'vitest'
import type { OwnAddress } from '../classroom/addresses.ts'
import { invitation } from './demo.ts'

const own: OwnAddress = { address: '192.168.1.5', device: 'wlan0', kind: 'default-route' }
const others: OwnAddress[] = [
  { address: '10.0.0.7', device: 'eth0', kind: 'network' },
  { address: '172.17.0.1', device: 'docker0', kind: 'unlikely' },
]
const demo = {
  ...{ url: 'http://127.0.0.1:8080', key: 'KEY', code: 'ABC234', goesOn: false },
  joinUrl: 'http://192.168.1.5:8080/',
  address: { own, others },
}
const textOf = (...[of, lan]: [typeof demo | Omit<typeof demo, 'address'>, boolean | string]) =>
  invitation({ address: { others: [] }, ...of }, lan, 'en').join('\n')

test('in the network it says which address phones need, where else it is open, and what to do', () => {
  const text = textOf(demo, true)
  expect(text).toContain(
    'http://192.168.1.5:8080/ with the code ABC234\n  wlan0: this machine is on the internet',
  )
  expect(text).toContain('Also open at\n  http://10.0.0.7:8080/ – eth0: another network')
  expect(text).toContain('http://172.17.0.1:8080/ – docker0: of a VPN, a container')
  expect(text).toMatch(/Where phones cannot get in\n {2}Phones have to be in the network/)
  expect(text).toContain('TCP port 8080')
})

test('with an address of its own it is open at no other, and says which there are', () => {
  const text = textOf(demo, '192.168.1.5')
  expect(text).toContain('Other addresses, for --lan\n  10.0.0.7 – eth0')
  expect(text).not.toContain('http://10.0.0.7')
})

test('on this machine alone it speaks of no other address', () => {
  const { address: _, ...alone } = demo
  const text = textOf({ ...alone, joinUrl: 'http://127.0.0.1:8080/' }, false)
  expect(text).toContain('on this machine alone; with --lan also in its network')
  expect(text).not.toMatch(/phones|Also open|█|▀/)
})

test('the default port is left out of addresses, and named where it is opened', () => {
  const text = textOf({ ...demo, joinUrl: 'http://192.168.1.5/' }, true)
  expect(text).toContain('http://10.0.0.7/ – eth0')
  expect(text).toContain('TCP port 80.')
})
