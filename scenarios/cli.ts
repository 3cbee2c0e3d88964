import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { PushlabError } from '../server/error.ts'
import { durationMs, hostName, port, rate, wholeNumber } from '../server/options.ts'
import { pushlabCommand } from '../server/own-command.ts'
import { version } from '../server/runtime.js'
import { PRIVATE_NETWORK } from './bench/private-network.ts'
import { variant } from './bench/variant-option.ts'
import { ExitCode, exitCodeFor } from './exit.ts'

/** Of a flag that is given again, the names of both times. */
const names = (text: string, before: string[] = []) => {
  const list = text.split(',').map((name) => name.trim())
  if (list.some((name) => name === ''))
    throw new InvalidArgumentError('Names are separated by single commas.')
  return [...before, ...list]
}

const hostNames = (text: string, before?: string[]) => names(text, before).map(hostName)

const program = new Command('pushlab')
  .description('Measures and teaches server push: polling, long polling, iframe streaming, SSE, WebSocket.')
  .version(version)
  .exitOverride()
  .showHelpAfterError(`(${pushlabCommand('--help')} shows what there is)`)

// Each command's code is loaded when it is asked for: the first output should not wait for what it does not use.
program
  .command('bench')
  .description('measure, and end with the path of an HTML report')
  .option('-s, --scenario <names>', 'scenarios by name, or paths of .json files, separated by commas', names)
  .option('-e, --experiment <names>', 'experiments by name, separated by commas', names)
  .addOption(
    new Option('--suite <suite>', 'what to measure when no scenario is named')
      .choices(['glance', 'quick', 'full', 'large'])
      .default('quick'),
  )
  .option('-t, --technique <names>', 'only these techniques, separated by commas', names)
  .option('--trials <n>', 'number of trials per cell', wholeNumber(1))
  .option('--subscribers <n>', 'number of subscribers per cell', wholeNumber(1))
  .option(
    '--rate <n>',
    'events per second, in scenarios with a constant or a random rate',
    wholeNumber(1, 100_000),
  )
  .option('--agents <n>', 'load agents; default: one for each core beyond the server’s', wholeNumber(1, 256))
  .option('--poll-interval <duration>', 'interval of short polling: 50ms, 1s', durationMs)
  .option('--warm-up <duration>', 'time before the window: 500ms, 2s', durationMs)
  .option('--measure <duration>', 'length of the window: 2s, 1m', durationMs)
  .option('--variant <choices>', 'how techniques are used: tls=true,contentCoding=gzip', variant)
  .option('--seed <n>', 'seed of the order of trials; default: a new one each time', wholeNumber(0))
  .addOption(
    new Option(
      '--network <which>',
      'own: a network namespace, where possible, in which the kernel counts packets',
    )
      .choices(['own', 'host'])
      .default('own'),
  )
  .option(
    '--threshold <bounds>',
    'exit with 3 if a bound is not kept: sse:p99<20ms,websocket:bytes<110',
    names,
  )
  .option('--share', 'measure even while another pushlab measures on this machine')
  .option('--json', 'print only JSON on standard output: the run and its records')
  .option('-n, --dry-run', 'print what would be measured, in order, and measure nothing')
  .option('-o, --output <folder>', "folder for the run's records and report; default: results/<time>")
  .option(
    '--resume [run]',
    'continue an interrupted run; default: that of --output, or the latest with the same plan',
  )
  .action(async (options) => {
    // Loading what plans and reports takes a good part of a second, in which nobody should wonder. Said once: the
    // bench may start itself again in a network of its own.
    if (!options.json && !process.env[PRIVATE_NETWORK]) process.stderr.write('Planning...\n')
    await (await import('./commands/bench.ts')).bench(options)
  })
program
  .command('report')
  .description("write a run's HTML report again from its records")
  .argument('[run]', 'folder of the run; default: the latest in results/')
  .option('--against <old>', 'folder of an earlier run: the report says what changed since')
  .addOption(
    new Option('--lang <language>', 'language of the page without scripts')
      .choices(['en', 'zh'])
      .default('en'),
  )
  .action(async (run, options) => (await import('./commands/report.ts')).report(run, options))
program
  .command('compare')
  .description('what changed from one run to another; exit code 3 where something became worse')
  .argument('<old>', 'folder of a run')
  .argument('<new>', 'folder of a run')
  .option('--unlike', 'compare even if machines or scenarios differ')
  .option('--json', 'print only JSON on standard output')
  .action(async (old, now, options) => (await import('./commands/compare.ts')).compare(old, now, options))
program
  .command('claims')
  .description('what a run says about the claims of textbooks; or measure what decides some of them')
  .argument('[id...]', 'claims to measure now; default: print what the latest run says about all')
  .option('--run <folder>', 'judge by the records of this run and measure nothing')
  .option(
    '--trials <n>',
    'number of trials per cell; default: 3, or fewer if the scenario has fewer',
    wholeNumber(1),
  )
  .option('--seed <n>', 'seed of the order of trials; default: a new one each time', wholeNumber(0))
  .option('--share', 'measure even while another pushlab measures on this machine')
  .addOption(new Option('--lang <language>', 'language of the claims').choices(['en', 'zh']).default('en'))
  .option('--json', 'print only JSON on standard output')
  .option('-o, --output <folder>', 'folder for the records; default: results/<time>-claims')
  .action(async (ids, options) => (await import('./commands/claims.ts')).claims(ids, options))
