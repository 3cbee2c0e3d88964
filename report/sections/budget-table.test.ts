import { expect, test } from 'vitest'
import { judgeBudget } from '../analysis/budget.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { plain } from '../fixture/page.ts'
import { recordsFixture } from '../fixture/records.ts'
import { budgetTable } from './budget-table.ts'

test('what nobody measured shows the command that does, at the load that is asked for', () => {
  const scenarios = measuredScenarios(
    ['short-poll', 'sse', 'websocket'].flatMap((technique) => recordsFixture({ technique })),
  )
  const text = (budget: object) => plain(budgetTable(judgeBudget(scenarios, budget), budget).markup)
  expect(text({ delayMs: 50, ratePerSecond: 20, subscribers: 1_000 })).toContain(
    'npx pushlab bench -s steady-feed -t short-poll,sse,websocket --subscribers 1000 --rate 20 --poll-interval 50ms',
  )
  expect(text({ delayMs: 5_000 })).not.toContain('npx')
})
