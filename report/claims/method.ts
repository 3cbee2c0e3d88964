import type { Claim } from './claim.ts'

export const methodClaims: Claim[] = []
