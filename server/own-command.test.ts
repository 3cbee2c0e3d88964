import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { pushlabCommand } from './own-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'pushlab-path-'))
const ofPackages = join(folder, 'node_modules', '.bin')
mkdirSync(ofPackages, { recursive: true })
for (const place of [folder, ofPackages]) writeFileSync(join(place, 'pushlab'), '')
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

test.each([
  ['npx pushlab bench -o "my run"', 'nothing', []],
  ['npx pushlab bench -o "my run"', 'what npx and make put there', [ofPackages, `${ofPackages}/`]],
  ['pushlab bench -o "my run"', 'pushlab itself', [ofPackages, folder]],
])('a command to paste is %s where the PATH has %s', (command, _, folders) => {
  vi.stubEnv('PATH', ['/no/such/folder', ...folders].join(delimiter))
  expect(pushlabCommand('bench', '-o', 'my run')).toBe(command)
})
