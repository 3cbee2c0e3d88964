import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Cell, figureOf, type MeasuredScenario } from '../report/analysis/cells.ts'
import { measuredScenarios } from '../report/analysis/measured-scenarios.ts'
import { answersOf } from '../report/analysis/needs.ts'
import { readRun } from '../results/store.ts'
import { entryOf } from '../server/registry.ts'
import { codeIn, commandsIn, files, pages, ROOT } from './fixture/readmes.ts'

/** What documentation says of files is true, and it is as short as a page that is read. */

const bytes = (text: string) => Buffer.byteLength(text)
const lines = (text: string) => text.trimEnd().split('\n').length
const folders = new Set(files.flatMap((file) => above(dirname(file))))
/** What a reader or a run makes. */
const OF_THE_READER = ['my-scenario.json', 'mine.json', 'pushlab-lesson-2.json', 'run.json']
const names = new Set(files.flatMap((file) => file.split('/')))

function above(folder: string): string[] {
  return folder === '.' ? [folder] : [folder, ...above(dirname(folder))]
}

test('the README fits 200 lines and 14 kB, and that of a room 40 lines and 3 kB', () => {
  const tooLong = pages.flatMap(({ file, folder, text }) => {
    const [mostLines, mostBytes] = folder === '.' ? [200, 14_336] : [40, 3_072]
    // What was checked and corrected has no room of twenty files to be the way into.
    const isFree = folder === 'results/model'
    const fits = lines(text) <= mostLines && bytes(text) <= mostBytes
    return isFree || fits ? [] : [`${file}: ${lines(text)} lines, ${bytes(text)} bytes`]
  })
  expect(tooLong).toEqual([])
})

test('every room of more than twenty files says what comes in, what goes out and where to begin', () => {
  const rooms = [...folders].filter((folder) => {
    const own = files.filter((file) => dirname(file) === folder && /\.(tsx?|c)$/.test(file))
    return own.length > 20
  })
  expect(rooms.length).toBeGreaterThan(10)
  const silent = rooms.filter((room) => {
    const page = pages.find(({ folder, file }) => folder === room && file.endsWith('README.md'))
    return (
      !page ||
      !/\*\*In:\*\*/.test(page.text) ||
      !/\*\*Out:\*\*/.test(page.text) ||
      !/[Bb]egin with/.test(page.text)
    )
  })
  expect(silent).toEqual([])
})

describe.each(pages.map((page) => [page.file, page] as const))('%s', (_, page) => {
  test('links to what is there', () => {
    const links = [...page.text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to)
    const broken = links.filter(
      (to) => !/^https?:/.test(to) && !existsSync(join(ROOT, page.folder, to.replace(/#.*/, ''))),
    )
    expect(broken).toEqual([])
  })

  test('names files and folders that are there', () => {
    const missing = codeIn(page).filter((code) => {
      // What has a placeholder, is an address, an ending alone, or is written by a run, is no file of the repository.
      if (!/^[\w-][\w./-]*(\.(tsx?|m?js|json|c|css|md)|\/)$/.test(code) || OF_THE_READER.includes(code))
        return false
      const path = code.replace(/\/$/, '')
      const places = [page.folder, '.', dirname(page.folder)].map((folder) => normalize(join(folder, path)))
      const isThere = places.some((place) => files.includes(place) || folders.has(place))
      // A name alone may be of a room that the text speaks of.
      return !isThere && (path.includes('/') || !names.has(path))
    })
    expect(missing).toEqual([])
  })
})

test('make’s targets that pages name are there, and so are npm’s scripts', () => {
  const makefile = readFileSync(join(ROOT, 'Makefile'), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
  const unknown = pages.flatMap(commandsIn).filter((command) => {
    const [, tool, name] = command.match(/^(make|npm run) ([a-z-]+)/) ?? []
    if (tool === 'make') return !new RegExp(`^${name}:`, 'm').test(makefile)
    return tool !== undefined && !((name as string) in scripts)
  })
  expect(unknown).toEqual([])
})

describe('README’s answer', () => {
  const { run, records } = readRun(join(ROOT, 'results/reference'))
  const main = measuredScenarios(records, run)[0] as MeasuredScenario
  const readme = pages.find(({ file }) => file === 'README.md')?.text ?? ''
  const rows = [...readme.matchAll(/^\| ([^|,]+)[^|]* \| ([\d.]+) ms \| ([\d.]+) \| ([\d.]+) \|$/gm)]

  test.each(rows.map(([, title = '', ...figures]) => [title, figures] as const))(
    'has the figures of the reference run: %s',
    (title, shown) => {
      const cell = main.cells.find(
        ({ technique }) => entryOf(technique)?.title.toLowerCase() === title.toLowerCase(),
      ) as Cell
      const [delayUs = Number.NaN, bytesEach = Number.NaN, requests = Number.NaN] = (
        ['p50Us', 'bytesPerEvent', 'requestsPerEvent'] as const
      ).map((figure) => figureOf(cell, figure).value)
      const digits = (text = '') => text.split('.')[1]?.length ?? 0
      const measured = [delayUs / 1e3, bytesEach, requests]
      expect(shown).toEqual(measured.map((value, i) => value.toFixed(digits(shown[i]))))
    },
  )

  test('takes what the reference run picks', () => {
    const picks = Object.fromEntries(
      answersOf(main).map(({ need, picks: cells }) => [need.id, cells.map(({ technique }) => technique)]),
    )
    expect(rows.length).toBe(4)
    expect(picks['plain-http']).toContain('sse')
    for (const need of ['delay', 'bytes', 'two-way']) expect(picks[need]).toEqual(['websocket'])
  })
})
