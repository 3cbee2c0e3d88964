import { entryOf } from '../../../server/registry.ts'
import { titleOf } from '../../analysis/cells.ts'
import { parts, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { notTested } from '../evidence.ts'

/** As the claim has them. */
const ORDER = ['short-poll', 'long-poll', 'sse', 'websocket']

export const compatibilityOrder: Claim = {
  id: 'compat-order',
  from: 'notes',
  claim: 'Compatibility: short polling > long polling > Server-Sent Events > WebSocket.',
  source: 'Lecture notes on push techniques',
  prediction: 'All four work in every browser of today; what is left of the order is history.',
  metric: 'None: what the registry of techniques states, with its sources and dates.',
  rule: 'Never judged by a run: which browsers can do what is a fact of the past, not of this machine.',
  judge() {
    const facts = ORDER.flatMap((name) => {
      const entry = entryOf(name)
      return entry
        ? [say`${titleOf(name)}: ${said(entry.status.text)} (${entry.status.source}, ${entry.status.date})`]
        : []
    })
    return notTested(say`A fact and not a measurement. ${parts(facts)}.`)
  },
}
