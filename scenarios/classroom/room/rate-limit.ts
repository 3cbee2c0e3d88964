import { isIPv6 } from 'node:net'

export interface Rate {
  /** So many at once. */
  burst: number
  /** And then so many a second. */
  perSecond: number
}

/** A token bucket: lets a burst pass, and then a steady rate. Times are of one monotonic clock, in ms. */
export class TokenBucket {
  readonly #rate: Rate
  #tokens: number
  #atMs: number

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#atMs = nowMs
  }

  /** Tokens that are there now. */
  level(nowMs: number): number {
    const gainedMs = Math.max(0, nowMs - this.#atMs)
    return Math.min(this.#rate.burst, this.#tokens + (gainedMs / 1_000) * this.#rate.perSecond)
  }

  /** Takes a token if there is one. */
  take(nowMs: number): boolean {
    this.#tokens = this.level(nowMs)
    this.#atMs = Math.max(this.#atMs, nowMs)
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  isFull(nowMs: number): boolean {
    return this.level(nowMs) >= this.#rate.burst
  }
}

/** Addresses of which something is remembered at once, at most. */
const MOST_ADDRESSES = 5_000

/** A bucket for each address. Full ones, of which there is nothing to remember, are forgotten. */
export class AddressLimit {
  readonly #rate: Rate
  readonly #most: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(rate: Rate, most: number = MOST_ADDRESSES) {
    this.#rate = rate
    this.#most = most
  }

  /** Addresses of which something is remembered. */
  get size(): number {
    return this.#buckets.size
  }

  take(address: string, nowMs: number): boolean {
    const site = siteOf(address)
    let bucket = this.#buckets.get(site)
    if (!bucket) {
      if (this.#buckets.size >= this.#most) this.#forget(nowMs)
      bucket = new TokenBucket(this.#rate, nowMs)
      this.#buckets.set(site, bucket)
    }
    return bucket.take(nowMs)
  }

  /** Whether an address has nothing left. */
  isEmpty(address: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(siteOf(address))
    return bucket !== undefined && bucket.level(nowMs) < 1
  }

  #forget(nowMs: number): void {
    for (const [site, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(site)
    // Where all are in use the oldest goes: whoever has so many addresses is not stopped by counting them.
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size >= this.#most && !oldest.done) this.#buckets.delete(oldest.value)
  }
}

/**
 * What one host cannot easily change: an IPv4 address, also where it is written as IPv6, and of an IPv6 address its
 * first 64 bits (RFC 4291 section 2.5.4: the rest is the host's own choice).
 */
export function siteOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1] as string
  const plain = address.split('%')[0] as string
  if (!isIPv6(plain)) return address
  const [head = '', tail] = plain.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...new Array<string>(Math.max(0, zeros)).fill('0'), ...after]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
