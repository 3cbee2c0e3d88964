import { PushlabError } from '../../../server/error.ts'
import { MemoryFeed } from '../../../server/feed.ts'
import type { OpenLanes } from './lanes-messages.ts'

/**
 * A feed whose events are published elsewhere, by the stage: what the lanes' servers read, as they would read a broker that
 * outlives them.
 */
export class ReplicaFeed extends MemoryFeed {
  /** @param original the feed that it is a replica of: a cursor of one is good for the other. */
  constructor({ feedId, epochUs, history }: Pick<OpenLanes, 'feedId' | 'epochUs' | 'history'>) {
    super({ feedId, epochUs })
    for (const event of history) this.append(event)
  }

  override publish(): never {
    throw new PushlabError('FORBIDDEN', 'Only the stage publishes events.')
  }
}
