import type { ResultRecord, Run } from '../results/record.ts'
import { failedDeliveries, type MeasuredScenario } from './analysis/cells.ts'
import { median } from './analysis/median.ts'
import { format } from './format.ts'
import { type Html, html } from './html.ts'

/** One thing to know before trusting the numbers. */
interface Notice {
  /** bad: figures are missing or wrong. care: they hold with a reservation. good: nothing was seen. */
  grade: 'bad' | 'care' | 'good'
  text: string
}

const WORDS: Record<Notice['grade'], string> = {
  bad: '✕ Not complete',
  care: '! Use with care',
  good: '✓ Fine',
}

/** Section 2: what speaks against the numbers, worst first. */
export function trustSection(run: Run, scenarios: readonly MeasuredScenario[]): Html {
  const records = scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.records))
  const notices = [
    ...completeness(run, records),
    ...deliveries(scenarios),
    ...generator(records),
    ...machine(run),
  ]
  const sorted = (['bad', 'care', 'good'] as const).flatMap((grade) =>
    notices.filter((notice) => notice.grade === grade),
  )
  return html`<section id="trust"><h2>Can I trust this run?</h2>
<ul class="notices">${sorted.map(({ grade, text }) => html`<li class="${grade}"><b>${WORDS[grade]}</b> ${text}</li>`)}</ul>
</section>`
}

function completeness(run: Run, records: readonly ResultRecord[]): Notice[] {
  const missing = run.plannedTrials - records.length
  const failures = run.failures.map(
    ({ scenario, technique, trial, reason }): Notice => ({
      grade: 'bad',
      text: `Not measured: ${scenario}, ${technique}, trial ${trial}. ${reason}`,
    }),
  )
  if (run.partial) {
    const text = `The run was interrupted: ${records.length} of ${run.plannedTrials} trials are here.`
    return [{ grade: 'bad', text }, ...failures]
  }
  if (missing > 0)
    return [{ grade: 'bad', text: `${missing} of ${run.plannedTrials} trials are missing.` }, ...failures]
  return [{ grade: 'good', text: `All ${run.plannedTrials} planned trials are here.` }]
}

function deliveries(scenarios: readonly MeasuredScenario[]): Notice[] {
  const notices: Notice[] = []
  for (const { scenario, cells } of scenarios) {
    for (const cell of cells) {
      const { lost, duplicated, reordered } = failedDeliveries(cell)
      if (lost + duplicated + reordered > 0) {
        const text = `${scenario.name}, ${cell.title}: ${lost} events lost, ${duplicated} duplicated, ${reordered} reordered. The cell is not ranked.`
        notices.push({ grade: 'bad', text })
      }
      for (const [code, times] of cell.records.flatMap(({ errors }) => Object.entries(errors))) {
        notices.push({
          grade: 'care',
          text: `${scenario.name}, ${cell.title}: the transport failed with ${code}, ${times} times.`,
        })
      }
      const scheduled = cell.records.reduce((sum, { eventsScheduled }) => sum + eventsScheduled, 0)
      const published = cell.records.reduce((sum, { eventsPublished }) => sum + eventsPublished, 0)
      if (published < scheduled) {
        const text = `${scenario.name}, ${cell.title}: the server published ${published} of ${scheduled} scheduled events.`
        notices.push({ grade: 'bad', text })
      }
    }
  }
  const text = 'No event was lost, duplicated or reordered, and no transport failed.'
  return notices.length > 0 || scenarios.length === 0 ? notices : [{ grade: 'good', text }]
}

/** Whether the load generator may have been what was measured. */
function generator(records: readonly ResultRecord[]): Notice[] {
  if (records.length === 0) return []
  const share = ({ agent }: ResultRecord) => agent.cpuUs / agent.elapsedUs
  const busiest = records.reduce((a, b) => (share(b) > share(a) ? b : a))
  const lateShare = ({ agent, latency }: ResultRecord) => agent.loopDelayP99Us / latency.p50Us
  const byScenario = Map.groupBy(
    records.filter((record) => lateShare(record) > 0.1),
    ({ scenario }) => scenario.name,
  )
  return [
    {
      grade: share(busiest) > 0.7 ? 'care' : 'good',
      text: `The load agent used at most ${format.percent(share(busiest))} of one core (${busiest.scenario.name}, ${busiest.technique}).`,
    },
    ...[...byScenario].map(([scenario, late]): Notice => {
      const techniques = [...Map.groupBy(late, ({ technique }) => technique)].map(
        ([technique, trials]) => `${technique} ${format.percent(median(trials.map(lateShare)))}`,
      )
      return {
        grade: 'care',
        text: `${scenario}: the load agent's own event loop was late (p99) by a good part of the median delay, so part of that delay is the agent's: ${techniques.join(', ')}.`,
      }
    }),
  ]
}

function machine({ environment }: Run): Notice[] {
  const notices: Notice[] = []
  if (environment.cores <= 2) {
    const text = `Server and load share ${environment.cores} cores: compare techniques with each other, and do not take delays as those of a server of your own.`
    notices.push({ grade: 'care', text })
  }
  if (environment.dirty) notices.push({ grade: 'care', text: 'Files differed from the commit named below.' })
  return notices
}
