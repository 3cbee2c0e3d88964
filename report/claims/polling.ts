import type { Claim } from './claim.ts'
import { pollNewConnection } from './polling/connections.ts'
import { pollLatency, pollTradeoff } from './polling/delay.ts'
import { pollOrder } from './polling/order.ts'
import { pollWaste } from './polling/waste.ts'

/** What is said of short polling. */
export const pollingClaims: Claim[] = [pollWaste, pollLatency, pollTradeoff, pollOrder, pollNewConnection]
