import type { Claim } from './claim.ts'
import { socketIoIsWebSocket } from './socket-io/protocol.ts'
import { socketIoPicksBest } from './socket-io/transport.ts'

export const socketIoClaims: Claim[] = [socketIoIsWebSocket, socketIoPicksBest]
