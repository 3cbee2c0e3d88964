import {
  type Change,
  type Changes,
  compareRuns,
  type Place,
  unlikeness,
} from '../../report/analysis/compare.ts'
import { seenFromText } from '../../report/analysis/comparison.ts'
import { changesSentences, changeTexts } from '../../report/sentences/changes.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { ExitCode } from '../exit.ts'

/**
 * `pushlab compare OLD NEW`: what changed, notable first; exit code 3 where something became worse, 4 where something is
 * gone or no longer valid.
 */
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
  const all = compareRuns(before, after)
  const { changes, gone, added } = all
  if (changes.length === 0 && (gone.length === 0 || added.length > 0))
    throw new PushlabError('BAD_INPUT', 'The runs have no cell in common.')
  if (options.json) {
    const places = { gone: gone.map(plainPlace), added: added.map(plainPlace) }
    console.log(JSON.stringify({ unlike: differing, ...places, changes: changes.map(plain) }, null, 1))
  } else {
    for (const difference of differing) console.error(`Not alike: ${difference}`)
    console.log(textTable([HEADINGS, ...changes.map(row)]))
    for (const sentence of changesSentences(all)) console.log(String(sentence))
  }
  process.exitCode = exitCodeOf(all)
}

function exitCodeOf({ changes, gone }: Changes): number {
  if (changes.some(({ outcome }) => outcome === 'worse')) return ExitCode.threshold
  return gone.length > 0 || changes.some(({ outcome }) => outcome === 'newly not valid')
    ? ExitCode.notValid
    : ExitCode.fine
}

const HEADINGS = ['', 'figure', 'old', 'new', 'new/old (95 % interval)', 'verdict', 'sees from']

/** The last column is the difference from which on such trials would have told one; of what is counted there is none. */
function row(change: Change): string[] {
  const { scenario, cell, seenFrom, outcome } = change
  const { name, before, after, ratio } = changeTexts(change)
  const at = cell.point.at ? `, ${cell.point.at.axis} ${cell.point.at.value}` : ''
  const place = `${scenario}, ${cell.technique}${cell.copy === 2 ? ' again' : ''}${at}`
  return [place, name, before, after, String(ratio), outcome, seenFrom > 0 ? seenFromText(seenFrom) : '']
}

/** As JSON, whose readers know the outcome as the verdict. */
function plain({ scenario, cell, ratio, outcome, ...change }: Change): object {
  return { ...plainPlace({ scenario, cell }), ...change, verdict: outcome, ratio }
}

function plainPlace({ scenario, cell: { technique, copy, point } }: Place): object {
  return { scenario, technique, copy, at: point.at ?? null }
}
