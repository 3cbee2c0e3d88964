import { gunzipSync } from 'node:zlib'
import { type PackedRun, unpackRun } from '../results/pack.ts'
import type { MeasuredRun } from '../results/store.ts'

/** A finished page as tests read it: what is in sight, its tables, and the records that it carries. */

export interface TableCell {
  text: string
  /** What stands in small type under the value: its range, how it compares. */
  small: string[]
  /** The value alone, without what is small. */
  value: string
  isStruck: boolean
}

export interface TableRow {
  /** Of the element's `data-technique`. */
  technique: string | undefined
  id: string | undefined
  isFailing: boolean
  /** The row's heading. */
  name: string
  cells: TableCell[]
}

export interface Table {
  /** What the region around it is called. */
  label: string
  className: string
  headings: string[]
  rows: TableRow[]
}

/** All that a reader sees or hears, with what is folded, without data and scripts. */
export function textOf(page: string): string {
  return plain(bodyOf(page))
}

/** What is read out instead of seen: the labels of drawings and regions. */
export function labelsOf(page: string): string[] {
  return [...bodyOf(page).matchAll(/ aria-label="([^"]*)"/g)].map(([, label = '']) => unescaped(label))
}

/** The markup of one section; empty where the page has none. */
export function sectionOf(page: string, id: string): string {
  return bodyOf(page).match(new RegExp(`<section id="${id}"(.*?)</section>`, 's'))?.[0] ?? ''
}

/** Some markup as text: one blank where tags and blanks are. */
export function plain(markup: string): string {
  return unescaped(markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).trim()
}

/** The tables of some markup, in their order. */
export function tablesIn(page: string): Table[] {
  // Not those that the page's script has ready.
  const [markup = ''] = page.split('<script')
  return [...markup.matchAll(/<table class="([^"]*)">(.*?)<\/table>/gs)].map((found) => {
    const [, className = '', inner = ''] = found
    const before = markup.slice(0, found.index)
    const [, label = ''] = before.match(/aria-label(?:ledby)?="([^"]*)">(?:(?!<div).)*$/s) ?? []
    const head = inner.match(/<thead>(.*?)<\/thead>/s)?.[1] ?? ''
    const rows = [...inner.replace(/<thead>.*?<\/thead>/s, '').matchAll(/<tr([^>]*)>(.*?)<\/tr>/gs)]
    return {
      label: unescaped(label),
      className,
      headings: [...head.matchAll(/<th[^>]*>(.*?)<\/th>/gs)].map(([, text = '']) => plain(text)),
      rows: rows.map(([, attributes = '', row = '']) => ({
        technique: attributes.match(/data-technique="([^"]*)"/)?.[1],
        id: attributes.match(/ id="([^"]*)"/)?.[1],
        isFailing: attributes.includes('class="failing"'),
        name: plain(row.match(/<th[^>]*>(.*?)<\/th>/s)?.[1] ?? ''),
        cells: [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cellOf(cell)),
      })),
    }
  })
}

function cellOf(markup: string): TableCell {
  return {
    text: plain(markup),
    value: plain(markup.replaceAll(/<small.*?<\/small>/gs, '')),
    small: [...markup.matchAll(/<small[^>]*>(.*?)<\/small>/gs)].map(([, text = '']) => plain(text)),
    isStruck: /^<s>.*<\/s>$/s.test(markup.trim()),
  }
}

/** The cell of a table, by its row and its column's heading. */
export function cellAt(table: Table, technique: string, heading: string): TableCell {
  const row = table.rows.find((one) => one.technique === technique)
  // The first heading is that of the rows' names.
  const cell = row?.cells[table.headings.indexOf(heading) - 1]
  if (!cell) throw new Error(`No ${heading} of ${technique} in ${JSON.stringify(table.headings)}`)
  return cell
}

/** The figures of charts that are data in the page, by the chart's id: its conclusion, its unit, its table. */
export function chartsIn(markup: string): { id: string; conclusion: string; unit: string; table: Table }[] {
  return [...markup.matchAll(/<figure class="chart[^"]*" data-chart="([^"]*)">(.*?)<\/figure>/gs)].map(
    ([, id = '', inner = '']) => {
      const part = (name: string) =>
        plain(inner.match(new RegExp(`<p class="${name}">(.*?)</p>`, 's'))?.[1] ?? '')
      const [table] = tablesIn(inner)
      if (!table) throw new Error(`No table under the chart ${id}`)
      return { id: unescaped(id), conclusion: part('conclusion'), unit: part('unit'), table }
    },
  )
}

/** The run that a page carries, taken out as its own script does: base64, gzip, JSON, columns. */
export function embeddedRun(page: string): MeasuredRun {
  return unpackRun(JSON.parse(embedded(page, 'data')) as PackedRun)
}

/** The text of one of the page's compressed elements. */
export function embedded(page: string, id: 'data' | 'words'): string {
  const base64 = page.match(
    new RegExp(`<script type="text/plain" id="${id}">([A-Za-z0-9+/=]+)</script>`),
  )?.[1]
  if (!base64) throw new Error(`The page has no ${id}`)
  return gunzipSync(Buffer.from(base64, 'base64')).toString()
}

function bodyOf(page: string): string {
  const body = page.slice(page.indexOf('<body>'))
  return body.slice(0, body.indexOf('<script'))
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

function unescaped(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] as string)
}
