import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { wholeNumber } from '../../server/options.ts'
import { shellCommand } from '../../server/shell.ts'
import { drawRounds, type Round } from './draw.ts'
import { Disk, enterOwnMachine } from './machine.ts'
import { Arena } from './round.ts'

const { seed, rounds, only, dryRun } = new Command('make torture')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description(
    'Plants faults in bench, server and demo at drawn moments, and compares what becomes of them with a table.',
  )
  .option('--seed <n>', 'draws rounds and moments', wholeNumber(0), Math.floor(Math.random() * 2 ** 31))
  .option('--rounds <n>', 'how many', wholeNumber(1, 10_000), 20)
  .option('--only <n>', 'this round alone', wholeNumber(1, 10_000))
  .option('-n, --dry-run', 'say which rounds there are, and make none')
  .parse()
  .opts<{ seed: number; rounds: number; only?: number; dryRun?: boolean }>()

const drawn = drawRounds(seed, Math.max(rounds, only ?? 0)).filter(
  ({ number }) => only === undefined || number === only,
)
const nameOf = ({ number, fault, target, command, phase }: Round) =>
  `${String(number).padStart(4)}  ${fault.padEnd(10)} ${target.padEnd(8)} ${command.padEnd(7)} ${phase.padEnd(13)}`

if (dryRun) for (const round of drawn) console.log(nameOf(round))
else process.exitCode = await torture()

async function torture(): Promise<number> {
  try {
    enterOwnMachine()
  } catch {
    console.error(
      'Faults are planted in a namespace of their own: unshare -rmn has to work here, with mount, ip, ss, nsenter and prlimit (Debian: util-linux, iproute2).',
    )
    return 5
  }
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-torture-'))
  const disk = new Disk(folder, 256)
  try {
    return await makeRounds(new Arena(folder))
  } finally {
    disk.remove()
    rmdirSync(folder)
  }
}

async function makeRounds(arena: Arena): Promise<number> {
  console.log(`Seed ${seed}\n      fault      in       of      while         ends  leaves       again`)
  let [landed, missed, broken] = [0, 0, 0]
  for (const round of drawn) {
    const outcome = await arena.make(seed, round)
    landed += Number(outcome.landed)
    missed += outcome.missed + Number(!outcome.landed)
    const { exit, left } = outcome
    const isBroken = outcome.broken.length > 0
    broken += Number(isBroken)
    const verdict = !outcome.landed ? 'did not land' : isBroken ? 'BROKEN' : 'as it should'
    console.log(`${nameOf(round)} ${exit.padEnd(8)} ${left.padEnd(10)} ${outcome.missed || ' '}  ${verdict}`)
    if (isBroken) {
      for (const line of outcome.broken) console.log(`      ${line.replaceAll('\n', '\n      ')}`)
      console.log(
        `      Again: make torture ARGS='${shellCommand(['--seed', seed, '--only', round.number])}'`,
      )
    }
  }
  const share = Math.round((100 * landed) / Math.max(1, landed + missed))
  console.log(
    `${drawn.length} rounds, ${broken} not as they should be; ${share} % of the faults came in their phase.`,
  )
  if (broken > 0) return 3
  return share >= 80 ? 0 : 4
}
