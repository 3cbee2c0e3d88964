import type { Claim } from './claim.ts'

export const memoryClaims: Claim[] = []
