import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * Starts a headless Chromium for tests: CHROME_PATH if set, the one in the npm package @sparticuz/chromium (Linux on
 * x64), or Debian's. Returns undefined, loudly, where there is none; throws then when CI=true.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  const { CHROME_PATH, CI } = process.env
  const { default: packaged } = await import('@sparticuz/chromium')
  const candidates = [
    async () => CHROME_PATH,
    async () =>
      process.platform === 'linux' && process.arch === 'x64' ? packaged.executablePath() : undefined,
    async () => '/usr/bin/chromium',
  ]
  const reasons: string[] = []
  for (const candidate of candidates) {
    const executablePath = await candidate()
    if (!executablePath || !existsSync(executablePath)) continue
    try {
      return await chromium.launch({ executablePath, args: FLAGS, headless: true })
    } catch (error) {
      reasons.push(`${executablePath}: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  const message = `No Chromium could be started: pages are NOT tested. Install chromium or set CHROME_PATH. ${reasons.join('; ')}`
  if (CI === 'true') throw new Error(message)
  console.warn(`\n*** ${message}\n`)
  return undefined
}
