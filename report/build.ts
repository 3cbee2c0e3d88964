import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Observation } from '../results/observation.ts'
import { packRun } from '../results/pack.ts'
import type { ProfileLink } from '../results/profiles.ts'
import type { ResultRecord, Run } from '../results/record.ts'
import type { MeasuredScenario } from './analysis/cells.ts'
import type { ReadRun } from './analysis/compare.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { upperEnds } from './analysis/merged.ts'
import { mainScenario } from './analysis/needs.ts'
import { digest, pageScript } from './bundle.ts'
import { specsIn } from './charts/figure.ts'
import { evidenceOf } from './claims/evidence.ts'
import { type Html, html } from './html.ts'
import { alarm } from './sections/alarm.ts'
import { changedSection } from './sections/changed.ts'
import { claimsSection } from './sections/claims.ts'
import { compareSection } from './sections/compare.ts'
import { delaySection } from './sections/delay.ts'
import { factsSection } from './sections/facts.ts'
import { homeOf, homeOfExperiment } from './sections/home.ts'
import { methodSection } from './sections/method.ts'
import { networkSection } from './sections/network.ts'
import { pickSection } from './sections/pick.ts'
import { questions, type SectionId } from './sections/section.ts'
import { serverSection } from './sections/server.ts'
import { steadySection } from './sections/steady.ts'
import { timeSection } from './sections/time.ts'
import { trustSection } from './sections/trust.ts'
import { wireSection } from './sections/wire.ts'
import { otherWords, spokenData, writtenIn } from './words/bilingual.ts'
import { catalogues } from './words/catalogue.ts'
import { type Language, say, type Text } from './words/say.ts'

const STYLE = ['page/style.css', 'charts/svg/svg.css', 'wire/wire.css', 'page/print.css']
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n')

export interface ReportOptions {
  /** Of the text that stands in the markup; the other is one click away where scripts run. Default English. */
  language?: Language
  /** An earlier run to compare with. */
  against?: ReadRun
  /** Profiles of the server that lie beside the run. */
  profiles?: readonly ProfileLink[]
}

/** A file larger than this opens slowly, and no mail takes it. */
const MOST_BYTES = 1_500_000

/**
 * The report: one HTML file that holds all it needs, its records too. A pure function: the same run gives the same
 * bytes. It can be read without scripts; with them charts answer, tables open, and the language changes. Where it would
 * be larger than 1.5 MB, the charts behind folds are left to the page's script.
 */
export function buildReport(
  run: Run,
  records: readonly ResultRecord[],
  observations: readonly Observation[] = [],
  options: ReportOptions = {},
): string {
  const measured = measuredScenarios(records, run)
  const write = (scenarios: readonly MeasuredScenario[]) =>
    pageOf({ run, records, observations, scenarios }, options)
  const page = write(measured)
  if (Buffer.byteLength(page) <= MOST_BYTES) return page
  return write(measured.map((scenario) => ({ ...scenario, isUndrawn: true })))
}

/** What a page is made of. */
interface ReportSource {
  run: Run
  records: readonly ResultRecord[]
  observations: readonly Observation[]
  scenarios: readonly MeasuredScenario[]
}

