import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import { preliminaryTable } from '../../report/sentences/summary.ts'
import type { Failure, ResultRecord } from '../../results/record.ts'
import { Screen } from './screen.ts'
import { type TimeLeft, timeText } from './time-left.ts'

/** What is shown of a run as it goes. */
export interface Display {
  /** @param scenario of a trial. */
  began(current: string, scenario?: string): void
  ended(outcome: string, result?: ResultRecord | Failure): void
  stop(): void
}

const BAR_COLUMNS = 20

/**
 * On a terminal: a table of each scenario as far as it is measured, and below what is measured now and how long all takes yet. All
 * tables where they find room, else the one of the present scenario. Drawn anew each second, and when the terminal changes its size.
 * @param before records of a run that is resumed.
 */
export function liveTables(
  before: readonly ResultRecord[],
  left: TimeLeft,
  stream: NodeJS.WriteStream,
): Display {
  const screen = new Screen(stream)
  const records = [...before]
  const failures: Failure[] = []
  /** By the scenario. A table takes some ms, and is made only where something changes in it. */
  const tables = new Map<string, string[]>()
  let [current, present] = ['getting ready', '']
  const update = (scenarioName?: string) => {
    const concerned = records.filter(({ scenario }) => (scenarioName ?? scenario.name) === scenario.name)
    for (const measured of measuredScenarios(concerned))
      tables.set(measured.scenario.name, preliminaryTable(measured, failures, screen.columns - 1))
  }
  const draw = () => {
    const done = Math.round(BAR_COLUMNS * left.share)
    const bar = `${'\u2588'.repeat(done)}${'\u2591'.repeat(BAR_COLUMNS - done)}`
    const failed = failures.length > 0 ? `, ${failures.length} failed` : ''
    const status = [`${bar} ${timeText(left)}${failed}`, current]
    const height = screen.rows - 1 - status.length
    const all = [...tables.values()].flatMap((table) => [...table, ''])
    const own = tables.get(present) ?? []
    const shown = all.length <= height ? all : [...own.slice(0, Math.max(0, height - 1)), '']
    screen.draw([...shown, ...status])
  }
  const resize = () => {
    update()
    draw()
  }
  const everySecond = setInterval(draw, 1_000)
  stream.on('resize', resize)
  resize()
  return {
    began(what, scenario = present) {
      current = what
      present = scenario
      draw()
    },
    ended(_, result) {
      if (!result) return
      if ('reason' in result) failures.push(result)
      else records.push(result)
      update(present)
    },
    stop() {
      clearInterval(everySecond)
      stream.off('resize', resize)
      screen.clear()
    },
  }
}
