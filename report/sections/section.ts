import { type Html, type HtmlValue, html } from '../html.ts'
import type { Text } from '../words/say.ts'

/** The questions of the report, in their order: the ids of its sections and how the navigation calls them. */
export const questions = [
  { id: 'pick', name: 'Pick', question: 'Which technique should I pick?' },
  { id: 'trust', name: 'Trust', question: 'Can I trust this run?' },
  { id: 'compare', name: 'Compare', question: 'How do they compare?' },
  { id: 'delay', name: 'Delay', question: 'How late do events arrive?' },
  { id: 'steady', name: 'Steady', question: 'Was it steady?' },
  { id: 'wire', name: 'Wire', question: 'What does one event cost on the wire?' },
  { id: 'time', name: 'Time', question: 'Where does the time go?' },
  { id: 'server', name: 'Server', question: 'What does it cost the server?' },
  { id: 'network', name: 'Network', question: 'What if the network is slow or breaks?' },
  { id: 'claims', name: 'Claims', question: 'Which claims held?' },
  { id: 'changed', name: 'Changed', question: 'What changed since last time?' },
  { id: 'facts', name: 'Facts', question: 'What can each do at all?' },
  { id: 'method', name: 'Method', question: 'On what machine, how measured, how to repeat?' },
] as const

export type SectionId = (typeof questions)[number]['id']

/** A section of the report: its question as its title, with its number. */
export function section(id: SectionId, ...content: HtmlValue[]): Html {
  const number = questions.findIndex((one) => one.id === id)
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><span class="number">${number + 1}</span> ${questions[number]?.question ?? ''}</h2>
${content.flatMap((part) =>
  part === undefined || part === false
    ? []
    : [
        html`${part}
`,
      ],
)}</section>`
}

/** Rows under the headings of their columns, in what scrolls. */
export function table(
  label: HtmlValue,
  className: string,
  headings: readonly HtmlValue[],
  rows: readonly Html[],
): Html {
  return scrolling(
    label,
    html`<table class="${className}">
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`,
  )
}

/** What was not measured, in one line, with the command that measures just this; the page gives it a button to copy it. */
export function missing(what: HtmlValue, bench: string): Html {
  return html`<p class="missing"><span>${what}</span> <code translate="no">npx pushlab bench ${bench}</code></p>`
}

/** A drawing as wide as the page, with its question, its conclusion, and the same values as a table. */
export function wideFigure(
  { id, question, conclusion }: { id: string; question: Text; conclusion: Text },
  drawing: Html,
  values: Html,
): Html {
  return html`<figure class="chart wide"><figcaption><h3 id="${id}-q">${question}</h3><p class="conclusion">${conclusion}</p></figcaption>
<div class="plate" tabindex="0" role="group" aria-labelledby="${id}-q">${drawing}</div>
<details class="values"><summary>The same as a table</summary>${values}</details></figure>`
}

/** A table that scrolls where it is too wide, reachable by keyboard, with a name; no landmark, for there are many. */
export function scrolling(label: HtmlValue, table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${table}</div>`
}
