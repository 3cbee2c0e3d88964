import { once } from 'node:events'
import {
  constants,
  copyFileSync,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { until } from '../server/fixture/until.ts'
import { launchBrowser } from './chromium.ts'
import { startBrowser } from './fixture/browser.ts'

test('a browser that another process is still writing is waited for', async ({ skip }) => {
  const browser = await startBrowser()
  if (!browser) return skip('There is no browser.')
  await browser.close()
  const { default: packaged } = await import('@sparticuz/chromium')
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-chromium-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'chromium')
  copyFileSync(await packaged.executablePath(), file, constants.COPYFILE_FICLONE)
  vi.stubEnv('CHROME_PATH', file)
  onTestFinished(() => void vi.unstubAllEnvs())
  const writer = createWriteStream(file, { flags: 'a' })
  await once(writer, 'open')
  const { chromium } = await import('playwright-core')
  const launch = vi.spyOn(chromium, 'launch')
  onTestFinished(() => void launch.mockRestore())
  const launched = launchBrowser()
  await until('it has tried twice', () => launch.mock.calls.length === 2)
  writer.end()
  await (await launched).close()
  await expect(launch.mock.results[0]?.value).rejects.toThrow('ETXTBSY')
})

test('a browser that is killed while it starts is started again', async ({ skip }) => {
  const browser = await startBrowser()
  if (!browser) return skip('There is no browser.')
  await browser.close()
  const { default: packaged } = await import('@sparticuz/chromium')
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-chromium-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'chromium')
  const script = `mkdir ${join(folder, 'first')} && kill -KILL $$\nmkdir ${join(folder, 'second')}\nexec ${await packaged.executablePath()} "$@"`
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  vi.stubEnv('CHROME_PATH', file)
  onTestFinished(() => void vi.unstubAllEnvs())
  const started = await launchBrowser()
  await started.close()
  expect(readdirSync(folder).sort()).toEqual(['chromium', 'first', 'second'])
})
