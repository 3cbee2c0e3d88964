import type { Claim } from './claim.ts'

export const websocketClaims: Claim[] = []
