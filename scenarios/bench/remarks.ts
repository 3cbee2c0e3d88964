import { isTimed } from '../../report/analysis/rules.ts'
import { atPosition } from '../../report/axis.ts'
import { notListed, type WorkPlan } from './plan.ts'

/** What somebody who chose scenarios and trials should know of a plan before its time is spent, a line each. */
export function remarksOn(
  plan: WorkPlan,
  { scenario: named, trials }: { scenario?: string[]; trials?: number },
): string[] {
  const few = plan.scenarios.filter((one) => !isTimed(one) && !one.search)
  return [
    ...(named ? leftOutByName(plan) : leftOutOfSuite(plan)),
    ...(few.length > 0 && (named || trials) ? [fewTrials(few, named !== undefined)] : []),
  ]
}

/** A line for each technique that was asked for and is not measured everywhere. */
function leftOutByName({ techniques = [], notApplicable }: WorkPlan): string[] {
  return techniques.flatMap((technique) => {
    const places = notApplicable
      .filter((one) => one.technique === technique)
      .map(({ scenario, at, reason }) => `${scenario}${at ? ` ${atPosition(at)}` : ''} (${reason})`)
    return places.length > 0 ? [`Not measured with ${technique}: ${places.join('; ')}.`] : []
  })
}

function leftOutOfSuite({ scenarios, techniques = [] }: WorkPlan): string[] {
  const names = new Set(notListed(scenarios, techniques).map(({ scenario }) => scenario))
  const all = `${techniques.length > 1 ? 'all of ' : ''}${techniques.join(', ')}`
  return names.size > 0
    ? [`Not measured with ${all}, in scenarios that name other techniques: ${[...names].join(', ')}.`]
    : []
}

function fewTrials(scenarios: WorkPlan['scenarios'], isNamed: boolean): string {
  const counts = [...new Set(scenarios.map(({ trials }) => trials))].sort()
  const what = counts.includes(2) ? 'trials count and do' : 'trial counts and does'
  const where = isNamed ? `${scenarios.map(({ name }) => name).join(', ')}: ` : ''
  return `${where}${counts.join(' or ')} ${what} not time; 3 give ranges, 6 intervals.`
}
