import type { MeasuredScenario } from '../analysis/cells.ts'
import { runBadges } from '../analysis/run-badges.ts'
import { type Said, said, say } from '../words/say.ts'

const WHAT = {
  counted: said('Bytes, requests and losses'),
  compared: said('Delays and CPU time, compared with each other'),
  absolute: said('The same in milliseconds of this machine'),
}

/** The run's badges, a sentence a reading: `Bytes, requests and losses: valid.` */
export function runBadgeTexts(scenarios: readonly MeasuredScenario[]): Said[] {
  return runBadges(scenarios).map(({ reading, badge, having, of }) =>
    having === of
      ? say`${WHAT[reading]}: ${said(badge)}.`
      : say`${WHAT[reading]}: ${said(badge)} in ${having} of the run’s ${of} cells (one technique in one scenario each).`,
  )
}
