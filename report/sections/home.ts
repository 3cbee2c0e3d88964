import { rowContracts } from '../../results/rows/index.ts'
import type { Scenario } from '../../results/scenario.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import type { SectionId } from './section.ts'

/** The section of each axis that a sweep can have: what it is varied for. */
const AXES: Partial<Record<NonNullable<Scenario['sweep']>['axis'], SectionId>> = {
  pollIntervalMs: 'delay',
  pollTimer: 'delay',
  noDelay: 'delay',
  client: 'time',
  subscribers: 'server',
  keepAlive: 'server',
  roundTripMs: 'network',
  proxy: 'network',
}

/** The question that a scenario answers first: the section where it is found. */
export function homeOf({ scenario }: MeasuredScenario): SectionId {
  const { sweep, search, network, stall, breaks, feed } = scenario
  if (search) return 'server'
  if (network || stall || breaks) return 'network'
  if (sweep) return AXES[sweep.axis] ?? 'wire'
  return feed.schedule.kind === 'silent' ? 'wire' : 'compare'
}

/** The section that an experiment declares; one that a later version made is about what browsers and servers can do. */
export function homeOfExperiment(name: string): SectionId {
  return rowContracts.get(name)?.section ?? 'facts'
}
