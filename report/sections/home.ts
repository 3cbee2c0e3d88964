import type { Scenario } from '../../results/scenario.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import type { SectionId } from './section.ts'

/** The section of each axis that a sweep can have: what it is varied for. */
const AXES: Partial<Record<NonNullable<Scenario['sweep']>['axis'], SectionId>> = {
  pollIntervalMs: 'delay',
  pollTimer: 'delay',
  noDelay: 'delay',
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

/** The section of an experiment, by its name. What is about none of them is about what browsers and servers can do. */
export function homeOfExperiment(name: string): SectionId {
  return EXPERIMENTS[name] ?? 'facts'
}

const EXPERIMENTS: Record<string, SectionId> = {
  'wire-bytes': 'wire',
  'first-seconds': 'time',
  'memory-per-subscriber': 'server',
  'deflate-memory': 'server',
  saturation: 'server',
  resume: 'network',
  proxies: 'network',
  'proxy-buffer': 'network',
  'nginx-in-front': 'network',
  'packet-loss': 'network',
  'tcp-order': 'network',
  'websocket-idle': 'network',
  'large-message': 'network',
  nagle: 'network',
}
