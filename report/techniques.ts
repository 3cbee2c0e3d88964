import type { ResultRecord, Run } from '../results/record.ts'
import { registry, type TechniqueEntry } from '../server/registry.ts'
import { titleOf } from './analysis/cells.ts'
import { list } from './analysis/conclusions.ts'
import { atPosition } from './axis.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'

const DIRECTIONS: Record<TechniqueEntry['direction'], string> = {
  down: 'down; up by requests beside it',
  both: 'both, on one connection',
}

/** What the measured techniques are, what they cannot do, and what was not measured because it means nothing. */
export function techniquesSection(run: Run, records: readonly ResultRecord[]): Html {
  const names = new Set(records.map(({ technique }) => technique))
  const entries = registry.filter(({ name }) => names.has(name))
  if (entries.length === 0 && run.notApplicable.length === 0) return html``
  return html`<section id="techniques"><h2>What is each technique, and where does it stand today?</h2>
${entries.length > 0 && factTable(entries)}
${scriptsText(run, entries)}
${deviationsList(entries)}
${notApplicableList(run)}
</section>`
}

function factTable(entries: readonly TechniqueEntry[]): Html {
  const headings = [
    'Technique',
    'Family',
    'Who begins',
    'Resumed by',
    'Ends when',
    'Direction',
    'Where it stands',
    'Specification',
  ]
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Techniques"><table class="techniques">
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${entries.map(factRow)}</tbody></table></div>`
}

function factRow(entry: TechniqueEntry): Html {
  const { titles, family, initiator, resumedBy, endsWhen, direction, status, specification } = entry
  const chinese = titles.zh === titles.en ? undefined : html` <span lang="zh">${titles.zh}</span>`
  return html`<tr><th scope="row">${titles.en}${chinese}</th><td>${family}</td><td>${initiator}</td><td>${resumedBy}</td><td>${endsWhen}</td><td>${DIRECTIONS[direction]}</td><td>${status.text} (${link(status.source)}, ${status.date})</td><td>${link(specification)}</td></tr>
`
}

/** Plain: nothing of it is loaded before somebody follows it. */
function link(url: string): Html {
  return html`<a href="${url}">${new URL(url).hostname.replace(/^www\./, '')}</a>`
}

function scriptsText(run: Run, entries: readonly TechniqueEntry[]): Html[] {
  return entries.flatMap(({ name, titles }) => {
    const script = run.environment.clientScripts[name]
    if (!script) return []
    return html`<p class="note">No browser has ${titles.en} built in: a page loads its client first, ${format.bytes(script.bytes)}, or ${format.bytes(script.gzipBytes)} with gzip. That is not in the bytes below.</p>`
  })
}

/** By reason, for families share theirs. */
function deviationsList(entries: readonly TechniqueEntry[]): Html {
  const deviations = entries.flatMap(({ titles, deviations = {} }) =>
    Object.entries(deviations).map(([rule, reason]) => ({ title: titles.en, rule, reason })),
  )
  if (deviations.length === 0) return html``
  const groups = Map.groupBy(deviations, ({ rule, reason }) => `${rule} ${reason}`)
  const entry = (group: typeof deviations) =>
    html`<li>${list(group.map(({ title }) => title))}, rule <b>${group[0]?.rule}</b>: ${group[0]?.reason}</li>`
  return html`<h3>Rules of the conformance suite that do not hold</h3>
<ul class="compact">${[...groups.values()].map(entry)}</ul>`
}

function notApplicableList({ notApplicable }: Run): Html {
  if (notApplicable.length === 0) return html``
  const byReason = Map.groupBy(notApplicable, ({ reason }) => reason)
  const places = (cells: typeof notApplicable) => {
    const byPlace = Map.groupBy(cells, ({ scenario, at }) =>
      at ? `${scenario} ${atPosition(at)}` : scenario,
    )
    return [...byPlace].map(
      ([place, there]) => `${place}: ${list(there.map(({ technique }) => titleOf(technique)))}`,
    )
  }
  return html`<details><summary>${notApplicable.length} ${notApplicable.length === 1 ? 'cell was' : 'cells were'} left out, for they mean nothing</summary>
<ul class="compact">${[...byReason].map(
    ([reason, cells]) => html`<li>Left out because ${reason}. ${places(cells).join('; ')}.</li>`,
  )}</ul></details>`
}
