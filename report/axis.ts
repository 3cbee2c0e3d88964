import type { Axis } from '../scenarios/scenario.ts'

/** What people call the axis of a sweep, with its unit. */
export const axisTitles: Record<Axis, string> = {
  pollIntervalMs: 'Polling interval T, ms',
  subscribers: 'Subscribers',
  payloadBytes: 'Payload, bytes',
  ratePerSecond: 'Events per second',
}

/** One position on the axis in words: `a polling interval of 1,000 ms`. */
export function positionText(axis: Axis, value: number): string {
  const number = value.toLocaleString('en-US')
  const words: Record<Axis, string> = {
    pollIntervalMs: `a polling interval of ${number} ms`,
    subscribers: `${number} ${value === 1 ? 'subscriber' : 'subscribers'}`,
    payloadBytes: `${number} bytes of payload`,
    ratePerSecond: `${number} ${value === 1 ? 'event' : 'events'} per second`,
  }
  return words[axis]
}
