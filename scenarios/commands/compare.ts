import { type Change, compareRuns, unlikeness } from '../../report/analysis/compare.ts'
import type { FigureName } from '../../report/analysis/figures.ts'
import { type Format, format, times } from '../../report/format.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { ExitCode } from '../exit.ts'

const NAMES: Partial<Record<FigureName, { name: string; text: Format }>> = {
  p50Us: { name: 'p50', text: format.us },
  p99Us: { name: 'p99', text: format.us },
  roundTripP50Us: { name: 'round trip', text: format.us },
  bytesPerEvent: { name: 'bytes/event', text: format.bytes },
  requestsPerEvent: { name: 'requests/event', text: format.count },
  serverCpuUsPer1000Events: { name: 'CPU/1,000 events', text: format.us },
}

/** `pushlab compare OLD NEW`: what changed, notable first; exit code 3 where something became worse. */
export function compare(
  oldFolder: string,
  newFolder: string,
  options: { unlike?: boolean; json?: boolean },
): void {
  const [before, after] = [readRun(oldFolder), readRun(newFolder)]
  const differing = unlikeness(before, after)
  if (differing.length > 0 && !options.unlike) {
    throw new PushlabError(
      'BAD_INPUT',
      `The runs are not alike (${differing.join('; ')}), so a difference says nothing about the code. Compare all the same: --unlike`,
    )
  }
  const changes = compareRuns(before, after)
  if (changes.length === 0) throw new PushlabError('BAD_INPUT', 'The runs have no cell in common.')
  const worse = changes.filter(({ outcome }) => outcome === 'worse')
  if (options.json) {
    console.log(JSON.stringify({ unlike: differing, changes: changes.map(plain) }, null, 1))
  } else {
    for (const difference of differing) console.error(`Not alike: ${difference}`)
    console.log(
      textTable([['', 'figure', 'old', 'new', 'new/old (95 % interval)', 'verdict'], ...changes.map(row)]),
    )
    console.log(conclusion(changes))
  }
  process.exitCode = worse.length > 0 ? ExitCode.threshold : ExitCode.fine
}

function row({ scenario, cell, figure, before, after, ratio, outcome }: Change): string[] {
  const { name, text } = NAMES[figure] ?? { name: figure, text: format.count }
  const interval = Number.isNaN(ratio.low) ? 'one trial' : `${times(ratio.low)} to ${times(ratio.high)}`
  return [
    cellName(scenario, cell),
    name,
    text(before),
    text(after),
    `${times(ratio.value)} (${interval})`,
    outcome,
  ]
}

/** As JSON, whose readers know the outcome as the verdict. */
function plain({ scenario, cell, ratio, outcome, ...change }: Change): object {
  const { technique, copy, point } = cell
  return { scenario, technique, copy, at: point.at ?? null, ...change, verdict: outcome, ratio }
}

function cellName(scenario: string, { technique, copy, point }: Change['cell']): string {
  return `${scenario}, ${technique}${copy === 2 ? ' again' : ''}${point.at ? `, ${point.at.axis} ${point.at.value}` : ''}`
}

function conclusion(changes: readonly Change[]): string {
  const count = (outcome: Change['outcome']) => changes.filter((change) => change.outcome === outcome).length
  return `${count('worse')} worse, ${count('better')} better, ${count('same within noise')} the same within noise, ${count('not valid')} not valid.`
}
