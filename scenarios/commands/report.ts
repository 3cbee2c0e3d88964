import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildReport, type ReportOptions } from '../../report/build.ts'
import type { Language } from '../../report/words/say.ts'
import { profileLinks } from '../../results/profiles.ts'
import { latestRun } from '../../results/runs.ts'
import { type MeasuredRun, readRun, writeWhole } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'

/** Always the latest report, whatever the run's folder. */
const LATEST = fileURLToPath(new URL('../../report/index.html', import.meta.url))

/** `pushlab report [RUN] [--against OLD] [--lang zh]`: records to HTML, again. */
export function report(
  folder: string = latestRun(),
  { against, lang = 'en' }: { against?: string; lang?: Language } = {},
): void {
  const options = { language: lang, ...(against && { against: readRun(against) }) }
  console.log(writeReport(folder, readRun(folder), options))
}

/** Writes a run's report into its folder and as report/index.html; returns the path to tell people. */
export function writeReport(
  folder: string,
  { run, records, observations }: MeasuredRun,
  options: Pick<ReportOptions, 'language' | 'against'> = {},
): string {
  const file = join(folder, 'index.html')
  const profiles = profileLinks(folder)
  // The latest report lies elsewhere, and its links have to lead there.
  const fromLatest = relative(dirname(LATEST), folder).replaceAll(sep, '/')
  const html = buildReport(run, records, observations, { ...options, profiles })
  const latest =
    profiles.length === 0
      ? html
      : buildReport(run, records, observations, {
          ...options,
          profiles: profiles.map(({ title, path }) => ({ title, path: `${fromLatest}/${path}` })),
        })
  writeWhole(file, html)
  try {
    writeWhole(LATEST, latest)
  } catch (error) {
    // Of a checkout that is not ours to write into: the report is where it was asked for.
    if (!(error instanceof PushlabError)) throw error
    console.error(`${relative('.', LATEST)} is not of this run. ${error.message}`)
  }
  return `Report: ${relative('.', file)}`
}
