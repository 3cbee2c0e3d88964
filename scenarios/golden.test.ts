import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goldenRuns } from '../report/fixture/golden-runs.ts'
import { writeObservation, writeRecord, writeRun } from '../results/store.ts'
import { worksheetFile } from './classroom/lessons/worksheet-file.ts'
import { silence, silentRun } from './classroom/lessons/worksheet-fixture.ts'
import { pushlabHere, ROOT } from './fixture/command.ts'

/**
 * What the commands print and end with, for good and bad input. A change that means to change nothing of it leaves the
 * file as it is; one that does changes each line that it means: npx vitest run scenarios/golden.test.ts -u
 */

/** `RUNS/name` is the folder of a golden run, `RUNS/none` is nothing. */
const COMMANDS = [
  '--help',
  'bench --dry-run --seed 1',
  'bench --dry-run --seed 1 --json -s poll-interval,capacity-rate -t short-poll',
  'bench --dry-run --seed 1 -s steady-feed --variant tls=true --trials 2 --subscribers 7 --measure 1s',
  'bench --dry-run -s steady-fed',
  'bench -t web-socket',
  'bench --threshold sse:p98<20ms',
  'bench --variant contentCoding=zip',
  'bench --resume RUNS/reference',
  'bench --resume RUNS/interrupted --trials 3',
  'bench --seed 1 --subscribers 100000 --network host -o RUNS/none',
  'report RUNS/reference --lang zh',
  'compare RUNS/reference RUNS/losing',
  'compare RUNS/reference RUNS/two-scenarios --unlike',
  'claims --run RUNS/reference',
  'claims --run RUNS/reference poll-latency ws-faster',
  'claims ws-fast',
  'check 2 RUNS/worksheet.json',
  'check 3 RUNS/worksheet.json',
  'wire sse',
  'wire xml-socket --variant http=2',
  'list',
  'list sse',
  'doctor',
  'demo --port 99999',
  'demo --lesson RUNS/worksheet.json',
  'profile -t web-socket',
] as const

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-golden-'))
  for (const [name, make] of Object.entries(goldenRuns)) {
    const { run, records, observations } = make()
    writeRun(join(folder, name), run)
    for (const record of records) writeRecord(join(folder, name), record)
    for (const observation of observations) writeObservation(join(folder, name), observation)
  }
  const answers = { answers: 59, 'empty-share': 1.7, 'sse-requests': 1, 'bytes-per-poll': null }
  const sheet = worksheetFile({
    ...{ lesson: silence, language: 'en', answers, log: silentRun(), savedAt: new Date(0) },
  })
  writeFileSync(join(folder, 'worksheet.json'), JSON.stringify(sheet))
  writeFileSync(join(folder, 'broken.json'), '{ "name": "broken", "suite": "quik" }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every command prints what it printed, and ends as it ended', async () => {
  const golden: Record<string, unknown> = {}
  for (const command of COMMANDS) {
    const { code, stdout, stderr } = await pushlabHere(
      ...command.split(' ').map((arg) => arg.replace('RUNS', folder)),
    )
    golden[command] = { code, stdout: linesOf(command, stdout), stderr: linesOf(command, stderr) }
  }
  await expect(`${JSON.stringify(golden, null, 1)}\n`).toMatchFileSnapshot('fixture/golden/commands.json')
})

/** What is printed, without what hangs on this machine, this port and this moment. */
function linesOf(command: string, text: string): string[] {
  const lines = text
    .replaceAll(/(?:\.\.\/)*(?:[\w.-]+\/)*pushlab-golden-\w+/g, 'RUNS')
    .replaceAll(folder, 'RUNS')
    .replaceAll(ROOT, 'ROOT/')
    .split('\n')
  // Of bytes their labels, for a port and a time are among them; of a diagnosis its topics.
  if (command.startsWith('wire')) return lines.filter((line) => !/^ {10}(?:[\da-f]{2} |and \d)/.test(line))
  if (command === 'doctor') return lines.map((line) => line.slice(6, 26).trimEnd())
  return lines
}
