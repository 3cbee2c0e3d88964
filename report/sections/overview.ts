import type { Budget, Judged } from '../analysis/budget.ts'
import { type Cell, figureOf, isFloor, isTold, type MeasuredScenario } from '../analysis/cells.ts'
import type { FigureName } from '../analysis/figures.ts'
import { isValid, worst } from '../analysis/gate.ts'
import { type Answer, isPickable } from '../analysis/needs.ts'
import { isTimed } from '../analysis/rules.ts'
import { ownBadge, readings } from '../analysis/run-badges.ts'
import { markSvg } from '../charts/svg/marks.ts'
import { logScale, numberText, type Scale } from '../charts/svg/scale.ts'
import { columnOf, textOf } from '../columns.ts'
import { type Html, html } from '../html.ts'
import { identityOf } from '../palette.ts'
import { list, parts, said, say, sentences, type Text } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { absentText } from './figures-tables.ts'
import { scrolling } from './section.ts'
import { settingOf } from './setting.ts'

/** What the reader asks for, and who keeps it. */
export interface Asked {
  budget: Budget
  judged: readonly Judged[]
}

/** The middle of a row's drawing of delays, see svg.css. */
const MIDDLE = 17

/**
 * The picture on top: a row a technique, in its hue and with its mark, with its delay on a logarithmic axis and the other
 * figures that picks go by as bars. What fails the reader's budget is grey and says why; history and the floor are faded.
 * @param answers of those that the budget leaves.
 */
export function overview(measured: MeasuredScenario, answers: readonly Answer[], asked?: Asked): Html {
  const timed = isTimed(measured.scenario)
  const columns = answers.filter(({ need }) => !need.among && (timed || need.figure.endsWith('PerEvent')))
  const order = columns[0]?.need.figure ?? 'bytesPerEvent'
  const shown = measured.cells
    .filter(({ copy }) => copy === 1)
    .map((cell) => ({ cell, fit: asked?.judged.find(({ technique }) => technique === cell.technique) }))
    .sort((a, b) => rankOf(a.cell) - rankOf(b.cell) || meanOf(a.cell, order) - meanOf(b.cell, order))
  const cells = shown.map(({ cell }) => cell)
  const drawings = columns.map((answer) =>
    answer.need.figure === 'p50Us' ? delays(cells, asked?.budget.delayMs) : bars(cells, answer.need.figure),
  )
  const rows = shown.map(({ cell, fit }, row) => {
    const look = fit?.fit === 'fails' ? 'failing' : isPickable(cell) ? '' : 'faded'
    const figures = columns.map((answer, i) => {
      const mark = tieOf(answer.picks, cells, row)
      return html`<td${mark && html` class="${mark}"`}>${beside(answer, figureCell(cell, answer), drawings[i]?.of(cell))}</td>`
    })
    return html`<tr data-technique="${cell.technique}"${look && html` class="${look}"`}><th scope="row">${nameCell(cell, fit, answers)}</th>${figures}</tr>
`
  })
  const headings = columns.map(
    (answer, i) =>
      html`<th scope="col">${beside(answer, html`<span>${columnOf(answer.need.figure).heading}</span>`, drawings[i]?.axis)}</th>`,
  )
  const table = html`<table class="overview">
<thead><tr><th scope="col">Technique</th>${headings}</tr></thead>
<tbody>${rows}</tbody></table>`
  return html`${scrolling('The answer at a glance', table)}
<p class="note">${sentences([settingOf(measured), keyText(cells, columns)])}</p>`
}

/** Delays have their values at the left of their drawing, bars above it. */
function beside({ need }: Answer, text: Html, drawing: Html | undefined): Html {
  return need.figure === 'p50Us' ? html`<div class="delay">${text}${drawing}</div>` : html`${text}${drawing}`
}

/** Who can be picked first, then history, then the floor. */
function rankOf(cell: Cell): number {
  return isPickable(cell) ? 0 : isFloor(cell) ? 2 : 1
}

/** Who stands together is bracketed, and the rows between go with them. */
function tieOf(picks: readonly Cell[], cells: readonly Cell[], row: number): string {
  const isIn = (cell: Cell | undefined) => cell !== undefined && picks.includes(cell)
  if (picks.length === 1) return isIn(cells[row]) ? 'best' : ''
  const rows = cells.flatMap((cell, i) => (isIn(cell) ? [i] : []))
  const [first = row + 1, last = -1] = [rows[0], rows.at(-1)]
  if (row < first || row > last) return ''
  if (!isIn(cells[row])) return 'tie between'
  return `best tie${row === first ? ' first' : ''}${row === last ? ' last' : ''}`
}

function nameCell(cell: Cell, fit: Judged | undefined, answers: readonly Answer[]): Html {
  const own = worst(readings.flatMap((reading) => ownBadge(cell, reading) ?? []))
  const { className, text } = badgeMarks[own]
  // What figures decide is marked at the figure.
  const won = answers.filter(({ need, picks }) => need.among && picks.includes(cell))
  const told: Text = isFloor(cell)
    ? said('the floor, never picked')
    : !isPickable(cell)
      ? said('history, never picked')
      : fit?.fit === 'fails'
        ? say`✕ fails: ${parts(fit.reasons)}`
        : fit?.fit === 'not measured'
          ? say`? not measured: ${parts(fit.reasons)}`
          : won.length > 0
            ? goalsOf(won)
            : ''
  return html`${markSvg(identityOf(cell.technique))}<span>${cell.title}</span>${own !== 'not measured' && html` <small class="badge ${className}">${text}</small>`}${told !== '' && html`<small>${told}</small>`}`
}