function pageOf(
  { run, records, observations, scenarios }: ReportSource,
  { language = 'en', against, profiles = [] }: ReportOptions,
): string {
  const main = mainScenario(scenarios)
  const packed = packRun(run, inOrder(records), inOrder(observations), {
    histogram: ({ scenario }) => !scenario.sweep && !scenario.search,
    tail: tailsOf(scenarios),
    timeline: ({ scenario }) => scenario.name === main?.scenario.name,
  })
  const data = JSON.stringify(packed)
  const checksum = hexDigest(data)
  const body = bodyOf({ run, records, observations, scenarios, against, profiles, checksum })
  const written = writtenIn(language, body)
  const other = otherWords(written, writtenIn(language === 'en' ? 'zh' : 'en', body))
  const specs = spokenData(specsIn(body))
  const rows = spokenData(observations.map((observation) => observation.rows))
  const words = JSON.stringify({
    language,
    other,
    specs: specs.data,
    words: {
      ...catalogues.page,
      ...catalogues.analysis,
      ...catalogues.titles,
      ...rows.words,
      ...specs.words,
    },
  })
  const script = pageScript()
  const csp = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${writtenIn(language, html`${say`Which push technique? pushlab, run ${run.run}`}`)}</title>
<style>${STYLE}</style>
</head>
<body>
${written}
<script type="text/plain" id="words">${compressed(words)}</script>
<script type="text/plain" id="data">${compressed(data)}</script>
<script>${script}</script>
</body>
</html>
`
}

interface Parts extends ReportSource {
  against: ReadRun | undefined
  profiles: readonly ProfileLink[]
  checksum: string
}

function bodyOf({ run, records, observations, scenarios, against, profiles, checksum }: Parts): Html {
  const evidence = evidenceOf(scenarios, observations, run.failures)
  const main = mainScenario(scenarios)
  const at = (id: SectionId) => scenarios.filter((measured) => measured !== main && homeOf(measured) === id)
  const seen = (id: SectionId) => observations.filter(({ experiment }) => homeOfExperiment(experiment) === id)
  const observed = (name: string) => observations.find(({ experiment }) => experiment === name)
  return html`<a class="skip" href="#pick">To the answer</a>
<header>
<h1>How should a server push events to a web page?</h1>
<p class="note"><b class="brand" translate="no">pushlab</b> <span>${runText(run, records)}</span></p>
<div id="tools" hidden></div>
<nav aria-label="Sections"><ol>${questions.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>
</header>
<main>
${alarm(run, records)}
${pickSection(scenarios, evidence, run)}
${trustSection(run, scenarios, records)}
${compareSection(scenarios, at('compare'), evidence, observed('first-seconds'), run)}
${delaySection(scenarios, at('delay'), run)}
${steadySection(scenarios)}
${wireSection(scenarios, at('wire'), observed('wire-bytes'), run)}
${timeSection(scenarios, at('time'), observed('first-seconds'), run)}
${serverSection(scenarios, at('server'), evidence, seen('server'), run)}
${networkSection(at('network'), evidence, seen('network'), run)}
${claimsSection(evidence)}
${changedSection({ run, records }, against)}
${factsSection(run, records, observations)}
${methodSection(run, checksum, records, profiles)}
</main>`
}

/** Trials of searches are told apart, for nobody knows beforehand how many it takes. */
function runText(run: Run, records: readonly ResultRecord[]): Text {
  const { cores } = run.environment
  const [searched, planned] = [true, false].map(
    (isSearch) => records.filter(({ scenario }) => (scenario.search !== undefined) === isSearch).length,
  ) as [number, number]
  const day = run.startedAt.slice(0, 10)
  return searched > 0
    ? say`Run ${run.run}, ${planned} trials and ${searched} of searches on ${cores} cores, ${day}.`
    : say`Run ${run.run}, ${planned} trials on ${cores} cores, ${day}.`
}

/** What a page reads the p99 of cells from, for it decodes no histograms. */
function tailsOf(scenarios: readonly MeasuredScenario[]): (record: ResultRecord) => number[] {
  const cells = scenarios.flatMap((measured) => measured.cells)
  const tails = new Map(cells.flatMap(({ records }) => upperEnds(records, 0.99)))
  return (record) => tails.get(record) ?? []
}

/** In an order that does not hang on how files were read. */
function inOrder<Kept extends ResultRecord | Observation>(kept: readonly Kept[]): Kept[] {
  const key = (one: Kept) =>
    'experiment' in one
      ? one.experiment
      : [one.scenario.name, one.technique, one.point.at?.value ?? '', one.copy, one.trial].join(' ')
  return kept
    .map((one) => ({ one, key: key(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one)
}

/** What a page can inflate: gzip, then base64, for bytes do not stand in markup. */
function compressed(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64')
}

function hexDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
