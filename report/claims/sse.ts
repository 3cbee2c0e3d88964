import type { Claim } from './claim.ts'
import { sse204 } from './sse/no-content.ts'
import { sseOneRequest } from './sse/one-request.ts'
import { sseReconnects } from './sse/reconnects.ts'
import { sseRedirect } from './sse/redirect.ts'
import { sseSix } from './sse/six.ts'

export const sseClaims: Claim[] = [sseOneRequest, sseRedirect, sse204, sseReconnects, sseSix]
