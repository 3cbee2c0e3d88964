import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadScenario } from './library.ts'

const folder = mkdtempSync(join(tmpdir(), 'pushlab-library-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a scenario of one’s own', () => {
  const steady = loadScenario('steady-feed')
  const text = JSON.stringify(steady)
  const saved = (name: string, bytes: string | Buffer) => {
    const file = join(folder, name)
    writeFileSync(file, bytes)
    return () => loadScenario(file)
  }

  test.each([
    ['plain.json', text],
    ['with-a-mark.json', `\ufeff${text}`],
    ['CAPITALS.JSON', text],
  ])('is read from %s', (name, bytes) => expect(saved(name, bytes)).not.toThrow())

  test.each([
    ['little.json', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['big.json', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['unmarked.json', Buffer.from(text, 'utf16le')],
    ['big-unmarked.json', Buffer.from(text, 'utf16le').swap16()],
  ])('is named as UTF-16: %s', (name, bytes) => {
    expect(saved(name, bytes)).toThrow(`${join(folder, name)} is UTF-16. Save it as UTF-8`)
  })
})
