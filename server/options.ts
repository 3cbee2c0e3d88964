import { InvalidArgumentError } from 'commander'
import { LONGEST_MS } from './settings.ts'

/** Parsers of command-line values. Each throws commander's InvalidArgumentError, which names the flag. */

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** A positive duration with a unit, `250ms`, `2s`, `1.5m` or `1h`, in milliseconds: as long as a timer can wait. */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const ms = match ? Number(match[1]) * (UNIT_MS[match[2] as string] as number) : 0
  if (ms <= 0)
    throw new InvalidArgumentError('A duration is a positive number with a unit: 250ms, 2s, 1.5m, 1h.')
  if (ms > LONGEST_MS) throw new InvalidArgumentError(`A duration is ${LONGEST_MS / 3_600_000}h at most.`)
  return ms
}

/** A parser of whole numbers from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, maximum = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    if (!/^\d{1,12}$/.test(text) || Number(text) < minimum || Number(text) > maximum) {
      const bound = maximum === Number.POSITIVE_INFINITY ? '' : ` and at most ${maximum}`
      throw new InvalidArgumentError(`A whole number of at least ${minimum}${bound} is needed.`)
    }
    return Number(text)
  }
}

/** A positive number of events per second, at most 100,000. */
export function rate(text: string): number {
  const perSecond = Number(text)
  if (!(perSecond > 0 && perSecond <= 100_000)) {
    throw new InvalidArgumentError('A rate is a positive number of events per second, at most 100000.')
  }
  return perSecond
}

/** A TCP port, 0 for any free one. */
export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  }
  return Number(text)
}

/** A host name, without scheme or path; a port is left out, for it says nothing. */
export function hostName(text: string): string {
  const url = URL.parse(`http://${text}`)
  if (!url?.hostname || url.href !== `http://${url.host}/`)
    throw new InvalidArgumentError('A host name is what stands in an address before its port: class.example.')
  return url.hostname
}

/** Adds a web origin to those before, as browsers send it: `https://example.org`; or `null`, which they send for pages of files. */
export function origins(text: string, before: readonly string[]): string[] {
  const url = text === 'null' ? undefined : URL.parse(text)
  if (url === null || (url && (!/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)))
    throw new InvalidArgumentError(
      'An origin is a scheme, a host, and a port unless it is the default one: https://example.org.',
    )
  return [...before, url?.origin ?? text]
}
