import { expect, test } from 'vitest'
import type { MeasuredRun } from '../results/store.ts'
import { type Cell, figureOf } from './analysis/cells.ts'
import { type FigureName, figures } from './analysis/figures.ts'
import { badgeFor, checkNoise, checkRun } from './analysis/gate.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { runBadges } from './analysis/run-badges.ts'
import { buildReport } from './build.ts'
import { evidenceOf } from './claims/evidence.ts'
import { judgeAll, numberText } from './claims/judge.ts'
import { goldenRuns, strayGoldenFiles } from './fixture/golden-runs.ts'
import { questions } from './sections/section.ts'
import { scenarioSentences } from './sentences/scenario.ts'
import { faultLines, summaryTables } from './sentences/summary.ts'
import type { Language } from './words/say.ts'

/**
 * A change that means to change no figure, badge, finding, verdict or sentence changes none of these files. One that
 * does means each line that its commit changes here: npx vitest run report/golden.test.ts -u
 */
test.each(Object.keys(goldenRuns))('all that is said of the run %s is as it was', async (name) => {
  const golden = describeRun(
    goldenRuns[name]?.() ?? expect.fail(),
    name === 'reference' ? ['en', 'zh'] : ['en'],
  )
  await expect(`${JSON.stringify(golden, null, 1)}\n`).toMatchFileSnapshot(`fixture/golden/${name}.json`)
})

test('no golden file is of a run that is no longer made', () => {
  expect(strayGoldenFiles()).toEqual([])
})

/** @param languages that the page's sentences are kept in. */
function describeRun({ run, records, observations }: MeasuredRun, languages: readonly Language[]) {
  const scenarios = measuredScenarios(records, run)
  return {
    run: checkRun(run),
    badges: runBadges(scenarios),
    noise: checkNoise(scenarios[0]?.pair) ?? null,
    scenarios: scenarios.map((measured) => ({
      scenario: measured.scenario.name,
      unranked: measured.unranked ?? null,
      sentences: scenarioSentences(measured, run),
      cells: measured.cells.map(describeCell),
    })),
    claims: judgeAll(evidenceOf(scenarios, observations, run.failures)).map(
      ({ claim, badge, judgement: { verdict, because, numbers } }) => ({
        claim: claim.id,
        verdict,
        badge,
        because,
        numbers: numbers.map((number) => `${number.what}: ${numberText(number)} (${number.badge})`),
      }),
    ),
    terminal: [summaryTables(scenarios, run.failures), ...faultLines(scenarios)].join('\n').split('\n'),
    page: Object.fromEntries(
      languages.map((language) => {
        const page = buildReport(run, records, observations, { language })
        return [language, Object.fromEntries(questions.map(({ id }) => [id, linesOf(page, id)]))]
      }),
    ),
  }
}

function describeCell(cell: Cell) {
  const { technique, copy, point } = cell
  return {
    technique,
    ...(copy === 2 && { copy }),
    ...(point.at && { at: point.at.value }),
    trials: cell.records.map(({ trial }) => trial).join(' '),
    counted: badgeFor(cell, 'counted'),
    wire: badgeFor(cell, 'wire'),
    compared: badgeFor(cell, 'delay', 'compared'),
    absolute: badgeFor(cell, 'delay', 'absolute'),
    cost: badgeFor(cell, 'cost'),
    findings: cell.findings.map(({ check, touches, reason, remedy }) =>
      [check, JSON.stringify(touches), reason, remedy].join(' | '),
    ),
    figures: Object.fromEntries(
      (Object.keys(figures) as FigureName[]).map((name) => [name, JSON.stringify(figureOf(cell, name))]),
    ),
  }
}

/** A section of the page as lines: one for each block, row of a table or label that is read out; no drawing. */
function linesOf(page: string, id: string): string[] {
  const section = page.match(new RegExp(`<section id="${id}"(.*?)</section>`, 's'))?.[1] ?? ''
  return section
    .replaceAll(/<svg[^>]*?(?: aria-label="([^"]*)")?[^>]*>.*?<\/svg>/gs, '\n$1\n')
    .replaceAll(/<\/(?:p|li|tr|h2|h3|summary|figcaption|dd|dt|caption)>/g, '\n')
    .replaceAll(/<\/t[hd]>/g, ' | ')
    .replaceAll(/<[^>]*>/g, ' ')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}
