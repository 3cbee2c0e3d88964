import { type Change, compareRuns, type Outcome, type ReadRun, unlikeness } from '../analysis/compare.ts'
import { atPosition } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { changesSentences, changeTexts } from '../sentences/changes.ts'
import { parts, said, say, sentences } from '../words/say.ts'
import { section, table } from './section.ts'

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
  const all = compareRuns(before, after)
  const { changes } = all
  const isNotable = ({ outcome }: Change) => NOTABLE.includes(outcome)
  const [notable, others] = [changes.filter(isNotable), changes.filter((change) => !isNotable(change))]
  return html`<p>${say`Run ${before.run.run} of ${before.run.startedAt.slice(0, 10)} against this one.`}</p>
${differing.length > 0 && html`<p class="alarm bad"><b>✕ The runs are not alike.</b> <span>${say`A difference says nothing about the code: ${parts(differing)}.`}</span></p>`}
<p class="answer">${
    changes.length === 0
      ? said('The runs have no cell in common.')
      : sentences([...changesSentences(all), RULE])
  }</p>
${notable.length > 0 && changesTable('Worse or better', notable)}
${others.length > 0 && html`<details><summary>${say`${others.length} figures of which nothing else is told`}</summary>${changesTable('The same, or not told', others)}</details>`}`
}

const NOTABLE: readonly Outcome[] = ['worse', 'newly not valid', 'better']
const RULE = said(
  'Worse or better is only what Welch’s test calls so after Holm’s correction, and what exceeds the noise of either run. Values are geometric means of trials, a p99 that of all trials together.',
)

const marks: Record<Outcome, { className: string; mark: string }> = {
  worse: { className: 'bad', mark: '▲' },
  better: { className: 'good', mark: '▼' },
  'same within noise': { className: 'none', mark: '=' },
  'not told apart': { className: 'care', mark: '?' },
  'not valid': { className: 'bad', mark: '✕' },
  'newly not valid': { className: 'bad', mark: '✕' },
  'not recorded': { className: 'none', mark: '–' },
}

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

function row(change: Change): Html {
  const { scenario, cell, outcome } = change
  const { name, before, after, ratio, outcome: told } = changeTexts(change)
  const { className, mark } = marks[outcome]
  return html`<tr data-technique="${cell.technique}"><th scope="row"><a href="#${scenario}" translate="no">${scenario}</a> <span>${cell.title}</span>${cell.point.at && html` <small>${atPosition(cell.point.at)}</small>`}</th><td>${name}</td><td>${before}</td><td>${after}</td><td>${ratio}</td><td class="badge ${className}">${say`${mark} ${told}`}</td></tr>
`
}
