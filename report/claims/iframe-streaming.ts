import type { Claim } from './claim.ts'
import { iframeGrows } from './iframe-streaming/grows.ts'
import { iframePadding } from './iframe-streaming/padding.ts'

export const iframeStreamingClaims: Claim[] = [iframeGrows, iframePadding]
