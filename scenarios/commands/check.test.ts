import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lessons } from '../classroom/lessons/index.ts'
import { worksheetFile } from '../classroom/lessons/worksheet-file.ts'
import { silence, silentRun } from '../classroom/lessons/worksheet-fixture.ts'
import { pushlabHere } from '../fixture/command.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-check-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RIGHT = { answers: 59, 'empty-share': 98.3, 'sse-requests': 1, 'bytes-per-poll': 676 }

function saved(name: string, answers: Record<string, number | null>): string {
  const file = join(folder, name)
  const content = worksheetFile({
    ...{ lesson: silence, language: 'en', answers, log: silentRun(), savedAt: new Date(0) },
  })
  writeFileSync(file, JSON.stringify(content))
  return file
}

const pushlabCheck = (...args: string[]) => pushlabHere('check', ...args)

test('a worksheet whose numbers are all right ends with 0', async () => {
  const { code, stdout, stderr } = await pushlabCheck('2', saved('right.json', RIGHT))
  expect(stderr).toBe('')
  expect(stdout).toContain('Lesson 2: What does silence cost?')
  expect(stdout).toMatch(/your answer +your run +verdict/)
  expect(stdout).toMatch(/98\.3 % +98\.3 % +✓ right/)
  expect(stdout).toContain('theory: 59/60 = 98.3 % for one event in 60 polls')
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('All 4 are right.')
  expect(code).toBe(0)
})

test('one that an editor has saved with a byte order mark is read, and one in UTF-16 is named', async () => {
  const file = saved('marked.json', RIGHT)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `\ufeff${text}`)
  expect(await pushlabCheck('2', file)).toMatchObject({ code: 0, stderr: '' })
  writeFileSync(file, `\ufeff${text}`, 'utf16le')
  const { code, stderr } = await pushlabCheck('2', file)
  expect([code, stderr]).toEqual([2, expect.stringContaining('marked.json is UTF-16. Save it as UTF-8')])
})

test('one that is off and one that is missing are named, and end with 3', async () => {
  const file = saved('off.json', { ...RIGHT, 'empty-share': 50, 'bytes-per-poll': null })
  const { code, stdout } = await pushlabCheck('2', file)
  expect(stdout).toMatch(/50 % +98\.3 % +✗ off/)
  expect(stdout).toMatch(/- +677 B +– no answer/)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('2 of 4 are right. Look again at 2 and 4.')
  expect(code).toBe(3)
})

test('it speaks Chinese, in columns that stand below each other', async () => {
  const { stdout } = await pushlabCheck('2', saved('zh.json', { ...RIGHT, answers: 1 }), '--lang', 'zh')
  expect(stdout).toContain('第 2 课：沉默的代价是什么？')
  expect(stdout).toContain('4 题中有 3 题正确。请再看看第 1 题。')
  expect(stdout).not.toMatch(/right|theory|answer/)
})

/** Their number comes from the list of lessons. */
const ONE_OF = new RegExp(`^There is no lesson \\S+. There are 1 to ${lessons.length}\\.\n$`)

test.each([
  ['a lesson that is not there', [`${lessons.length + 1}`, 'none.json'], ONE_OF],
  ['lesson 0', ['0', 'none.json'], ONE_OF],
  ['a lesson that is no number', ['two', 'none.json'], ONE_OF],
  ['a lesson written as no number is', ['0x2', 'none.json'], ONE_OF],
  [
    'no such file',
    ['2', '/no/such/sheet.json'],
    /There is no file \/no\/such\/sheet\.json\. A browser saves/,
  ],
  ['a folder', ['2', tmpdir()], /is no file\. Give the worksheet/],
])('%s ends with 2 and the way out', async (_, args, message) => {
  const { code, stdout, stderr } = await pushlabCheck(...args)
  expect(stdout).toBe('')
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(code).toBe(2)
})

test('a file of another lesson, no JSON, and one that is too large end with 2, and say so', async () => {
  const other = await pushlabCheck('3', saved('other.json', RIGHT))
  expect(other.stderr).toContain('pushlab check 2 ')
  const text = join(folder, 'text.json')
  writeFileSync(text, 'my answers: 60')
  const noJson = await pushlabCheck('2', text)
  expect(noJson.stderr).toContain('is not JSON')
  const huge = join(folder, 'huge.json')
  writeFileSync(huge, '')
  truncateSync(huge, 65 * 1024 * 1024)
  const large = await pushlabCheck('2', huge)
  expect(large.stderr).toContain('65 MiB')
  expect([other.code, noJson.code, large.code]).toEqual([2, 2, 2])
})
