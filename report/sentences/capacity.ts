import type { Search } from '../../results/scenario.ts'
import { type Capacity, inRegistryOrder } from '../analysis/capacity.ts'
import { TRIALS_FOR_RANGE } from '../analysis/rules.ts'
import { positionText } from '../axis.ts'
import { clauses, said, say, sentences, type Text } from '../words/say.ts'

/** What ran out, as the end of a sentence. */
const RAN_OUT: Record<Capacity['limitedBy'], Text> = {
  'load agent': said('the load agent ran out of CPU, and a server may do more'),
  server: said('the server ran out of CPU'),
  neither: said('neither process ran out of CPU'),
  nothing: '',
}

/**
 * What a search found, technique by technique: between which values the limit lies, and whose it is. No order: a limit
 * of the load agent is none of the technique's.
 */
export function capacitySentence(capacities: readonly Capacity[], { axis, lateAfterMs, from }: Search): Text {
  const found = inRegistryOrder(capacities).map(({ title, low, high, limitedBy, decidingTrials }) => {
    const held =
      low !== null
        ? say`every trial held up to ${positionText(axis, low)}`
        : high === from
          ? ''
          : say`not every trial held at ${positionText(axis, from)}`
    const failed =
      high === null
        ? limitedBy === 'nothing'
          ? said('the largest tried')
          : said('at nothing that was tried did all fail')
        : say`none held from ${positionText(axis, high)} on`
    const few =
      decidingTrials >= TRIALS_FOR_RANGE
        ? ''
        : decidingTrials === 1
          ? said('with one trial at the value that decides')
          : say`with ${decidingTrials} trials at the value that decides`
    return say`${title}: ${clauses([held, failed, few, RAN_OUT[limitedBy]])}.`
  })
  return sentences([
    say`With at most 1 % of the deliveries of a trial later than ${lateAfterMs} ms, in the order of the registry.`,
    ...found,
  ])
}
