import type { ResultRecord } from '../../results/record.ts'
import { entryOf } from '../../server/registry.ts'
import type { VariantAxis } from '../../server/variant.ts'

/**
 * In which directions events are compressed: content codings are for answers alone, permessage-deflate is for the
 * messages of both ends. A choice that means nothing to a technique compresses nothing.
 */
export function compressedSides({
  technique,
  point: { variant },
}: Pick<ResultRecord, 'technique' | 'point'>): { up: boolean; down: boolean } {
  const concerns = (axis: VariantAxis) => entryOf(technique)?.variants.includes(axis) ?? false
  const messages = variant.perMessageDeflate && concerns('perMessageDeflate')
  const answers = variant.contentCoding !== 'identity' && concerns('contentCoding')
  return { up: messages, down: messages || answers }
}
