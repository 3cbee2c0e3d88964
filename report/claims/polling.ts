import type { Claim } from './claim.ts'

export const pollingClaims: Claim[] = []
