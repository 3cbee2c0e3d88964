import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeptRoom, sweepKept } from './kept.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-kept-'))
  file = join(folder, 'classroom', '8080.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const key = 'a key of enough characters'

test('what was kept is read again, and nobody else may read it', () => {
  const kept = new KeptRoom(file)
  expect(kept.read()).toBeUndefined()
  kept.write({ key, room: { lesson: 2 } })
  expect(kept.read()).toEqual({ key, room: { lesson: 2 } })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('after three hours it is another class', () => {
  const kept = new KeptRoom(file)
  kept.write({ key, room: {} })
  const then = new Date(Date.now() - 3 * 3_600_000 - 1_000)
  utimesSync(file, then, then)
  expect(kept.read()).toBeUndefined()
})

test('a class that is over leaves nothing', () => {
  const kept = new KeptRoom(file)
  kept.write({ key, room: {} })
  // As a crash in the middle of a write leaves it.
  writeFileSync(`${file}.next`, '{"key":')
  kept.remove()
  expect(kept.read()).toBeUndefined()
  expect(readdirSync(join(folder, 'classroom'))).toEqual([])
  kept.remove()
})

test('a class ends although what was kept of it cannot be deleted', () => {
  mkdirSync(file, { recursive: true })
  expect(() => new KeptRoom(file).remove()).not.toThrow()
})

test('what other ports have left behind goes after three hours, and nothing else does', () => {
  const names = ['8080.json', '8081.json', '8081.json.next', 'notes.json', '8082.json.txt']
  new KeptRoom(file).write({ key, room: {} })
  const paths = names.map((name) => join(folder, 'classroom', name))
  const then = new Date(Date.now() - 3 * 3_600_000 - 1_000)
  for (const path of paths.slice(1)) {
    writeFileSync(path, '')
    utimesSync(path, then, then)
  }
  sweepKept(join(folder, 'classroom'))
  expect(names.filter((_, i) => existsSync(paths[i] as string))).toEqual([
    '8080.json',
    'notes.json',
    '8082.json.txt',
  ])
  sweepKept(join(folder, 'nowhere'))
})

test.each(['', 'null', '{"key":7}', '{"key":"short"}', '{"key":'])(
  'a file that holds %s is as none',
  (text) => {
    const kept = new KeptRoom(file)
    kept.write({ key, room: {} })
    writeFileSync(file, text)
    expect(kept.read()).toBeUndefined()
  },
)
