import type { Claim } from './claim.ts'

export const networksClaims: Claim[] = []
