import { type Change, compareRuns, type ReadRun, unlikeness } from '../analysis/compare.ts'
import type { FigureName } from '../analysis/figures.ts'
import { atPosition } from '../axis.ts'
import { type Format, format, times, timesRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { parts, said, say, sentences, type Text } from '../words/say.ts'
import { section, table } from './section.ts'

const NAMES: Partial<Record<FigureName, { name: string; text: Format }>> = {
  p50Us: { name: 'Delay, median', text: format.us },
  p99Us: { name: 'Delay, p99', text: format.us },
  roundTripP50Us: { name: 'Round trip, median', text: format.us },
  bytesPerEvent: { name: 'Bytes per event', text: format.bytes },
  requestsPerEvent: { name: 'Requests per event', text: format.count },
  serverCpuUsPer1000Events: { name: 'Server CPU per 1,000 events', text: format.us },
}

/** Section 11: what changed since an earlier run, or how to have it compared. */
export function changedSection(run: ReadRun, against?: ReadRun): Html {
  return section(
    'changed',
    html`<div id="changes">${
      against
        ? changesOf(against, run)
        : html`<p>This report was made without an earlier run to compare with. <code translate="no">npx pushlab report NEW --against OLD</code></p>`
    }</div>
<div id="drop" hidden></div>`,
  )
}

/** What differs between two runs, notable first, with intervals; the page makes it, too, of a run that is dropped on it. */
export function changesOf(before: ReadRun, after: ReadRun): Html {
  const differing = unlikeness(before, after)
  const changes = compareRuns(before, after)
  const notable = changes.filter(({ outcome }) => outcome === 'worse' || outcome === 'better')
  const others = changes.filter((change) => !notable.includes(change))
  return html`<p>${say`Run ${before.run.run} of ${before.run.startedAt.slice(0, 10)} against this one.`}</p>
${differing.length > 0 && html`<p class="alarm bad"><b>✕ The runs are not alike.</b> <span>${say`A difference says nothing about the code: ${parts(differing)}.`}</span></p>`}
<p class="answer">${conclusionOf(changes)}</p>
${notable.length > 0 && changesTable('Worse or better', notable)}
${others.length > 0 && html`<details><summary>${say`${others.length} figures that are the same within noise, or not valid`}</summary>${changesTable('The same, or not valid', others)}</details>`}`
}

function conclusionOf(changes: readonly Change[]): Text {
  if (changes.length === 0) return said('The runs have no cell in common.')
  const count = (outcome: Change['outcome']) => changes.filter((change) => change.outcome === outcome).length
  return sentences([
    say`${count('worse')} worse, ${count('better')} better, ${count('same within noise')} the same within noise, ${count('not valid')} not valid.`,
    said(
      'Worse or better is only what Welch’s test calls so after Holm’s correction, and what exceeds the difference of either run’s A/A pair.',
    ),
  ])
}

const marks = {
  worse: { className: 'bad', text: '▲ worse' },
  better: { className: 'good', text: '▼ better' },
  'same within noise': { className: 'none', text: '= same within noise' },
  'not valid': { className: 'bad', text: '✕ not valid' },
} as const

function changesTable(label: string, changes: readonly Change[]): Html {
  const headings = [
    'Where',
    'Figure',
    'Before',
    'Now',
    'Now, times before (95 % interval from six trials on)',
    'Verdict',
  ]
  return table(label, 'figures', headings, changes.map(row))
}

function row({ scenario, cell, figure, before, after, ratio, outcome }: Change): Html {
  const { name, text } = NAMES[figure] ?? { name: figure, text: format.count }
  const { className, text: mark } = marks[outcome]
  return html`<tr data-technique="${cell.technique}"><th scope="row"><a href="#${scenario}" translate="no">${scenario}</a> <span>${cell.title}</span>${cell.point.at && html` <small>${atPosition(cell.point.at)}</small>`}</th><td>${name}</td><td>${text(before)}</td><td>${text(after)}</td><td>${times(ratio.value)}${timesRange(ratio)}</td><td class="badge ${className}">${mark}</td></tr>
`
}
