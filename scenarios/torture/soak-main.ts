import { Command } from 'commander'
import { PushlabError } from '../../server/error.ts'
import { durationMs } from '../../server/options.ts'
import { checkTechniques } from '../bench/library.ts'
import { alone } from '../bench/machine-lock.ts'
import { ExitCode, exitCodeFor } from '../exit.ts'
import { soak } from './soak.ts'

const { technique, measure, share } = new Command('make soak')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? ExitCode.fine : ExitCode.badInput))
  .description(
    'Holds 500 subscribers to 100 events/s, and looks whether memory comes to rest and anything is lost.',
  )
  .option('-t, --technique <names>', 'separated by commas', 'websocket,sse')
  .option('--measure <duration>', 'length of the window of each', durationMs, 20 * 60_000)
  .option('--share', 'measure although another pushlab measures on this machine')
  .parse()
  .opts<{ technique: string; measure: number; share?: true }>()

const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
try {
  const techniques = technique.split(',')
  checkTechniques(techniques)
  process.exitCode = await alone('make soak', share, () =>
    soak({ techniques, measureMs: measure, signal: interrupt.signal, tell: (line) => console.log(line) }),
  )
} catch (error) {
  if (interrupt.signal.aborted) process.exitCode = ExitCode.interrupted
  else if (!(error instanceof PushlabError)) throw error
  else {
    console.error(error.message)
    process.exitCode = exitCodeFor(error)
  }
}
