import { OBSERVATION_SCHEMA, type Observation, type Row } from '../../results/observation.ts'
import { recordsFixture } from '../fixture.ts'
import { chinese } from '../words/catalogue.ts'
import { inWords, type Text, type Words } from '../words/say.ts'
import type { EvidenceNumber, Judgement } from './claim.ts'

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

/** A judgement in English. */
export interface SpokenJudgement extends Omit<Judgement, 'because' | 'numbers'> {
  because: string
  numbers: (Omit<EvidenceNumber, 'what'> & { what: string })[]
}

/**
 * A judgement in English, for tests to compare.
 * @throws where its Chinese has English in it, so that golden tests find texts that were put together without `say`.
 */
export function spoken(judgement: Judgement): SpokenJudgement
export function spoken(judgement: Judgement | undefined): SpokenJudgement | undefined
export function spoken(judgement: Judgement | undefined): SpokenJudgement | undefined {
  return (
    judgement && {
      ...judgement,
      because: inEnglish(judgement.because),
      numbers: judgement.numbers.map((number) => ({ ...number, what: inEnglish(number.what) })),
    }
  )
}

/** A text in English, once it was found that no English is left in its Chinese. */
export function inEnglish(text: Text): string {
  const left = englishIn(inWords(text, KNOWN))
  if (left) throw new Error(`Not in Chinese: ${left} (of ${text})`)
  return String(text)
}

/** That every text has its Chinese is tested with the part of the report that it belongs to. */
const KNOWN: Words = { language: 'zh', of: (english) => chinese.of(english) ?? '·' }
/** What has no Chinese. */
const NAMES = [
  'Server-Sent Events',
  'No Content',
  'X-Accel-Buffering: no',
  'HTML Living Standard',
  'MDN Web Docs',
  'Van de Vyvere',
]

/** Three English words in a row, where a Chinese text has them. */
export function englishIn(text: string): string | undefined {
  const rest = NAMES.reduce((left, name) => left.replaceAll(name, '·'), text)
  return rest.match(/[A-Za-z][A-Za-z’'/.-]*(?:[ ,:;]+[A-Za-z][A-Za-z’'/.-]*){2,}/)?.[0]
}
