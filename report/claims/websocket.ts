import type { Claim } from './claim.ts'
import { websocketBeatsSse } from './websocket/beats-sse.ts'
import { websocketBinary } from './websocket/binary.ts'
import { websocketFaster } from './websocket/faster.ts'
import { httpHeader871 } from './websocket/header-871.ts'
import { headerWeight } from './websocket/header-weight.ts'
import { websocketLessLoad } from './websocket/less-load.ts'
import { websocketNoHeaders } from './websocket/no-headers.ts'

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
