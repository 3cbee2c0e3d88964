import { OBSERVATION_SCHEMA, type Observation, type Row } from '../../results/observation.ts'
import { recordsFixture } from '../fixture.ts'

/** What an experiment could have seen, for golden tests of rules. */
export function observationFixture(experiment: string, rows: Row[]): Observation {
  const [record] = recordsFixture({ technique: 'sse' })
  if (!record) throw new Error('recordsFixture makes records')
  return {
    schema: OBSERVATION_SCHEMA,
    run: 'fixture',
    experiment,
    question: 'What happens?',
    expectation: 'Something.',
    seed: 1,
    command: 'pushlab claims --seed 1',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:00:01.000Z',
    environment: record.environment,
    participants: {},
    rows,
    unavailable: null,
  }
}
