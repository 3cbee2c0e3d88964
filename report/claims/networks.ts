import type { Claim } from './claim.ts'
import { bufferingProxy } from './networks/buffering.ts'
import { wsMultiplexes } from './networks/multiplexing.ts'
import { nagle } from './networks/nagle.ts'
import { wsProxies, xmlSocketProxy } from './networks/proxies.ts'
import { resumeLosesNothing } from './networks/resume.ts'
import { tcpReorders } from './networks/tcp-order.ts'
import { wsNeverBreaks } from './networks/websocket-idle.ts'
import { wsKeySecurity } from './networks/websocket-key.ts'

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
