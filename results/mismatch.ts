import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Says where and how a value differs from its schema: `/load/subscribers must be >= 1`, at most three of them. */
export function describeMismatch(schema: TSchema, value: unknown): string {
  const errors = [...Value.Errors(schema, value)].map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  )
  return [...new Set(errors)].slice(0, 3).join('; ')
}
