import type { Failure, ResultRecord, Run } from '../results/record.ts'
import { type MeasuredScenario, titleOf } from './analysis/cells.ts'
import { times } from './analysis/conclusions.ts'
import type { Finding } from './analysis/finding.ts'
import { checkCell, checkNoise, checkRun, noiseOf } from './analysis/gate.ts'
import { atPosition } from './axis.ts'
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
    // The trials of a search are judged by its limit: they go beyond it on purpose.
    ...scenarios.filter(({ scenario }) => !scenario.search).flatMap(noticesOf),
  ]
  const worst = notices.filter(({ badge }) => badge === 'not valid')
  const careful = notices.filter(({ badge }) => badge === 'use with care')
  return html`<section id="trust"><h2>Can I trust this run?</h2>
<p>${verdict(run, records, worst.length, careful.length)}</p>
<ul class="notices">${notMeasured(run, records)}${grouped([...worst, ...careful])}</ul>
${scenarios.map(noiseSentence)}
</section>`
}

/** Trials that failed, each with its reason, and cells of the plan of which there is nothing at all. */
function notMeasured({ failures, planned }: Run, records: readonly ResultRecord[]): Html[] {
  const measured = new Set(
    records.map(({ scenario, technique, point: { at }, copy }) =>
      placeOf({ scenario: scenario.name, technique, ...(at && { at }), copy }),
    ),
  )
  const failed = failures.filter(({ beyond }) => !beyond)
  const missing = planned.filter((cell) => !measured.has(placeOf(cell)))
  const { className, text } = badgeMarks['not measured']
  return [
    ...failed.map(
      (failure) =>
        html`<li class="${className}"><b>${text}</b> ${placeOf(failure)}, trial ${failure.trial}: ${failure.reason}</li>`,
    ),
    ...(missing.length > 0
      ? [
          html`<li class="${className}"><b>${text}</b> ${missing.length} planned ${missing.length === 1 ? 'cell has' : 'cells have'} no record at all.
${folded(
  missing.map((cell) => html`<li>${placeOf(cell)}</li>`),
  'cells',
  false,
)}</li>`,
        ]
      : []),
  ]
}

/** `tls, WebSocket with TLS on` */
function placeOf({ scenario, technique, at, copy }: Omit<Failure, 'trial' | 'reason'>): string {
  return `${scenario}, ${titleOf(technique, copy)}${at ? ` ${atPosition(at)}` : ''}`
}

function verdict(run: Run, records: readonly ResultRecord[], bad: number, careful: number): string {
  const planned = records.filter(({ scenario }) => !scenario.search)
  const have = `${planned.length} of ${run.plannedTrials} planned trials are here.`
  if (bad > 0) return `${have} Some of it is not valid; that is struck through below and never ranked.`
  if (run.failures.some(({ beyond }) => !beyond)) return `${have} The others failed.`
  return careful > 0
    ? `${have} Every byte of the tapped subscribers is accounted for. Quote the figures with these reservations:`
    : `${have} Nothing speaks against it.`
}

function noticesOf(scenario: MeasuredScenario): Notice[] {
  const { name } = scenario.scenario
  const noise = checkNoise(scenario)
  const cells = scenario.cells.flatMap((cell) => {
    const at = cell.point.at ? ` ${atPosition(cell.point.at)}` : ''
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
${folded(entries, 'findings', badge === 'not valid')}</li>`
  })
}

/** A few entries as they are; of many the number, and the entries behind it. */
function folded(entries: readonly Html[], what: string, open: boolean): Html {
  return entries.length <= 3
    ? html`<ul>${entries}</ul>`
    : html`<details${open && html` open`}><summary>${entries.length} ${what}</summary><ul>${entries}</ul></details>`
}

function noiseSentence(scenario: MeasuredScenario): Html {
  const noise = noiseOf(scenario)
  if (!noise) return html``
  const { cell, ratio } = noise
  return html`<p class="note">A/A in ${scenario.scenario.name}: ${cell.title}, measured twice, took ${times(ratio.value)} its own median delay (95 % interval ${times(ratio.low)} to ${times(ratio.high)}).</p>`
}
