import type { Claim } from './claim.ts'

export const sseClaims: Claim[] = []
