import type { Evidence } from './claims/claim.ts'
import { type Judged, judgeAll, numberText, verdictCounts, verdictMarks } from './claims/judge.ts'
import { type Html, html } from './html.ts'
import { badgeMarks } from './trust.ts'

/** Which claims held? Every claim on trial with its verdict, the rule it was judged by and the figures it rests on. */
export function claimsSection(evidence: Evidence): Html {
  const judged = judgeAll(evidence)
  const tested = judged.filter(({ judgement }) => judgement.verdict !== 'not tested here')
  if (tested.length === 0) return html``
  const others = judged.filter((one) => !tested.includes(one))
  const counts = verdictCounts(judged).map(({ verdict, count }) => `${count} ${verdict}`)
  return html`<section id="claims"><h2>Which claims held?</h2>
<p>What lecture notes, blogs and papers say about push techniques, each with a rule that was fixed before the run: ${counts.join(', ')}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Claims"><table class="claims">
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Why</th></tr></thead>
<tbody>${tested.map(row)}</tbody></table></div>
${
  others.length > 0 &&
  html`<details><summary>${others.length} ${others.length === 1 ? 'claim was' : 'claims were'} not tested in this run</summary>
<ul class="compact">${others.map(({ claim, judgement }) => html`<li id="claim-${claim.id}"><b>${claim.claim.en}</b> <span lang="zh">${claim.claim.zh}</span> ${judgement.because}</li>`)}</ul></details>`
}
</section>`
}

function row({ claim, judgement }: Judged): Html {
  const { className, mark } = verdictMarks[judgement.verdict]
  return html`<tr id="claim-${claim.id}"><th scope="row">${claim.claim.en}<br><span lang="zh">${claim.claim.zh}</span><br><small>${claim.id}; ${claim.source}</small></th>
<td class="badge ${className}">${mark} ${judgement.verdict}</td>
<td>${judgement.because}
<details><summary>Rule and evidence</summary>
<p><b>Expected:</b> ${claim.prediction}</p><p><b>Rule:</b> ${claim.rule}</p>
<ul class="compact">${judgement.numbers.map((number) => html`<li>${number.what}: <b>${numberText(number)}</b> ${badgeMarks[number.badge].text}</li>`)}</ul></details></td></tr>
`
}
