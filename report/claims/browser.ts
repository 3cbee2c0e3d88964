import { wsCrossOrigin } from './browser/cross-origin.ts'
import { pollFreezesPage } from './browser/freezes.ts'
import type { Claim } from './claim.ts'

export const browserClaims: Claim[] = [pollFreezesPage, wsCrossOrigin]