/** Who shares a pick with another says so. */
function goalsOf(won: readonly Answer[]): Text {
  const goals = list(won.map(({ need }) => need.goal))
  return won.every(({ picks }) => picks.length > 1) ? say`tied pick for ${goals}` : say`pick for ${goals}`
}

function figureCell(cell: Cell, { need: { figure }, picks, ties }: Answer): Html {
  const text = absentText(cell, columnOf(figure)) ?? html`${textOf(figure)(meanOf(cell, figure))}`
  const isLowest = picks.includes(cell)
  const lowest = ties.length > 0 ? 'tied' : 'lowest'
  const p99 = figure === 'p50Us' && isTold(cell, 'p99Us') && isValid(cell, 'p99Us')
  return html`<span class="value">${isValid(cell, figure) ? html`<b>${text}</b>` : html`<s>${text}</s>`}${isLowest && html` <small class="lowest">${lowest}</small>`}${p99 && html` <small class="tail">p99 ${textOf('p99Us')(meanOf(cell, 'p99Us'))}</small>`}</span>`
}

interface Drawing {
  axis: Html
  of(cell: Cell): Html
}

const percent = (share: number) => `${Math.round(share * 1e3) / 10}%`

/** The interval around the dot, a thin line up to the p99, the floor and the budget through all rows. */
function delays(cells: readonly Cell[], budgetMs: number | undefined): Drawing {
  const told = cells.filter((cell) => isDrawn(cell, 'p50Us'))
  const tail = (cell: Cell) => (isDrawn(cell, 'p99Us') ? [meanOf(cell, 'p99Us')] : [])
  const ends = told.flatMap((cell) => {
    const { low, high, value } = figureOf(cell, 'p50Us')
    return [low, high, value, ...tail(cell)].map((us) => us / 1e3)
  })
  const scale = logScale([...ends, ...(budgetMs === undefined ? [] : [budgetMs])])
  const at = (us: number) => percent(scale.at(us / 1e3))
  const floor = told.find(isFloor)
  const through = html`${lines(scale)}${floor && upright('floor', at(meanOf(floor, 'p50Us')))}${budgetMs !== undefined && upright('limit', at(budgetMs * 1e3))}`
  return {
    axis: html`<svg class="drawing axis" aria-hidden="true">${scale.ticks.filter(({ labelled }) => labelled).map(({ value }) => html`<text x="${percent(scale.at(value))}" y="12">${numberText(value)}</text>`)}</svg>`,
    of: (cell) => {
      if (!told.includes(cell)) return plate('strip', through)
      const identity = identityOf(cell.technique)
      const { low, high, value } = figureOf(cell, 'p50Us')
      const [middle, y] = [at(value), MIDDLE]
      const [end] = tail(cell).map(at)
      return plate(
        'strip',
        html`${through}<g color="${identity.color}">${end && html`<line class="tail" x1="${middle}" x2="${end}" y1="${y}" y2="${y}"/><line class="tail" x1="${end}" x2="${end}" y1="${y - 5}" y2="${y + 5}"/>`}<line class="interval" x1="${at(low)}" x2="${at(high)}" y1="${y}" y2="${y}"/></g>${markSvg(identity, { x: middle, y })}`,
      )
    },
  }
}

/** Bars from 0, with the range over the trials. */
function bars(cells: readonly Cell[], figure: FigureName): Drawing {
  const told = cells.filter((cell) => isDrawn(cell, figure))
  const most = Math.max(0, ...told.map((cell) => figureOf(cell, figure).high))
  return {
    axis: html``,
    of: (cell) => {
      if (!told.includes(cell) || most === 0) return html``
      const { low, high, value } = figureOf(cell, figure)
      const at = (end: number) => percent(end / most)
      const range = at(low) !== at(high)
      return plate(
        'bar',
        html`<rect width="${at(value)}" height="100%" fill="${identityOf(cell.technique).color}"/>${range && html`<line class="range" x1="${at(low)}" x2="${at(high)}" y1="50%" y2="50%"/>`}`,
      )
    },
  }
}

function meanOf(cell: Cell, figure: FigureName): number {
  return figureOf(cell, figure).value
}

function isDrawn(cell: Cell, figure: FigureName): boolean {
  return isTold(cell, figure) && isValid(cell, figure)
}

/** As wide as its cell: places are shares of it. Its values stand beside it in words. */
function plate(kind: 'strip' | 'bar', content: Html): Html {
  return html`<svg class="drawing ${kind}" aria-hidden="true">${content}</svg>`
}

function lines({ at, ticks }: Scale): Html[] {
  return ticks.map(({ value }) => upright('grid', percent(at(value))))
}

function upright(look: string, x: string): Html {
  return html`<line class="${look}" x1="${x}" x2="${x}" y1="0" y2="100%"/>`
}

function keyText(cells: readonly Cell[], columns: readonly Answer[]): Text {
  const floor = cells.find(isFloor)
  const isDelayed = columns.some(({ need }) => need.figure === 'p50Us')
  const isInterval = cells.some((cell) => figureOf(cell, 'p50Us').interval === '95 %')
  return sentences([
    ...(isDelayed
      ? [
          said('Delays in ms on a logarithmic axis, lower is better.'),
          said('The mark is the median delay, the end of the thin line the p99.'),
          isInterval
            ? said('The bar around the mark is its 95 % interval over the trials.')
            : said('The bar around the mark is the range of the trials.'),
        ]
      : []),
    said('A thin line at the end of any other bar is the interval of its figure.'),
    ...(floor && isDelayed
      ? [say`The dashed line is ${floor.title}, the least that this machine can do.`]
      : []),
    ...(columns.some(({ picks }) => picks.length > 1)
      ? [said('A bracket holds together what the trials do not tell apart.')]
      : []),
  ])
}
