import type { Point } from '../../results/scenario.ts'
import type { Schedule } from '../../server/schedule.ts'

/** How the server is told what a point's variant asks of it. */
export function variantFlags({ feed: { source }, network, variant }: Point): string[] {
  const { tls, http, noDelay, perMessageDeflate, conditional, payload, contentCoding } = variant
  const flags: [string, boolean][] = [
    ['--publish', source === 'subscribers'],
    ['--tls', tls],
    ['--http2', http === '2'],
    ['--nagle', !noDelay],
    ['--deflate', perMessageDeflate],
    ['--etag', conditional],
    ['--binary', payload === 'binary'],
  ]
  // Behind a proxy XMLSocket has another port than its server knows of.
  const policy = network ? ['--policy-ports', '*'] : []
  return [...flags.filter(([, on]) => on).map(([flag]) => flag), ...policy, '--content-coding', contentCoding]
}

/** How a server that nobody drives is told when to publish; undefined for a schedule that publishes nothing. */
export function scheduleFlags(schedule: Schedule): string[] | undefined {
  switch (schedule.kind) {
    case 'constant':
      return ['--schedule', 'constant', '--rate', String(schedule.ratePerSecond)]
    case 'poisson':
      return [
        ...['--schedule', 'poisson', '--rate', String(schedule.ratePerSecond)],
        ...['--seed', String(schedule.seed)],
      ]
    case 'bursts': {
      const ratePerSecond = (schedule.burstEvents * 1_000) / schedule.everyMs
      return [
        ...['--schedule', 'bursts', '--rate', String(ratePerSecond)],
        ...['--burst', String(schedule.burstEvents)],
      ]
    }
    default:
      return undefined
  }
}