program
  .command('demo')
  .description(
    'the classroom: lessons with live techniques for a projector, a teacher and up to 300 students',
  )
  .option('-p, --port <port>', 'port of its pages; 0 takes a free one', port, 8080)
  .option('--lan [address]', 'let students on the local network join; default: this machine only')
  .option('--allow-host <names>', 'other host names of this machine, separated by commas', hostNames)
  .option('--lesson <file>', 'begin with your own lesson, a .json file')
  .option('--fresh', 'begin a new class even if one was interrupted within the last three hours')
  .addOption(new Option('--lang <language>', 'language at the start').choices(['en', 'zh']).default('en'))
  .action(async (options) => (await import('./commands/demo.ts')).demo(options))
program
  .command('check')
  .description("grade a worksheet's numbers against the student's own run")
  .argument('<lesson>', 'number of the lesson')
  .argument('<file>', 'worksheet, as the self-study page of pushlab demo saved it')
  .addOption(new Option('--lang <language>', 'language of the answer').choices(['en', 'zh']).default('en'))
  .action(async (lesson, file, options) => (await import('./commands/check.ts')).check(lesson, file, options))
program
  .command('wire')
  .description('print every byte of one event, with the reason for it')
  .argument('<technique>')
  .option('--payload <bytes>', 'exact length of the encoded event in bytes', wholeNumber(16, 1_048_576), 100)
  .option('--publish', 'the subscriber publishes the event itself')
  .option('--variant <choices>', 'how it is used: tls=true,headers=browser,cookieBytes=1024', variant, {})
  .option('--json', 'print only JSON on standard output')
  .action(async (technique, options) => (await import('./commands/wire.ts')).wire(technique, options))
program
  .command('doctor')
  .description('what this machine can and cannot measure')
  .action(async () => (await import('./commands/doctor.ts')).doctor())
program
  .command('cost')
  .description('what measuring costs: CPU time of the load agent compared with sockets that only read')
  .option(
    '--ruler',
    'instead: its delays compared with those of an independent client in C on the same server',
  )
  .option('--fan-out', 'instead: what it costs the server to send to many, compared with a loop over sockets')
  .addOption(
    new Option('--beside <server>', 'with --fan-out: another server to compare, if installed').choices([
      'nchan',
    ]),
  )
  .option('--subscribers <n>', 'with --fan-out: number of subscribers', wholeNumber(1), 1_000)
  .option('--rate <events/s>', 'with --fan-out: events per second', rate, 50)
  .option('--rounds <n>', 'number of rounds; default: 6, with --ruler 20, with --fan-out 10', wholeNumber(1))
  .option('-t, --technique <names>', 'only these techniques, separated by commas', names)
  .addOption(
    new Option('--scale <scale>', 'with --ruler: 100 subscribers x 10/s, or 1,000 x 50/s')
      .choices(['small', 'large', 'both'])
      .default('both'),
  )
  .option('--measure <duration>', 'length of a window', durationMs, 4_000)
  .option('--share', 'measure even while another pushlab measures on this machine')
  .option('--json', 'print only JSON on standard output, every round')
  .action(async ({ ruler, fanOut, share, ...options }) => {
    const { alone } = await import('./bench/machine-lock.ts')
    await alone('pushlab cost', share, async () => {
      if (fanOut) await (await import('./commands/cost-fan-out.ts')).costFanOut({ rounds: 10, ...options })
      else if (ruler) await (await import('./commands/cost-ruler.ts')).costRuler({ rounds: 20, ...options })
      else await (await import('./commands/cost.ts')).cost({ rounds: 6, ...options })
    })
  })
program
  .command('profile')
  .description(
    "profile the server's CPU time or memory under a scenario's load, with clinic or Node.js itself",
  )
  .option('-t, --technique <name>', 'technique of the server', 'sse')
  .option(
    '-s, --scenario <name>',
    'scenario that gives the load: a name, or the path of a .json file',
    'fan-out',
  )
  .addOption(
    new Option('--tool <tool>', 'a tool of clinic, which npx fetches once, or cpu-prof of Node.js')
      .choices(['doctor', 'flame', 'heapprofiler', 'bubbleprof', 'cpu-prof'])
      .default('flame'),
  )
  .option(
    '--measure <duration>',
    'how long subscribers stay; default: as in the scenario, at least 10s',
    durationMs,
  )
  .option('--time-limit <duration>', 'stop after this time; default: 60s after the load', durationMs)
  .option('--run <run>', 'folder of the run that the profile belongs to; default: the latest in results/')
  .option('-o, --output <folder>', 'folder for the profile instead')
  .action(async (options) => (await import('./commands/profile.ts')).profile(options))
program
  .command('list')
  .description('list techniques and scenarios, or print all facts of one technique')
  .argument('[technique]')
  .action(async (technique) => (await import('./commands/list.ts')).list(technique))

/**
 * Does what a command line asks for; what it ends with is in `process.exitCode`.
 * @param words that follow the command's name; default: this process's.
 */
export async function run(words: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said what is wrong; asking for help is not an error.
      process.exitCode = error.exitCode === 0 ? ExitCode.fine : ExitCode.badInput
    } else if (error instanceof PushlabError) {
      console.error(error.message)
      process.exitCode = exitCodeFor(error)
    } else {
      console.error(error)
      process.exitCode = ExitCode.internalError
    }
  }
}
