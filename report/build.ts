import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Observation } from '../results/observation.ts'
import { packRun } from '../results/pack.ts'
import type { ProfileLink } from '../results/profiles.ts'
import type { ResultRecord, Run } from '../results/record.ts'
import { alarm } from './alarm.ts'
import { measuredScenarios } from './analysis/cells.ts'
import { evidenceOf } from './claims/evidence.ts'
import { claimsSection } from './claims-section.ts'
import { experimentsSection } from './experiments-section.ts'
import { foundSection } from './found.ts'
import { Html, html, json } from './html.ts'
import { methodSection } from './method.ts'
import { modelSection } from './model-section.ts'
import { publishedSection } from './published-section.ts'
import { chartsOf, scenarioSection } from './scenario.ts'
import { techniquesSection } from './techniques.ts'
import { trustSection } from './trust.ts'

const page = (file: string) => readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8')
const STYLE = page('style.css')
// The package exports no path to its bundle for pages, which lies beside its entry.
const CHART_JS = readFileSync(new URL('./chart.umd.min.js', import.meta.resolve('chart.js')), 'utf8').replace(
  /\n\/\/# sourceMappingURL=.*/,
  '',
)
const SCRIPT = `${CHART_JS}\n${page('charts.js')}`.replaceAll('</script', '<\\/script')

/**
 * The report: one HTML file that holds all it needs, its records too. A pure function: the same run gives the same
 * bytes. It can be read without scripts; with them the charts are drawn.
 */
export function buildReport(
  run: Run,
  records: readonly ResultRecord[],
  observations: readonly Observation[] = [],
  profiles: readonly ProfileLink[] = [],
): string {
  const scenarios = measuredScenarios(records)
  const sections = scenarios.map((measured) => ({ measured, charts: chartsOf(measured) }))
  const techniques = techniquesSection(run, records)
  const evidence = evidenceOf(records, observations, run.failures)
  const closing = [
    { id: 'claims', name: 'Claims', section: claimsSection(evidence) },
    { id: 'published', name: 'Published', section: publishedSection(evidence) },
    { id: 'model', name: 'Theory', section: modelSection(scenarios) },
    { id: 'experiments', name: 'Experiments', section: experimentsSection(run, observations) },
  ].filter(({ section }) => section.markup !== '')
  const csp = [
    "default-src 'none'",
    `script-src '${digest(SCRIPT)}'`,
    `style-src '${digest(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Which push technique? pushlab, run ${run.run}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<p class="brand">pushlab</p>
<h1>How should a server push events to a web page?</h1>
<p>Run ${run.run}, ${records.length} trials on ${run.environment.cores} cores, ${run.startedAt.slice(0, 10)}.</p>
<nav aria-label="Sections"><a href="#found">Found</a> <a href="#trust">Trust</a> ${techniques.markup !== '' && html`<a href="#techniques">Techniques</a> `}${scenarios.map(
    ({ scenario: { name } }) => html`<a href="#${name}">${name}</a> `,
  )}${closing.map(({ id, name }) => html`<a href="#${id}">${name}</a> `)}<a href="#method">Method</a></nav>
</header>
<main>
${alarm(run, records)}
${foundSection(scenarios, run)}
${trustSection(run, scenarios, records)}
${techniques}
${sections.map(({ measured, charts }) => scenarioSection(measured, charts, run))}
${closing.map(({ section }) => section)}
${methodSection(run, profiles)}
</main>
<script type="application/json" id="chart-specs">${json(sections.flatMap(({ charts }) => charts))}</script>
<script type="application/json" id="records">${json(packRun(run, records, observations))}</script>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`
  return document.markup
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
