import { browserClaims } from './browser.ts'
import type { Claim } from './claim.ts'
import { iframeStreamingClaims } from './iframe-streaming.ts'
import { longPollingClaims } from './long-polling.ts'
import { memoryClaims } from './memory.ts'
import { methodClaims } from './method.ts'
import { networksClaims } from './networks.ts'
import { pollingClaims } from './polling.ts'
import { socketIoClaims } from './socket-io.ts'
import { sseClaims } from './sse.ts'
import { websocketClaims } from './websocket.ts'

/** Every claim on trial, by technique. */
export const claims: readonly Claim[] = [
  ...pollingClaims,
  ...longPollingClaims,
  ...iframeStreamingClaims,
  ...sseClaims,
  ...websocketClaims,
  ...browserClaims,
  ...socketIoClaims,
  ...networksClaims,
  ...memoryClaims,
  ...methodClaims,
]
