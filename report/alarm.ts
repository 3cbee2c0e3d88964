import type { ResultRecord, Run } from '../results/record.ts'
import { type Html, html } from './html.ts'

/**
 * What a reader has to know before the first finding: that trials are missing, failed, or did not deliver every event
 * exactly once and in order. Nothing where there is nothing of it; section 2 has the details.
 */
export function alarm(run: Run, records: readonly ResultRecord[]): Html {
  const sum = (of: (record: ResultRecord) => number) =>
    records.reduce((total, record) => total + of(record), 0)
  const lost = sum(({ account }) => account.lost)
  const duplicated = sum(({ account }) => account.duplicated)
  const reordered = sum(({ account }) => account.reordered)
  const failed = run.failures.length
  const sentences = [
    run.partial && 'The run was interrupted.',
    records.length < run.plannedTrials &&
      `${count(run.plannedTrials - records.length)} of ${count(run.plannedTrials)} planned trials are missing.`,
    failed > 0 && `${count(failed)} ${failed === 1 ? 'trial' : 'trials'} failed.`,
    lost + duplicated + reordered > 0 &&
      `Events: ${count(lost)} lost, ${count(duplicated)} duplicated, ${count(reordered)} reordered.`,
  ].filter((sentence) => sentence !== false)
  if (sentences.length === 0) return html``
  return html`<p class="alarm bad"><b>✕ Not all is well with this run.</b> ${sentences.join(' ')} <a href="#trust">Can I trust this run?</a></p>`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
