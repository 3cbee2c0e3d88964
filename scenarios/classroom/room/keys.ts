import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new key for staff: 128 random bits in base64url, 22 characters, to stand in an address. */
export function newKey(): string {
  return randomBytes(16).toString('base64url')
}

/**
 * Whether two secrets are the same, in a time that tells nothing of either: their digests are compared, which have the
 * same length whatever was given.
 */
export function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(secret))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
