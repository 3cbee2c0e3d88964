import { type Cell, figureOf, lackOf, type MeasuredScenario } from '../../report/analysis/cells.ts'
import { type FigureName, isRecorded } from '../../report/analysis/figures.ts'
import { badgeOf } from '../../report/analysis/gate.ts'
import { atPosition } from '../../report/axis.ts'
import { textOf } from '../../report/columns.ts'
import { PushlabError } from '../../server/error.ts'
import { durationMs } from '../../server/options.ts'
import { checkTechniques } from './library.ts'

/** A bound that a run has to keep: `sse:p99<20ms`. */
export interface Threshold {
  /** As it was written. */
  text: string
  technique: string
  figure: FigureName
  /** In the figure's own unit, as figureOf has it. */
  below: number
}

interface BoundedFigure {
  figure: FigureName
  parse: (text: string) => number
  example: string
}

const FIGURES: Record<string, BoundedFigure> = {
  p50: { figure: 'p50Us', parse: microseconds, example: '5ms' },
  p99: { figure: 'p99Us', parse: microseconds, example: '20ms' },
  mean: { figure: 'meanUs', parse: microseconds, example: '10ms' },
  max: { figure: 'maxUs', parse: microseconds, example: '1s' },
  bound: { figure: 'boundP50Us', parse: microseconds, example: '1ms' },
  'client-cost': { figure: 'clientCostP50Us', parse: microseconds, example: '1ms' },
  bytes: { figure: 'bytesPerEvent', parse: amount, example: '150' },
  requests: { figure: 'requestsPerEvent', parse: amount, example: '0.5' },
}

/** Parses one threshold; throws BAD_INPUT with an example that would do. */
export function parseThreshold(text: string): Threshold {
  const [, technique, name, bound] = /^([a-z0-9-]+):([a-z0-9-]+)<(.+)$/.exec(text.trim()) ?? []
  const known = name === undefined ? undefined : FIGURES[name]
  if (technique === undefined || bound === undefined || !known) {
    throw new PushlabError(
      'BAD_INPUT',
      `"${text}" is no threshold. Write technique:figure<value with one of ${Object.keys(FIGURES).join(', ')}: sse:p99<20ms`,
    )
  }
  checkTechniques([technique])
  const below = known.parse(bound)
  if (!(below > 0)) {
    throw new PushlabError(
      'BAD_INPUT',
      `"${bound}" bounds nothing in "${text}". Write ${technique}:${name}<${known.example}`,
    )
  }
  return { text: text.trim(), technique, figure: known.figure, below }
}

/** What became of a threshold, cell by cell. */
export interface Judged {
  threshold: Threshold
  /** Names of the places where it was kept. */
  kept: string[]
  broken: { where: string; value: number }[]
  /** Where it cannot be judged, and why, although it is meant to be. */
  unjudged: string[]
  /** Where it is not meant to be judged, and why: such a place is a fault only where there is no other. */
  notMeant: string[]
}

/**
 * Judges thresholds wherever their figure is meant to be read: not where a scenario counts and does not time, nor where its
 * events or moments are too few for a percentile.
 */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  scenarios: readonly MeasuredScenario[],
): Judged[] {
  return thresholds.map((threshold) => {
    const { technique, figure, below } = threshold
    const judged: Judged = { threshold, kept: [], broken: [], unjudged: [], notMeant: [] }
    for (const { scenario, cells } of scenarios.filter((one) => !one.scenario.search)) {
      for (const cell of cells.filter((one) => one.technique === technique && one.copy === 1)) {
        const where = `${scenario.name}${pointText(cell)}`
        const { value } = figureOf(cell, figure)
        const [badge, lack] = [badgeOf(cell, figure), lackOf(cell, figure)]
        if (badge === 'not measured') judged.notMeant.push(`${where} counts, and times nothing`)
        else if (!cell.records.every((record) => isRecorded(record, figure)))
          judged.unjudged.push(`${where}: not recorded`)
        else if (lack) judged.notMeant.push(`${where}: too few ${lack.of} (n = ${lack.n})`)
        else if (badge === 'not valid') judged.unjudged.push(`${where}: not valid`)
        else if (value < below) judged.kept.push(where)
        else judged.broken.push({ where, value })
      }
    }
    return judged
  })
}

/** Whether a threshold cannot be judged where it is meant to be, or nowhere at all. */
export function isUnjudged({ kept, broken, unjudged }: Judged): boolean {
  return unjudged.length > 0 || kept.length + broken.length === 0
}

/** What became of a threshold, in lines for people. */
export function thresholdLines(judged: Judged): string[] {
  const { threshold, kept, broken, unjudged, notMeant } = judged
  const { text, below, technique } = threshold
  const write = textOf(threshold.figure)
  if (kept.length + broken.length + unjudged.length === 0) {
    const why = notMeant.length > 0 ? notMeant.join('; ') : `${technique} was not measured`
    return [`Threshold cannot be judged: ${text}: ${why}`]
  }
  const besides = notMeant.length > 0 ? ` Not judged: ${notMeant.join('; ')}.` : ''
  return [
    ...broken.map(
      ({ where, value }) =>
        `Threshold not kept: ${where}, ${text}: ${write(value)} is not below ${write(below)}`,
    ),
    ...unjudged.map((where) => `Threshold cannot be judged: ${text}, ${where}`),
    ...(kept.length > 0 ? [`Threshold kept: ${text} in ${kept.join(', ')}.${besides}`] : []),
  ]
}

function pointText({ point }: Cell): string {
  return point.at ? ` ${atPosition(point.at)}` : ''
}

function microseconds(text: string): number {
  try {
    return durationMs(text) * 1e3
  } catch {
    return Number.NaN
  }
}

function amount(text: string): number {
  return /^\d+(\.\d+)?B?$/.test(text) ? Number.parseFloat(text) : Number.NaN
}
