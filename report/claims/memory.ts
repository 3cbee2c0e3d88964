import type { Claim } from './claim.ts'
import { wsDeflateMemory } from './memory/deflate.ts'
import { heldConnectionsCheap } from './memory/held-connections.ts'

export const memoryClaims: Claim[] = [heldConnectionsCheap, wsDeflateMemory]
