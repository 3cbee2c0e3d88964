import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lessons } from './classroom/lessons/index.ts'
import { worksheetFile } from './classroom/lessons/worksheet-file.ts'
import { silence, silentRun } from './classroom/lessons/worksheet-fixture.ts'
import { commandsIn, pages, ROOT } from './fixture/readmes.ts'

/** Every command of every page, as it is printed, in a checkout of its own. */

/** What is not run here, and why. */
const LEFT_OUT: [RegExp, string][] = [
  [/^make test/, 'CI runs it beside this'],
  [/^npx vitest run clients\/contract/, 'make test runs that file'],
  [/^apt-get/, 'it changes the machine'],
  [
    /^(tcpdump|tshark|curl .* kill|node_modules\/.bin\/node)/,
    'it needs tcpdump, tshark and the rights to look at an interface',
  ],
  [
    /^npm run (pictures|recordings)/,
    'it takes minutes of a quiet machine, and its pictures and recordings are looked at',
  ],
  [/^make (torture|soak)/, 'CI plants 20 faults; a soak takes 40 minutes of a quiet machine'],
  [/^make demo ARGS=--lan/, 'it opens the machine to its network'],
  [/^curl -N/, 'it is asked of make server, below'],
]

/** What takes long is run with less, and what does not end by itself is ended once it has said where it is. */
const ALTERED: [RegExp, (command: string) => string, string][] = [
  [
    /^make bench/,
    (command) => (command.includes('ARGS') ? command.replace("ARGS='", "ARGS='-n ") : `${command} ARGS=-n`),
    'takes 5 to 45 minutes: the plan alone',
  ],
  [
    /^npx pushlab bench -s capacity/,
    (command) => `${command} -t sse --trials 1 --measure 300ms --warm-up 300ms`,
    'takes half an hour: one technique, trials of 0.3 s',
  ],
  [
    /^npx pushlab bench(?!.* (-n|-e))/,
    (command) => `${command} --trials 1 --measure 300ms --warm-up 300ms`,
    'takes minutes: a trial of 0.3 s',
  ],
  [
    /^npx pushlab cost/,
    (command) => `${command} -t sse --rounds 1 --measure 300ms`,
    'takes 10 to 40 minutes: one technique, a round of 0.3 s',
  ],
  [
    /^make profile/,
    (command) => `${command} ARGS='--tool cpu-prof --measure 1s'`,
    'takes a minute: a second',
  ],
]

/** What stands for something of the reader's own. */
const PLACEHOLDERS: [string, string][] = [
  ['results/<run>', 'results/reference'],
  ['results/<old>', 'results/reference'],
  ['results/<new>', 'results/reference'],
  ['<lesson> <file>', '2 pushlab-lesson-2.json'],
  ['list <name>', 'list sse'],
]

/** Their exit codes, where a short measurement need not be one that can be judged. */
const ALLOWED: [RegExp, number[]][] = [
  [/^npx pushlab bench/, [0, 4]],
  [/^make (quick|profile)/, [0, 2]],
  [/^npx pushlab claims/, [0, 4]],
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-readme-'))
  // Links of each file: whatever a command does to its packages, those here stay.
  const copy = `git ls-files -z | xargs -0 cp --parents -pt "${folder}" && (cp -al node_modules "${folder}/" || cp -a node_modules "${folder}/") && cd "${folder}/node_modules" && rm -f .installed && touch .installed`
  execFileSync('sh', ['-c', copy], { cwd: ROOT })
  copyFileSync(join(folder, 'scenarios/examples/lesson.json'), join(folder, 'mine.json'))
  copyFileSync(join(folder, 'scenarios/library/steady-feed.json'), join(folder, 'my-scenario.json'))
  const answers = { answers: 59, 'empty-share': 98.3, 'sse-requests': 1, 'bytes-per-poll': 676 }
  const sheet = worksheetFile({
    lesson: silence,
    language: 'en',
    answers,
    log: silentRun(),
    savedAt: new Date(0),
  })
  expect(lessons.indexOf(silence)).toBe(1)
  writeFileSync(join(folder, 'pushlab-lesson-2.json'), JSON.stringify(sheet))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shown = [...new Set(pages.flatMap(commandsIn))]
const commands = shown.filter((command) => !LEFT_OUT.some(([kind]) => kind.test(command)))

function asRun(command: string): string {
  const mine = PLACEHOLDERS.reduce((text, [placeholder, own]) => text.replaceAll(placeholder, own), command)
  const alter = ALTERED.find(([kind]) => kind.test(mine))?.[1]
  return alter ? alter(mine) : mine
}

/** Its exit code and what it said; what serves people is ended once it has said where it is, and `atAddress` has been there. */
function run(command: string, atAddress?: () => void): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const serves = /^(make|npx pushlab) (demo|server)/.test(command)
    // A group of its own: Ctrl-C in a terminal reaches all of it.
    const child = spawn('bash', ['-c', command], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let ended = false
    const hear = (text: Buffer) => {
      said += text
      if (serves && !ended && /http:\/\/\S+/.test(said)) {
        ended = true
        atAddress?.()
        process.kill(-(child.pid as number), 'SIGINT')
      }
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', (code) => resolve({ code: ended ? 0 : code, said }))
  })
}

test('each exception is of a command that is shown', () => {
  const kinds = [...LEFT_OUT, ...ALTERED, ...ALLOWED].map(([kind]) => kind)
  const idle = kinds.filter((kind) => ![...shown, ...shown.map(asRun)].some((command) => kind.test(command)))
  expect(idle).toEqual([])
})

test.each(commands)(
  '%s',
  async (command) => {
    const { code, said } = await run(asRun(command))
    const codes = ALLOWED.find(([kind]) => kind.test(command))?.[1] ?? [0]
    expect(codes, said.slice(-2_000)).toContain(code)
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+/m)
  },
  300_000,
)

test('make server answers what stands behind it', async () => {
  const curl = shown.find((command) => command.startsWith('curl -N')) ?? expect.fail()
  let answer = ''
  await run('make server', () => {
    answer = execFileSync('bash', ['-c', `${curl} --silent --max-time 3 || true`], { encoding: 'utf8' })
  })
  expect(answer).toMatch(/^data: \{"seq":/m)
})
