import { follow } from '../../clients/follow.ts'
import { Meter } from '../../clients/meter.ts'
import { type ClientTechnique, clientTechnique } from '../../clients/technique.ts'
import { type ResumeRow, resumeRows } from '../../results/rows/resume.ts'
import { registry } from '../../server/registry.ts'
import { defaultVariant } from '../../server/variant.ts'
import type { Experiment, ExperimentContext } from '../bench/experiment.ts'
import { type Breakable, startBreakable } from './networks/breakable.ts'
import { Site } from './networks/site.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const CUTS = 5
/** Events before a cut, and while nothing gets through. */
const EVENTS_BETWEEN = 20
const EVENTS_DURING = 8
const INTERVAL_MS = 10
const RETRY_MS = 20
/** Enough for everything, and for half of what an outage holds up. */
const HISTORIES: Record<ResumeRow['history'], number> = { long: 10_000, short: EVENTS_DURING / 2 }

type Condition = Pick<ResumeRow, 'technique' | 'resume' | 'history'>

/**
 * Cuts subscribers of every technique off while the feed goes on; they come back with their cursor or
 * without.
 */
export const experiment: Experiment<typeof resumeRows> = {
  rows: resumeRows,
  question: 'What is lost by connections that break?',
  expectation:
    'With a cursor nothing, as long as the server still has what was missed; without one all ' +
    'that came meanwhile.',
  expectedMs: 8_000,
  async run({ signal }) {
    await using site = new Site()
    const conditions = registry.flatMap(({ name: technique }): Condition[] => [
      { technique, resume: true, history: 'long' },
      { technique, resume: false, history: 'long' },
      { technique, resume: true, history: 'short' },
    ])
    return { rows: await Promise.all(conditions.map((condition) => observe(site, condition, signal))) }
  },
}

async function observe(site: Site, condition: Condition, signal: AbortSignal): Promise<ResumeRow> {
  const { technique, resume, history } = condition
  const server = await site.server({ historyEvents: HISTORIES[history] }, { policyPorts: ['*'] })
  const link = await site.network(startBreakable(server.urlOf(technique)))
  const twin = await clientTechnique(technique)
  const subscriber = join(site, resume ? twin : forgetful(twin), link.url, signal)
  await holdsWithin(5_000, signal, () => subscriber.open)
  await breakRepeatedly(link, () => server.feed.publish(), signal)
  const { seqs } = subscriber
  await holdsWithin(2_000, signal, () => seqs.includes(server.feed.latestSeq))
  return {
    ...condition,
    cuts: CUTS,
    failures: subscriber.failures,
    eventsPublished: server.feed.latestSeq,
    eventsLost: server.feed.latestSeq - new Set(seqs).size,
    eventsTwice: seqs.length - new Set(seqs).size,
    eventsOutOfOrder: seqs.filter((seq, i) => seq < (seqs[i - 1] ?? 0)).length,
    eventsToldLost: subscriber.eventsToldLost,
  }
}

/** A twin that begins anew whenever it is started. */
function forgetful(twin: ClientTechnique): ClientTechnique {
  return ({ cursor: _, ...subscription }) => twin(subscription)
}

function join(site: Site, twin: ClientTechnique, url: string, signal: ExperimentContext['signal']) {
  const meter = new Meter()
  const ending = new AbortController()
  const subscriber = { open: false, seqs: [] as number[], failures: 0, eventsToldLost: 0 }
  const subscription = {
    url,
    door: meter.door(defaultVariant),
    pollIntervalMs: INTERVAL_MS,
    pollPhaseMs: 0,
    signal: AbortSignal.any([signal, ending.signal]),
    onOpen: () => {
      subscriber.open = true
    },
    onEvent: ({ seq }: { seq: number }) => subscriber.seqs.push(seq),
    onGap: ({ after, next }: { after: number; next: number }) => {
      subscriber.eventsToldLost += next - after - 1
    },
    onEmptyAnswer: () => {},
  }
  const done = follow(twin, subscription, () => subscriber.failures++, RETRY_MS)
  site.endWith(async () => {
    ending.abort()
    await done
    await meter.close()
  })
  return subscriber
}

async function breakRepeatedly(link: Breakable, publish: () => void, signal: AbortSignal): Promise<void> {
  const publishEvents = async (events: number) => {
    for (let i = 0; i < events; i++) {
      publish()
      await pause(INTERVAL_MS, signal)
    }
  }
  for (let cut = 0; cut < CUTS; cut++) {
    await publishEvents(EVENTS_BETWEEN)
    link.break()
    await publishEvents(EVENTS_DURING)
    link.mend()
    // Back again before the next cut: what is measured is breaks, and not how fast one comes back.
    await pause(10 * RETRY_MS, signal)
  }
  await publishEvents(EVENTS_BETWEEN)
}
