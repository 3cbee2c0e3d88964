import { expect, test } from 'vitest'
import { Places } from './places.ts'

const HERE = '10.0.0.1'

/** Places for four sockets, two of an address. */
function openPlaces() {
  const places = new Places<string>({ sockets: 4, socketsPerAddress: 2 })
  const enter = (peer: string, from: string) => places.enter(peer, from, HERE)
  return { places, enter }
}

test('the longest silent of an address gives way to who comes from there, and those of others do not', () => {
  const { places, enter } = openPlaces()
  enter('other', '10.0.0.9')
  expect([enter('a', '10.0.0.2'), enter('b', '10.0.0.2')]).toEqual([undefined, undefined])
  expect(enter('c', '10.0.0.2')).toBe('a')
  places.leave('b')
  expect(enter('d', '10.0.0.2')).toBeUndefined()
  expect([...places.peers]).toEqual(['other', 'c', 'd'])
})

test('whose page has said hello stays, and where all have, who comes goes', () => {
  const { places, enter } = openPlaces()
  for (const peer of ['a', 'b']) {
    enter(peer, '10.0.0.2')
    places.settle(peer)
  }
  expect(enter('c', '10.0.0.2')).toBe('c')
  expect([...places.peers]).toEqual(['a', 'b'])
})

test('in a full room the address with the most silent ones makes room for the others', () => {
  const { places, enter } = openPlaces()
  enter('student', '10.0.0.2')
  enter('flood 1', '10.0.0.3')
  enter('flood 2', '10.0.0.3')
  enter('second student', '10.0.0.4')
  places.settle('student')
  expect(enter('third student', '10.0.0.4')).toBe('flood 1')
  expect(enter('fourth student', '10.0.0.5')).toBe('second student')
})

test('this machine has places of its own, by whatever address it is asked for', () => {
  const { places, enter } = openPlaces()
  for (const from of ['10.0.0.2', '10.0.0.3'])
    for (const peer of ['a', 'b']) enter(`${peer} of ${from}`, from)
  expect(enter('teacher', HERE)).toBeUndefined()
  expect(places.enter('wall', '127.0.0.1', '127.0.0.1')).toBeUndefined()
  expect(enter('third', HERE)).toBe('teacher')
  expect(enter('student', '10.0.0.4')).toBe('a of 10.0.0.2')
})
