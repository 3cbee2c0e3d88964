import { type Cell, figureOf, type MeasuredScenario } from '../../report/analysis/cells.ts'
import { type FigureName, kindOf } from '../../report/analysis/figures.ts'
import { badgeOf, checkCell } from '../../report/analysis/gate.ts'
import { atPosition } from '../../report/axis.ts'
import { type Format, format } from '../../report/format.ts'
import { PushlabError } from '../../server/error.ts'
import { durationMs } from '../../server/options.ts'
import { checkTechniques } from './library.ts'

/** A bound that a run has to keep: `sse:p99<20ms`. */
export interface Threshold {
  /** As it was written. */
  text: string
  technique: string
  figure: FigureName
  /** In the figure's own unit; the median over trials has to be below it. */
  below: number
  /** How the figure is written, with its unit. */
  write: Format
}

interface BoundedFigure {
  figure: FigureName
  parse: (text: string) => number
  write: Format
  example: string
}

const FIGURES: Record<string, BoundedFigure> = {
  p50: { figure: 'p50Us', parse: microseconds, write: format.us, example: '5ms' },
  p99: { figure: 'p99Us', parse: microseconds, write: format.us, example: '20ms' },
  mean: { figure: 'meanUs', parse: microseconds, write: format.us, example: '10ms' },
  max: { figure: 'maxUs', parse: microseconds, write: format.us, example: '1s' },
  bytes: { figure: 'bytesPerEvent', parse: amount, write: format.bytes, example: '150' },
  requests: { figure: 'requestsPerEvent', parse: amount, write: format.count, example: '0.5' },
}

/** Parses one threshold; throws BAD_INPUT with an example that would do. */
export function parseThreshold(text: string): Threshold {
  const [, technique, name, bound] = /^([a-z0-9-]+):([a-z0-9]+)<(.+)$/.exec(text.trim()) ?? []
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
  return { text: text.trim(), technique, figure: known.figure, below, write: known.write }
}

/** A cell that did not keep a threshold, or of which that cannot be said. */
export interface Breach {
  threshold: Threshold
  where: string
  value: number
  /** The gate forbids to judge it. */
  isValid: boolean
}

/** All breaches of a run; a threshold on a technique that was not measured is one that cannot be judged. */
export function breachesOf(
  thresholds: readonly Threshold[],
  scenarios: readonly MeasuredScenario[],
): Breach[] {
  return thresholds.flatMap((threshold) => {
    const { technique, figure, below, text } = threshold
    const cells = scenarios.flatMap(({ scenario, cells: all }) =>
      all
        .filter((cell) => cell.technique === technique && cell.copy === 1)
        .map((cell) => ({ cell, scenario })),
    )
    if (cells.length === 0)
      return [{ threshold, where: `${technique} was not measured`, value: Number.NaN, isValid: false }]
    return cells.flatMap(({ cell, scenario }): Breach[] => {
      const { value } = figureOf(cell, figure)
      const isValid = badgeOf(checkCell(cell), kindOf(figure)) !== 'not valid'
      if (isValid && value < below) return []
      return [{ threshold, where: `${scenario.name}${pointText(cell)}, ${text}`, value, isValid }]
    })
  })
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
