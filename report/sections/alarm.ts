import type { ResultRecord, Run } from '../../results/record.ts'
import { type Html, html } from '../html.ts'
import { clauses, said, say, sentences } from '../words/say.ts'

/**
 * What a reader has to know before the first finding: that trials are missing, failed, or did not deliver every event
 * exactly once and in order. Nothing where there is nothing of it; section 2 has the details.
 */
export function alarm(run: Run, records: readonly ResultRecord[]): Html {
  // A search goes beyond what can be had, on purpose; and some scenarios mean to break deliveries.
  const sum = (how: 'lost' | 'duplicated' | 'reordered') =>
    records
      .filter(({ scenario }) => !scenario.search && !scenario.breaks?.includes(how))
      .reduce((total, { account }) => total + account[how], 0)
  const [lost, duplicated, reordered] = [sum('lost'), sum('duplicated'), sum('reordered')]
  const measured = records.filter(({ scenario }) => !scenario.search).length
  const failed = run.failures.filter(({ beyond }) => !beyond).length
  const failedExperiments = run.failedExperiments.length
  const found = [
    run.partial && said('The run was interrupted.'),
    measured < run.plannedTrials &&
      say`${count(run.plannedTrials - measured)} of ${count(run.plannedTrials)} planned trials are missing.`,
    failed > 0 && (failed === 1 ? say`${count(failed)} trial failed.` : say`${count(failed)} trials failed.`),
    failedExperiments > 0 &&
      say`These experiments failed: ${clauses(run.failedExperiments.map(({ experiment }) => experiment))}.`,
    lost + duplicated + reordered > 0 &&
      say`Events: ${count(lost)} lost, ${count(duplicated)} duplicated, ${count(reordered)} reordered.`,
  ].filter((sentence) => sentence !== false)
  if (found.length === 0) return html``
  // An experiment beside the scenarios is no reason to doubt what was measured.
  const isMild = found.length === 1 && failedExperiments > 0
  const { className, text } = isMild
    ? { className: 'care', text: '! Not all was seen.' }
    : { className: 'bad', text: '✕ Not all is well with this run.' }
  return html`<p class="alarm ${className}"><b>${text}</b> ${sentences(found)} <a href="#trust">Can I trust this run?</a></p>`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
