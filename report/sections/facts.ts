import type { Observation } from '../../results/observation.ts'
import type { ResultRecord, Run } from '../../results/record.ts'
import { registry, type TechniqueEntry } from '../../server/registry.ts'
import { titleOf } from '../analysis/cells.ts'
import { atPosition } from '../axis.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { list, parts, said, say, type Text } from '../words/say.ts'
import { experimentsOf } from './experiments.ts'
import { homeOfExperiment } from './home.ts'
import { section, table } from './section.ts'

const DIRECTIONS: Record<TechniqueEntry['direction'], string> = {
  down: 'down; up by requests beside it',
  both: 'both, on one connection',
}

/** Section 12: what each technique is and cannot do, with source and date, and what was left out for it means nothing. */
export function factsSection(
  run: Run,
  records: readonly ResultRecord[],
  observations: readonly Observation[],
): Html {
  const names = new Set(records.map(({ technique }) => technique))
  const measured = registry.filter(({ name }) => names.has(name))
  const entries = measured.length > 0 ? measured : registry
  const seen = observations.filter(({ experiment }) => homeOfExperiment(experiment) === 'facts')
  return section(
    'facts',
    html`<p class="note">The table holds facts with their sources, not measurements.</p>`,
    factTable(entries),
    scriptsText(run, entries),
    deviationsList(entries),
    notApplicableList(run),
    experimentsOf('What browsers and servers were seen to do', seen),
  )
}

function factTable(entries: readonly TechniqueEntry[]): Html {
  const headings = [
    'Technique',
    'Who begins',
    'Resumed by',
    'Ends when',
    'Direction',
    'Where it stands',
    'Specification',
  ]
  return table('Techniques', 'techniques', headings, entries.map(factRow))
}

function factRow(entry: TechniqueEntry): Html {
  const { title, initiator, resumedBy, endsWhen, direction, status, specification } = entry
  return html`<tr data-technique="${entry.name}"><th scope="row">${said(title)}</th><td>${initiator}</td><td>${resumedBy}</td><td>${endsWhen}</td><td>${DIRECTIONS[direction]}</td><td><span>${status.text}</span> <small>${link(status.source)}, ${status.date}</small></td><td>${link(specification)}</td></tr>
`
}

/** Plain: nothing of it is loaded before somebody follows it. */
function link(url: string): Html {
  return html`<a href="${url}">${new URL(url).hostname.replace(/^www\./, '')}</a>`
}

function scriptsText(run: Run, entries: readonly TechniqueEntry[]): Html[] {
  return entries.flatMap(({ name, title }) => {
    const script = run.environment.clientScripts[name]
    if (!script) return []
    return html`<p class="note">${say`No browser has ${said(title)} built in: a page loads its client first, ${format.bytes(script.bytes)}, or ${format.bytes(script.gzipBytes)} with gzip. That is in no figure here.`}</p>`
  })
}

/** By reason, for families share theirs. */
function deviationsList(entries: readonly TechniqueEntry[]): Html {
  const deviations = entries.flatMap(({ title, deviations = {} }) =>
    Object.entries(deviations).map(([rule, reason]) => ({ title: said(title), rule, reason })),
  )
  if (deviations.length === 0) return html``
  const groups = Map.groupBy(deviations, ({ rule, reason }) => `${rule} ${reason}`)
  const entry = (group: typeof deviations) =>
    html`<li><b>${group[0]?.rule}</b> ${say`${list(group.map(({ title }) => title))}: ${said(group[0]?.reason ?? '')}`}</li>`
  return html`<h3>Rules of the conformance suite that do not hold</h3>
<ul class="compact">${[...groups.values()].map(entry)}</ul>`
}

function notApplicableList({ notApplicable }: Run): Html {
  if (notApplicable.length === 0) return html``
  const byReason = Map.groupBy(notApplicable, ({ reason }) => reason)
  const places = (cells: typeof notApplicable): Text => {
    const byPlace = Map.groupBy(cells, ({ scenario, at }) =>
      String(at ? say`${scenario} ${atPosition(at)}` : scenario),
    )
    return parts(
      [...byPlace.values()].map((there) => {
        const { scenario, at } = there[0] as (typeof notApplicable)[number]
        const titles = list(there.map(({ technique }) => titleOf(technique)))
        return at ? say`${scenario} ${atPosition(at)}: ${titles}` : say`${scenario}: ${titles}`
      }),
    )
  }
  return html`<details><summary>${notApplicable.length === 1 ? say`${notApplicable.length} cell was left out` : say`${notApplicable.length} cells were left out`}</summary>
<ul class="compact">${[...byReason].map(
    ([reason, cells]) => html`<li>${say`Left out because ${said(reason)}. ${places(cells)}.`}</li>`,
  )}</ul></details>`
}
