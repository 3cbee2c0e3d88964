import type { Observation } from '../../results/observation.ts'
import { type Html, html } from '../html.ts'
import { said, say } from '../words/say.ts'
import { badgeMarks } from './badges.ts'

/** What stands where a table is made from the embedded records when the reader opens it. */
export const WITH_SCRIPTS =
  'This table is made from the records in this file when scripts run. Without them npx pushlab report and the files beside this one have the same figures.'

/** Every row of an experiment, made from the file when somebody opens it. */
export function allRows({ experiment, rows }: Observation): Html {
  return html`<details class="later" data-show="experiment" data-experiment="${experiment}"><summary>${say`All ${rows.length} rows`}</summary><p class="note">${WITH_SCRIPTS}</p></details>`
}

/** Why an experiment could not be made here; nothing where it could. */
export function notMade({ experiment, unavailable }: Observation): Html {
  if (unavailable === null) return html``
  const { className, text } = badgeMarks['not measured']
  return html`<p class="${className}"><b>${text}</b> ${say`${experiment}: ${said(unavailable)}`}</p>`
}
