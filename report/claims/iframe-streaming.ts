import type { Claim } from './claim.ts'

export const iframeStreamingClaims: Claim[] = []
