import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeptRoom } from './kept.ts'

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
  kept.remove()
  expect(kept.read()).toBeUndefined()
  kept.remove()
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
