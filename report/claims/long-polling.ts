import type { Claim } from './claim.ts'

export const longPollingClaims: Claim[] = []
