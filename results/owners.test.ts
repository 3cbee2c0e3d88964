import type { Static } from 'typebox'
import { expectTypeOf, test } from 'vitest'
import type { Conditions } from '../server/conditions.ts'
import type { Pauses } from '../server/pauses.ts'
import type { ProcessCost } from '../server/process-cost.ts'
import type { Schedule } from '../server/schedule.ts'
import type { Variant } from '../server/variant.ts'
import type { PausesSchema, ProcessCostSchema } from './record.ts'
import type { FeedSchema, Point } from './scenario.ts'
import type { VariantSchema } from './variant-schema.ts'

/** What the server is told, and tells, is typed there; schemas here say the same. The compiler holds them together. */
test('a schema says what the type of the server says', () => {
  expectTypeOf<Static<typeof ProcessCostSchema>>().toEqualTypeOf<ProcessCost>()
  expectTypeOf<Static<typeof PausesSchema>>().toEqualTypeOf<Pauses>()
  expectTypeOf<Static<typeof VariantSchema>>().toEqualTypeOf<Variant>()
  expectTypeOf<Static<typeof FeedSchema>['schedule']>().toEqualTypeOf<Schedule>()
  expectTypeOf<Point>().toExtend<Conditions>()
})
