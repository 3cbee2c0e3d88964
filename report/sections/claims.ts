import type { Evidence, Verdict } from '../claims/claim.ts'
import {
  type Judged,
  judgeAll,
  numberText,
  verdictCounts,
  verdictMarks,
  verdictText,
} from '../claims/judge.ts'
import { type Html, html } from '../html.ts'
import { clauses, type Said, said, say } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { publishedFigures } from './published.ts'
import { section, table } from './section.ts'

/** How many claims came to a verdict. */
const counted: Record<Verdict, (count: number) => Said> = {
  held: (count) => say`${count} held`,
  'did not hold': (count) => say`${count} did not hold`,
  depends: (count) => say`${count} depends`,
  inconclusive: (count) => say`${count} inconclusive`,
  'not tested here': (count) => say`${count} not tested here`,
}

/** Section 10: every claim on trial with its verdict, the rule it was judged by and the figures it rests on. */
export function claimsSection(evidence: Evidence): Html {
  const judged = judgeAll(evidence)
  const tested = judged.filter(({ judgement }) => judgement.verdict !== 'not tested here')
  const others = judged.filter((one) => !tested.includes(one))
  const counts = verdictCounts(judged).map(({ verdict, count }) => counted[verdict](count))
  return section(
    'claims',
    html`<p class="answer">${say`What lecture notes, blogs and papers say about push techniques: ${clauses(counts)}. The rule of each was fixed before the run.`}</p>`,
    tested.length > 0 && table('Claims', 'claims', ['Claim', 'Verdict', 'Why'], tested.map(row)),
    others.length > 0 &&
      html`<details><summary>${others.length === 1 ? say`${others.length} claim was not tested in this run` : say`${others.length} claims were not tested in this run`}</summary>
<ul class="compact">${others.map(({ claim, judgement }) => html`<li id="claim-${claim.id}"><b>${said(claim.claim)}</b> <span>${judgement.because}</span></li>`)}</ul></details>`,
    publishedFigures(evidence),
  )
}

function row(one: Judged): Html {
  const { claim, judgement } = one
  const { className, mark } = verdictMarks[judgement.verdict]
  return html`<tr id="claim-${claim.id}"><th scope="row">${said(claim.claim)}<br><small><code>${claim.id}</code> <span>${claim.source}</span></small></th>
<td class="badge ${className}"><span>${mark}</span> <span>${verdictText(one)}</span></td>
<td>${judgement.because}
<details><summary>Rule and evidence</summary>
<p><b>Expected:</b> <span>${claim.prediction}</span></p><p><b>Rule:</b> <span>${claim.rule}</span></p>
<ul class="compact">${judgement.numbers.map((number) => html`<li><span>${number.what}</span>: <b>${numberText(number)}</b> <small>${badgeMarks[number.badge].text}</small></li>`)}</ul></details></td></tr>
`
}
