import type { Evidence, EvidenceNumber, Unit } from '../claims/claim.ts'
import type { Text } from '../words/say.ts'

/** What the run says of a published figure, or why it says nothing. */
export type Here = { measured: EvidenceNumber } | { notMeasured: Text }

/** A figure that somebody has published, to stand beside what a model says and what a run measured. */
export interface PublishedFigure {
  id: string
  /** Who says so, with the year. */
  source: string
  /** What it is a figure of. */
  what: string
  /** As it was published, and as a number in the unit of all three. */
  published: { text: string; value: number }
  unit: Unit
  /** What a model of this project says under those conditions, and which; left out where there is none. */
  model?: { value: number; by: string }
  /** What the run measured under conditions as like as it can have them. */
  here(evidence: Evidence): Here
  /** What differs between the two. */
  comment: string
}
