import { type Cell, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { badgeOf } from '../analysis/gate.ts'
import { type Ranking, rank, rankAgainst } from '../analysis/ranking.ts'
import { type Column, columnsOf } from '../columns.ts'
import { rangeText, times, valueText } from '../format.ts'
import { type Html, html } from '../html.ts'
import { said, say, type Text } from '../words/say.ts'
import { absentText, small, toldText } from './figures-tables.ts'

/** What techniques are compared by, each a row. */
export const measures = [
  ...columnsOf('p50Us', 'p99Us', 'bytesPerEvent', 'overheadBytesPerEvent'),
  ...columnsOf('requestsPerEvent', 'serverCpuUsPer1000Events'),
]

/** Of an A/A pair the first: the second says nothing about techniques. */
export function compared({ cells }: MeasuredScenario): Cell[] {
  return cells.filter(({ copy }) => copy === 1)
}

/**
 * A row a measure: each technique's figure, and how many times the lowest it is, or the baseline that the reader has chosen.
 * What is not told apart is grey, whatever it is. The page makes these rows again.
 */
export function factorRows(measured: MeasuredScenario, baseline?: string): Html[] {
  const cells = compared(measured)
  const chosen = cells.find(({ technique }) => technique === baseline)
  return measures.map((column) => {
    const { figure, heading } = column
    const ranking = chosen ? rankAgainst(measured, figure, chosen) : rank(measured, figure)
    const row = cells.map((cell) => factorCell(cell, column, ranking, chosen !== undefined))
    return html`<tr><th scope="row">${heading}</th>${row}</tr>
`
  })
}

/** What the factors are over. */
export function baselineText(measured: MeasuredScenario, baseline?: string): Text {
  const chosen = compared(measured).find(({ technique }) => technique === baseline)
  return chosen
    ? say`Factors are over ${chosen.title}. Grey is what is not told apart from it.`
    : said('Factors are over the lowest of each row. Grey is what is not told apart from it.')
}

function factorCell(cell: Cell, column: Column, ranking: Ranking | undefined, isChosen: boolean): Html {
  const { figure, text } = column
  const estimate = figureOf(cell, figure)
  const value = absentText(cell, column) ?? html`${valueText(estimate, text)}`
  if (badgeOf(cell, figure) === 'not valid') return techniqueCell(cell, html`<s>${value}</s>`)
  const { factor, look } = factorOf(cell, ranking, isChosen ? 'baseline' : 'lowest')
  // Others of its trials may have counted something.
  const hidden = estimate.value === 0 && rangeText(estimate, text)
  return techniqueCell(cell, html`${value}${hidden && html` ${hidden}`}${small(factor)}`, look)
}

/** A cell in the column of a technique. */
export function techniqueCell({ technique }: Cell, content: Html | Text, look = ''): Html {
  return html`<td data-technique="${technique}"${look && html` class="${look}"`}>${content}</td>`
}

function factorOf(cell: Cell, ranking: Ranking | undefined, base: string): { factor: Text; look: string } {
  if (cell === ranking?.lowest) return { factor: base, look: 'base' }
  const one = ranking?.others.find((other) => other.cell === cell)
  if (!one) return { factor: '', look: '' }
  if (one.told !== 'apart') return { factor: toldText(one), look: 'untold' }
  const { value } = one.ratio
  return { factor: Number.isFinite(value) ? times(value) : 'more', look: shadeOf(value) }
}

/** From which factor on a shade is the next darker one; the same below 1, by what 1 is over it. */
const SHADES = [1.5, 3, 10]

function shadeOf(factor: number): string {
  const off = Number.isNaN(factor) ? Number.POSITIVE_INFINITY : Math.max(factor, 1 / factor)
  return `${factor < 1 ? 'less' : 'more'}-${1 + SHADES.filter((from) => off >= from).length}`
}
