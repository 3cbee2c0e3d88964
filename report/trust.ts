import type { ResultRecord, Run } from '../results/record.ts'
import type { MeasuredScenario } from './analysis/cells.ts'
import { times } from './analysis/conclusions.ts'
import type { Finding } from './analysis/finding.ts'
import { checkCell, checkNoise, checkRun, noiseOf } from './analysis/gate.ts'
import { type Html, html } from './html.ts'

/** A finding of the gate, and what it was found of. */
interface Notice extends Finding {
  where: string
}

/** How a badge looks: in words and shape, never by colour alone. */
export const badgeMarks = {
  valid: { className: 'good', text: '✓ valid' },
  'use with care': { className: 'care', text: '! use with care' },
  'not valid': { className: 'bad', text: '✕ not valid' },
  'not measured': { className: 'bad', text: '– not measured' },
} as const

/** Section 2: the honesty gate, worst first, each with why it matters and what to do. */
export function trustSection(
  run: Run,
  scenarios: readonly MeasuredScenario[],
  records: readonly ResultRecord[],
): Html {
  const notices = [
    ...checkRun(run).map((finding): Notice => ({ ...finding, where: 'The run' })),
    ...scenarios.flatMap(noticesOf),
  ]
  const worst = notices.filter(({ badge }) => badge === 'not valid')
  const careful = notices.filter(({ badge }) => badge === 'use with care')
  return html`<section id="trust"><h2>Can I trust this run?</h2>
<p>${verdict(run, records, worst.length, careful.length)}</p>
<ul class="notices">${run.failures.map(
    ({ scenario, technique, trial, reason }) =>
      html`<li class="bad"><b>${badgeMarks['not measured'].text}</b> ${scenario}, ${technique}, trial ${trial}: ${reason}</li>`,
  )}${grouped([...worst, ...careful])}</ul>
${scenarios.map(noiseSentence)}
</section>`
}

function verdict(run: Run, records: readonly ResultRecord[], bad: number, careful: number): string {
  const have = `${records.length} of ${run.plannedTrials} planned trials are here.`
  if (bad > 0) return `${have} Some of it is not valid; that is struck through below and never ranked.`
  if (run.failures.length > 0) return `${have} The others failed.`
  return careful > 0
    ? `${have} Every byte of the tapped subscribers is accounted for. Quote the figures with these reservations:`
    : `${have} Nothing speaks against it.`
}

function noticesOf(scenario: MeasuredScenario): Notice[] {
  const { name } = scenario.scenario
  const noise = checkNoise(scenario)
  const cells = scenario.cells.flatMap((cell) => {
    const at = cell.point.at ? ` at ${cell.point.at.value.toLocaleString('en-US')}` : ''
    return checkCell(cell).map((finding): Notice => ({ ...finding, where: `${name}, ${cell.title}${at}` }))
  })
  return [...(noise ? [{ ...noise, where: name }] : []), ...cells]
}

/** One entry a check and badge: who it was found of, and what to do. */
function grouped(notices: readonly Notice[]): Html[] {
  const groups = Map.groupBy(notices, ({ check, badge }) => `${badge} ${check}`)
  return [...groups.values()].map((group) => {
    const { badge, check, remedy } = group[0] as Notice
    const { className, text } = badgeMarks[badge]
    const entries = group.map(({ where, reason }) => html`<li>${where}: ${reason}</li>`)
    return html`<li class="${className}"><b>${text}</b> ${check}. ${remedy}
${
  group.length <= 3
    ? html`<ul>${entries}</ul>`
    : html`<details${badge === 'not valid' && html` open`}><summary>${group.length} findings</summary><ul>${entries}</ul></details>`
}</li>`
  })
}

function noiseSentence(scenario: MeasuredScenario): Html {
  const noise = noiseOf(scenario)
  if (!noise) return html``
  const { cell, ratio } = noise
  return html`<p class="note">A/A in ${scenario.scenario.name}: ${cell.title}, measured twice, took ${times(ratio.value)} its own median delay (95 % interval ${times(ratio.low)} to ${times(ratio.high)}).</p>`
}
