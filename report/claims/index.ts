import { wsCrossOrigin } from './browser/cross-origin.ts'
import { pollFreezesPage } from './browser/freezes.ts'
import type { Claim } from './claim.ts'
import { iframeGrows } from './iframe-streaming/grows.ts'
import { iframePadding } from './iframe-streaming/padding.ts'
import { longPollEqualsWebSocket } from './long-polling/equals-websocket.ts'
import { longPollFewerRequests } from './long-polling/fewer-requests.ts'
import { longPollIdleBandwidth } from './long-polling/idle-bandwidth.ts'
import { longPollInstant } from './long-polling/instant.ts'
import { longPollReconnects } from './long-polling/reconnects.ts'
import { wsDeflateMemory } from './memory/deflate.ts'
import { heldConnectionsCheap } from './memory/held-connections.ts'
import { compatibilityOrder } from './method/compatibility.ts'
import { coordinatedOmission } from './method/coordinated-omission.ts'
import { bufferingProxy } from './networks/buffering.ts'
import { wsMultiplexes } from './networks/multiplexing.ts'
import { nagle } from './networks/nagle.ts'
import { wsProxies, xmlSocketProxy } from './networks/proxies.ts'
import { resumeLosesNothing } from './networks/resume.ts'
import { tcpReorders } from './networks/tcp-order.ts'
import { wsNeverBreaks } from './networks/websocket-idle.ts'
import { wsKeySecurity } from './networks/websocket-key.ts'
import { pollNewConnection } from './polling/connections.ts'
import { pollLatency, pollTradeoff } from './polling/delay.ts'
import { pollOrder } from './polling/order.ts'
import { pollWaste } from './polling/waste.ts'
import { socketIoIsWebSocket } from './socket-io/protocol.ts'
import { socketIoPicksBest } from './socket-io/transport.ts'
import { sse204 } from './sse/no-content.ts'
import { sseOneRequest } from './sse/one-request.ts'
import { sseReconnects } from './sse/reconnects.ts'
import { sseRedirect } from './sse/redirect.ts'
import { sseSix } from './sse/six.ts'
import { websocketBeatsSse } from './websocket/beats-sse.ts'
import { websocketBinary } from './websocket/binary.ts'
import { websocketFaster } from './websocket/faster.ts'
import { httpHeader871 } from './websocket/header-871.ts'
import { headerWeight } from './websocket/header-weight.ts'
import { websocketLessLoad } from './websocket/less-load.ts'
import { websocketNoHeaders } from './websocket/no-headers.ts'

/** What is said of short polling. */
export const pollingClaims: Claim[] = [pollWaste, pollLatency, pollTradeoff, pollOrder, pollNewConnection]
/** What is said of long polling. */
export const longPollingClaims: Claim[] = [
  longPollInstant,
  longPollReconnects,
  longPollFewerRequests,
  longPollIdleBandwidth,
  longPollEqualsWebSocket,
]
export const iframeStreamingClaims: Claim[] = [iframeGrows, iframePadding]
export const sseClaims: Claim[] = [sseOneRequest, sseRedirect, sse204, sseReconnects, sseSix]
/** What is said of WebSocket beside what HTTP carries. */
export const websocketClaims: Claim[] = [
  websocketNoHeaders,
  websocketLessLoad,
  websocketFaster,
  websocketBeatsSse,
  websocketBinary,
  httpHeader871,
  headerWeight,
]
export const browserClaims: Claim[] = [pollFreezesPage, wsCrossOrigin]
export const socketIoClaims: Claim[] = [socketIoIsWebSocket, socketIoPicksBest]
export const networksClaims: Claim[] = [
  wsKeySecurity,
  wsNeverBreaks,
  wsMultiplexes,
  wsProxies,
  tcpReorders,
  xmlSocketProxy,
  bufferingProxy,
  nagle,
  resumeLosesNothing,
]
export const memoryClaims: Claim[] = [heldConnectionsCheap, wsDeflateMemory]
/** What is said of measuring, and what no measurement tells. */
export const methodClaims: Claim[] = [coordinatedOmission, compatibilityOrder]

/** Every claim on trial, by technique. */
export const claims: readonly Claim[] = [
  pollingClaims,
  longPollingClaims,
  iframeStreamingClaims,
  sseClaims,
  websocketClaims,
  browserClaims,
  socketIoClaims,
  networksClaims,
  memoryClaims,
  methodClaims,
].flat()
