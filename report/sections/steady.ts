import { mergedSlice } from '../../results/merge.ts'
import type { ResultRecord } from '../../results/record.ts'
import { type Cell, isCandidate, type MeasuredScenario, registryPosition } from '../analysis/cells.ts'
import { isValid } from '../analysis/gate.ts'
import { timedScenario } from '../analysis/needs.ts'
import { type HeatSpec, heatSvg } from '../charts/svg/heat.ts'
import { marked } from '../charts/techniques.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { say, sentences, type Text } from '../words/say.ts'
import { missing, section, table, wideFigure } from './section.ts'

/** Section 5: delays over the time of one trial a technique, with what stopped either process. */
export function steadySection(scenarios: readonly MeasuredScenario[]): Html {
  const main = timedScenario(scenarios)
  const cells = main?.cells.filter((cell) => isCandidate(cell) && typical(cell) !== undefined) ?? []
  if (!main || cells.length === 0)
    return section('steady', missing('There is no comparison to look at over time.', '-s steady-feed'))
  const strips = cells.map((cell) => ({ cell, record: typical(cell) as ResultRecord }))
  const width = widthFor(strips.map(({ record }) => record.timeline.slices))
  const spec: HeatSpec = {
    id: 'steady-heat',
    question: 'When were events late?',
    conclusion: conclusionOf(strips),
    sliceMs: (strips[0]?.record.timeline.sliceMs ?? 0) * width,
    strips: strips.map(({ cell, record }) => ({
      name: marked(cell, 'maxUs'),
      slices: coarser(record.timeline.slices, width),
      pauses: pausesOf(record),
    })),
  }
  return section(
    'steady',
    html`<p class="note">${say`One trial of each technique in ${main.scenario.name}, the one with the median p50; darker means more of the events that were due in that moment.`}</p>
${wideFigure(spec, heatSvg(spec), stripsTable(strips))}`,
  )
}

/** The trial whose median delay is in the middle of the cell's; the earlier of two. Undefined where nothing arrived. */
function typical({ records }: Cell): ResultRecord | undefined {
  const sorted = records
    .filter(({ latency }) => latency.n > 0)
    .sort((a, b) => a.latency.p50Us - b.latency.p50Us)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

type Slices = ResultRecord['timeline']['slices']

/** Slices shorter than the time between two events are empty by turns: so many of them have to be taken together. */
function widthFor(timelines: readonly Slices[]): number {
  const filled = (width: number) =>
    timelines.every((slices) => {
      const merged = coarser(slices, width)
      return merged.filter(({ counts }) => counts.length > 0).length >= 0.9 * merged.length
    })
  return [1, 2, 3, 5, 6, 10].find(filled) ?? 1
}

/** So many slices as one. */
function coarser(slices: Slices, width: number): Slices {
  return Array.from({ length: Math.ceil(slices.length / width) }, (_, i) =>
    mergedSlice(slices.slice(i * width, (i + 1) * width)),
  )
}

interface Strip {
  cell: Cell
  record: ResultRecord
}

function pausesOf({ server, agent }: ResultRecord): HeatSpec['strips'][number]['pauses'] {
  return [['server', server] as const, ['agent', agent] as const].flatMap(([process, { pauses }]) =>
    pauses.longest.map(({ atMs, durationUs, kind }) => ({
      ...{ atMs, durationUs, process },
      kind: kind === 'stall' ? ('stall' as const) : ('gc' as const),
    })),
  )
}

/** The slice in which a technique was latest, against the usual longest delay of its slices. */
function worstOf({ record }: Strip): { atMs: number; maxUs: number; usualUs: number } {
  const { slices, sliceMs } = record.timeline
  const longest = slices.map(({ maxUs }) => maxUs)
  const maxUs = Math.max(0, ...longest)
  const sorted = longest.filter((us) => us > 0).sort((a, b) => a - b)
  return {
    atMs: longest.indexOf(maxUs) * sliceMs,
    maxUs,
    usualUs: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
  }
}

/** From here on a slice stands out of those around it. */
const OUTSTANDING = 4

function conclusionOf(strips: readonly Strip[]): Text {
  const outstanding = strips
    .filter(({ cell }) => isValid(cell, 'maxUs'))
    .map((strip) => ({ strip, ...worstOf(strip) }))
    .filter(({ maxUs, usualUs }) => maxUs > OUTSTANDING * usualUs)
    .sort((a, b) => b.maxUs - a.maxUs)
  if (outstanding.length === 0)
    return say`No moment of these trials stands out: no slice’s longest delay is more than ${OUTSTANDING} times the usual one of its technique.`
  return sentences(
    outstanding
      .slice(0, 3)
      .map(
        ({ strip, atMs, maxUs, usualUs }) =>
          say`${strip.cell.title} had its longest delay, ${format.us(maxUs)}, ${(atMs / 1e3).toFixed(1)} s into the window; ${format.us(usualUs)} is the usual longest of a slice.`,
      ),
  )
}

function stripsTable(strips: readonly Strip[]): Html {
  const headings = [
    'Technique',
    'Trial',
    'First, middle and last third, median delay',
    'Longest delay of a slice, usual',
    'Longest delay',
    'At',
    'Garbage collections, server',
    'Garbage collections, load agent',
    'Longest pause, server',
    'Longest pause, load agent',
  ]
  const gc = ({ pauses }: ResultRecord['server']) => `${pauses.gcCount}, ${format.us(pauses.gcTotalUs)}`
  const longest = ({ pauses }: ResultRecord['server']) =>
    pauses.longest.length === 0
      ? '-'
      : format.us(Math.max(...pauses.longest.map(({ durationUs }) => durationUs)))
  const sorted = strips.toSorted(
    (a, b) => registryPosition(a.cell.technique) - registryPosition(b.cell.technique),
  )
  const row = (strip: Strip) => {
    const { cell, record } = strip
    const { atMs, maxUs, usualUs } = worstOf(strip)
    return html`<tr data-technique="${cell.technique}"><th scope="row">${marked(cell, 'maxUs')}</th><td>${record.trial}</td><td>${record.thirdsP50Us.map(format.us).join(' / ')}</td><td>${format.us(usualUs)}</td><td>${format.us(maxUs)}</td><td>${`${(atMs / 1e3).toFixed(1)} s`}</td><td>${gc(record.server)}</td><td>${gc(record.agent)}</td><td>${longest(record.server)}</td><td>${longest(record.agent)}</td></tr>
`
  }
  return table('Delays over time', 'figures', headings, sorted.map(row))
}
