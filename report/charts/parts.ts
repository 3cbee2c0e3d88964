import type { Parts } from '../../results/record.ts'
import { pollOf } from '../../server/registry.ts'
import { type Cell, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { format, spanText } from '../format.ts'
import { partColors } from '../palette.ts'
import { said, say, sentences, type Text } from '../words/say.ts'
import type { ChartSpec } from './spec.ts'
import { axisOf } from './techniques.ts'

type Part = Exclude<keyof Parts, 'subscribers' | 'events'>

/** In the order of time: what a delay is made of, and then what its client's cost is. */
export const delayParts = ['lagUs', 'fanOutUs', 'wayUs'] as const satisfies Part[]
export const costParts = ['waitUs', 'parsingUs'] as const satisfies Part[]

export const partNames: Record<Part, string> = {
  lagUs: 'schedule lag',
  fanOutUs: 'fan-out',
  wayUs: 'way',
  waitUs: 'wait in the load agent',
  parsingUs: 'parsing',
}
const COLORS: Record<Part, string> = {
  lagUs: partColors.compressed,
  fanOutUs: partColors.down,
  wayUs: partColors.payload,
  waitUs: partColors.payloadUp,
  parsingUs: partColors.up,
}

/** A cell's parts: means over its trials, which are means themselves and add up; undefined where a trial has none. */
export function partsOf({ records }: Cell): Parts | undefined {
  const parts = records.flatMap((record) => record.parts ?? [])
  const [first] = parts
  if (!first || parts.length < records.length) return undefined
  const mean = (of: keyof Parts) => parts.reduce((sum, one) => sum + one[of], 0) / parts.length
  const names = Object.keys(first) as (keyof Parts)[]
  return Object.fromEntries(names.map((name) => [name, mean(name)])) as Parts
}

/** The sum of some parts, microseconds. */
export function sumOf(parts: Parts, names: readonly Part[]): number {
  return names.reduce((sum, name) => sum + parts[name], 0)
}

/** Where the time goes from an event's schedule to the application, technique by technique. */
export function partsChart(id: string, { cells }: MeasuredScenario): ChartSpec {
  const all = cells.flatMap((cell) => {
    const parts = partsOf(cell)
    return isCandidate(cell) && parts ? [{ cell, parts }] : []
  })
  // What waits for a timer would leave nothing to be seen of the others. The table has it.
  const held = all.filter(({ cell }) => pollOf(cell.technique) !== 'timer')
  const told = held.length > 0 ? held : all
  return {
    id,
    kind: 'bar',
    question: said('Where does the time go from schedule to application?'),
    conclusion: conclusionOf(told),
    x: axisOf(
      told.map(({ cell }) => cell),
      'meanUs',
    ),
    y: { title: said('Mean time of an event, ms') },
    stacked: true,
    series: [...delayParts, ...costParts].map((part) => ({
      name: said(partNames[part]),
      color: COLORS[part],
      points: told.map(({ parts }, x) => ({
        x,
        // A remainder may come out a little below nothing.
        y: Math.max(0, parts[part]) / 1e3,
        text: format.us(parts[part]),
      })),
    })),
  }
}

function conclusionOf(told: readonly { cell: Cell; parts: Parts }[]): Text {
  const span = (names: readonly Part[]) => {
    const us = told.map(({ parts }) => sumOf(parts, names))
    return spanText(Math.min(...us), Math.max(...us), format.us)
  }
  return sentences([
    say`Mean delays are ${span(delayParts)}.`,
    say`What the clients cost after them is ${span(costParts)}.`,
  ])
}
