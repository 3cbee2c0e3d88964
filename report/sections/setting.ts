import type { Search } from '../../results/scenario.ts'
import { pollOf } from '../../server/registry.ts'
import type { Schedule } from '../../server/schedule.ts'
import { completeVariant } from '../../server/variant.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { axisTitles, isNumeric, networkTexts, positionText, variantTexts } from '../axis.ts'
import { clauses, parts as inParts, said, say, sentences, type Text } from '../words/say.ts'

/** What was run, in one sentence: `Scenario steady-feed: 100 subscribers, 10 events per second (constant), …` */
export function settingOf({ scenario, cells }: MeasuredScenario): Text {
  const { name, sweep, search, feed, load, trials, variant = {} } = scenario
  const { schedule, payloadBytes, source } = feed
  const events = scheduleText(schedule)
  const settings = [
    search?.axis === 'subscribers' ? searchText(search) : positionText('subscribers', load.subscribers),
    source === 'subscribers'
      ? say`who publish ${events} in turn`
      : search?.axis === 'ratePerSecond'
        ? searchText(search)
        : events,
    say`${payloadBytes.toLocaleString('en-US')} bytes of payload`,
    ...(cells.some(({ technique }) => pollOf(technique) === 'timer') && sweep?.axis !== 'pollIntervalMs'
      ? [say`short polls every ${load.pollIntervalMs} ms`]
      : []),
    ...networkTexts(scenario.network, sweep?.axis),
    ...variantTexts(completeVariant(variant), sweep?.axis),
    trialsText(trials, load.measureMs / 1e3, search !== undefined),
  ]
  return sentences([say`Scenario ${name}: ${clauses(settings)}.`, variedText(sweep)])
}

function trialsText(trials: number, seconds: number, isMost: boolean): Text {
  if (isMost) return say`up to ${trials} trials of ${seconds} s each`
  return trials === 1 ? say`${trials} trial of ${seconds} s` : say`${trials} trials of ${seconds} s each`
}

function searchText({ axis, ...ends }: Search): Text {
  const [from, to] = [ends.from.toLocaleString('en-US'), ends.to.toLocaleString('en-US')]
  return axis === 'subscribers' ? say`${from} to ${to} subscribers` : say`${from} to ${to} events per second`
}

function scheduleText(schedule: Schedule): Text {
  switch (schedule.kind) {
    case 'bursts':
      return say`bursts of ${schedule.burstEvents} events every ${schedule.everyMs} ms`
    case 'poisson':
      return say`${positionText('ratePerSecond', schedule.ratePerSecond)} (Poisson, seed ${schedule.seed})`
    case 'constant':
      return say`${positionText('ratePerSecond', schedule.ratePerSecond)} (constant)`
    case 'silent':
      return said('no event at all')
  }
}

function variedText(sweep: MeasuredScenario['scenario']['sweep']): Text {
  if (!sweep) return ''
  const { axis, values } = sweep
  return isNumeric(axis)
    ? say`Varied: ${said(axisTitles[axis])}: ${values.map((value) => value.toLocaleString('en-US')).join(', ')}.`
    : say`Varied: ${inParts(values.map((value) => positionText(axis, value)))}.`
}
