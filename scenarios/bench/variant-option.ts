import { InvalidArgumentError } from 'commander'
import { Value } from 'typebox/value'
import { VariantSchema } from '../../results/variant-schema.ts'
import { defaultVariant, type Variant, type VariantAxis } from '../../server/variant.ts'

/** Choices of a variant, `tls=true,contentCoding=gzip`, by the names of variant.ts. */
export function variant(text: string): Partial<Variant> {
  const chosen = Object.fromEntries(
    text.split(',').map((choice) => {
      const [, axis = '', value = ''] = /^\s*(\w+)\s*=\s*([\w.]+)\s*$/.exec(choice) ?? []
      if (!axis)
        throw new InvalidArgumentError(`"${choice}" is no choice: write tls=true,contentCoding=gzip.`)
      return [axis, parsed(axis, value)]
    }),
  )
  const axes: readonly string[] = Object.keys(defaultVariant)
  for (const [axis, value] of Object.entries(chosen)) {
    if (!axes.includes(axis))
      throw new InvalidArgumentError(`There is no choice "${axis}": ${axes.join(', ')}.`)
    if (!Value.Check(VariantSchema.properties[axis as VariantAxis], value)) {
      throw new InvalidArgumentError(`"${value}" is no value of ${axis}: ${valuesOf(axis as VariantAxis)}.`)
    }
  }
  if (chosen.http === '2' && chosen.tls === false) {
    throw new InvalidArgumentError('HTTP/2 is spoken over TLS here, as in browsers: leave tls=false out.')
  }
  return chosen
}

/** The values of an axis in words: `identity, gzip or br`. */
function valuesOf(axis: VariantAxis): string {
  const { anyOf, minimum, maximum } = VariantSchema.properties[axis] as {
    anyOf?: { const: string }[]
    minimum?: number
    maximum?: number
  }
  if (anyOf) return anyOf.map((choice) => choice.const).join(', ')
  return minimum === undefined ? 'true, false' : `a whole number from ${minimum} to ${maximum}`
}

/** As the default's type has it: `true`, `1024` and `1.1` are a boolean, a number and a name. */
function parsed(axis: string, text: string): unknown {
  const type = typeof defaultVariant[axis as VariantAxis]
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return type === 'number' && /^\d+$/.test(text) ? Number(text) : text
}
