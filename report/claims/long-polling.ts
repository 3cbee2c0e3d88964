import type { Claim } from './claim.ts'
import { longPollEqualsWebSocket } from './long-polling/equals-websocket.ts'
import { longPollFewerRequests } from './long-polling/fewer-requests.ts'
import { longPollIdleBandwidth } from './long-polling/idle-bandwidth.ts'
import { longPollInstant } from './long-polling/instant.ts'
import { longPollReconnects } from './long-polling/reconnects.ts'

/** What is said of long polling. */
export const longPollingClaims: Claim[] = [
  longPollInstant,
  longPollReconnects,
  longPollFewerRequests,
  longPollIdleBandwidth,
  longPollEqualsWebSocket,
]
