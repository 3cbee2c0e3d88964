import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * The promise of the README: a technique is one server file, one client file, one more for the page where a browser can
 * run it, and one registry entry, and nothing else.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const NAME = 'carrier-pigeon'
const TITLE = 'Carrier pigeon (RFC 1149)'

const SERVER = `
import { streamPlugin } from '../http-stream.ts'
import { endingMessage, gapMessage, openingMessage } from '../message.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { delimitedMessages } from '../wire/message.ts'

const pigeon: ServerTechnique = {
  frame: ({ data }) => data + ';',
  frameGap: (gap) => gapMessage(gap) + ';',
  frameOpening: (cursor, feedId) => openingMessage(cursor, feedId) + ';',
  wire: overHttp({ body: delimitedMessages(';', 'semicolon') }),
  plugin: streamPlugin({
    contentType: 'text/plain',
    heartbeat: '{};',
    ending: (reason) => endingMessage(reason) + ';',
  }),
}
export default pigeon
`
const CLIENT = `
import { get, lastEventId, postTo } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { DelimitedReader } from '../readers/delimited.ts'
import type { ClientTechnique } from '../technique.ts'

const pigeon: ClientTechnique = async (subscription) => {
  const messages = new MessageReader(subscription, postTo(subscription, '${NAME}'))
  const reader = new DelimitedReader((bytes, start, end) => messages.readBytes(bytes, start, end), 0x3b)
  const headers = lastEventId(subscription.cursor)
  await get(subscription, '${NAME}', { headers }, (bytes, start, end) => reader.read(bytes, start, end))
  messages.expectEnd()
}
export default pigeon
`
const PAGE = `
import type { BrowserTechnique } from '../technique.ts'

const pigeon: BrowserTechnique = async (subscription) => {
  subscription.onAsk()
  const answer = await fetch(subscription.url + '/${NAME}', { signal: subscription.signal })
  throw new Error('The pigeon came back with ' + answer.status)
}
export default pigeon
`
const ENTRY = `  { name: '${NAME}', title: '${TITLE}', family: 'stream', carrier: 'http', direction: 'down', initiator: 'the client, once', resumedBy: 'the cursor in a header', endsWhen: 'the last message says so', specification: 'https://www.rfc-editor.org/rfc/rfc1149', status: { text: 'in the air', source: 'https://www.rfc-editor.org/rfc/rfc1149', date: '1990-04-01' }, variants: HTTP },\n`

const run = promisify(execFile)
let copy: string

async function pushlab(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['scenarios/pushlab.js', ...args], {
    cwd: copy,
    timeout: 60_000,
  })
  return stdout
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'pushlab-'))
  const isRun = (path: string) => existsSync(join(path, 'run.json'))
  for (const folder of ['server', 'clients', 'scenarios', 'results', 'report']) {
    cpSync(join(ROOT, folder), join(copy, folder), { recursive: true, filter: (path) => !isRun(path) })
  }
  for (const file of ['package.json', 'vitest.config.ts', 'tsconfig.json'])
    cpSync(join(ROOT, file), join(copy, file))
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))

  writeFileSync(join(copy, `server/techniques/${NAME}.ts`), SERVER)
  writeFileSync(join(copy, `clients/techniques/${NAME}.ts`), CLIENT)
  writeFileSync(join(copy, `clients/browser/techniques/${NAME}.ts`), PAGE)
  const registry = join(copy, 'server/registry.ts')
  const text = readFileSync(registry, 'utf8')
  const start = 'export const registry: readonly TechniqueEntry[] = [\n'
  expect(text).toContain(start)
  writeFileSync(registry, text.replace(start, start + ENTRY))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('a technique of three files and one entry', () => {
  test('is listed with its facts', async () => {
    expect(await pushlab('list')).toMatch(new RegExp(`${NAME} +Carrier pigeon \\(RFC 1149\\) +in the air`))
    // Without a Chinese title it has its English one in both languages.
    expect(await pushlab('list', NAME)).toMatch(/^Carrier pigeon \(RFC 1149\)\n/)
  })

  test('passes the conformance suite, which has it already', async () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const result = join(copy, 'conformance.json')
    const reporter = ['--reporter', 'json', '--outputFile', result]
    const args = [vitest, 'run', 'clients/contract.test.ts', '-t', `^${NAME}`, ...reporter]
    await run(process.execPath, args, { cwd: copy, timeout: 120_000, maxBuffer: 64e6 })
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(result, 'utf8'))
    // Over HTTP, over TLS and over HTTP/2.
    expect(numPassedTests).toBeGreaterThan(3 * 20)
    expect(numFailedTests).toBe(0)
  })

  test('is measured, and its bytes are accounted for', async () => {
    const args = ['--technique', `${NAME},sse`, '--trials', '1', '--measure', '600ms', '--warm-up', '300ms']
    const out = join(copy, 'results/run')
    const json = await run(
      process.execPath,
      [
        'scenarios/pushlab.js',
        'bench',
        '-s',
        'every-technique',
        ...args,
        '--subscribers',
        '5',
        '--json',
        '-o',
        out,
      ],
      { cwd: copy, timeout: 60_000, maxBuffer: 64e6 },
    ).catch(({ stdout, code, stderr }) => {
      // One trial alone has no valid delay; anything else is a failure.
      expect([code, stderr]).toEqual([4, expect.any(String)])
      return { stdout }
    })
    const { records } = JSON.parse(json.stdout)
    const pigeon = records.find(({ technique }: { technique: string }) => technique === NAME)
    expect(pigeon.account).toMatchObject({ lost: 0, duplicated: 0, reordered: 0 })
    expect(pigeon.ledger.total.down).toMatchObject({ unparsed: 0 })
    expect(pigeon.ledger.window.down.payload).toBe(pigeon.ledger.windowEvents * 100)
    expect(readFileSync(join(out, 'index.html'), 'utf8').includes(TITLE)).toBe(true)
  })

  test('can be looked at byte by byte', async () => {
    expect(await pushlab('wire', NAME)).toMatch(/framing +1 B +semicolon/)
  })

  test('has a lane in the classroom, since a browser can run it', async () => {
    const script = `
      import { buildLanePage } from './scenarios/classroom/lane-page.ts'
      import { runnableTechniques } from './scenarios/classroom/stage/runnable.ts'
      const { html } = await buildLanePage([])
      console.log(JSON.stringify([runnableTechniques()[0], html.includes('The pigeon came back with')]))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: copy })
    expect(JSON.parse(stdout)).toEqual([NAME, true])
  })

  test('is gone without a trace when its files and its entry are', async () => {
    rmSync(join(copy, `server/techniques/${NAME}.ts`))
    rmSync(join(copy, `clients/techniques/${NAME}.ts`))
    rmSync(join(copy, `clients/browser/techniques/${NAME}.ts`))
    const registry = join(copy, 'server/registry.ts')
    writeFileSync(registry, readFileSync(registry, 'utf8').replace(ENTRY, ''))
    expect(await pushlab('list')).not.toContain(NAME)
    expect(readFileSync(registry, 'utf8')).toBe(readFileSync(join(ROOT, 'server/registry.ts'), 'utf8'))
  })
})
