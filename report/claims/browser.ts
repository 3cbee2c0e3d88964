import type { Claim } from './claim.ts'

export const browserClaims: Claim[] = []
