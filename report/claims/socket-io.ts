import type { Claim } from './claim.ts'

export const socketIoClaims: Claim[] = []
