import { PushlabError } from '../../../server/error.ts'
import type { FeedEvent } from '../../../server/event.ts'
import { MemoryFeed } from '../../../server/feed.ts'

/**
 * A feed whose events are published elsewhere, by the stage: what the lanes' servers read, as they would read a broker that
 * outlives them.
 */
export class ReplicaFeed extends MemoryFeed {
  /** @param history of the feed that it is a replica of. */
  constructor(epochUs: number, history: readonly FeedEvent[]) {
    super({ epochUs })
    for (const event of history) this.append(event)
  }

  override publish(): never {
    throw new PushlabError('FORBIDDEN', 'Only the stage publishes events.')
  }
}
