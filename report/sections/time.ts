import type { Observation, Row } from '../../results/observation.ts'
import { registryPosition, titleOf } from '../analysis/cells.ts'
import { type WaterfallSpec, waterfallSvg } from '../charts/svg/waterfall.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { list, say, sentences, type Text } from '../words/say.ts'
import { scrolling, section } from './section.ts'

/** One technique's first seconds, read off the rows of the experiment. */
interface Lane {
  technique: string
  title: Text
  rows: readonly Row[]
  /** When the first event was there, from the subscriber's first step on; null where none was. */
  firstEventUs: number | null
  connections: number
  requests: number
}

const INTERVALS = ['connect', 'request', 'wait', 'receive'] as const

/** Section 7: what a subscriber's connections do in its first seconds. */
export function timeSection(observation: Observation | undefined): Html {
  if (!observation || observation.unavailable !== null || observation.rows.length === 0)
    return section(
      'time',
      html`<p>This run has not looked at the first seconds of a subscription: the experiment first-seconds does.</p>`,
    )
  const lanes = lanesOf(observation.rows)
  const spec: WaterfallSpec = {
    id: 'first-seconds',
    question: observation.question,
    conclusion: conclusionOf(lanes),
    toUs: Math.max(...observation.rows.map(({ toUs }) => Number(toUs) || 0)),
    lanes: lanes.map(({ technique, title, rows }) => ({
      name: title,
      rows: connectionsOf(rows).map((connection) =>
        connection.flatMap((row) => {
          const kind = INTERVALS.find((one) => one === row.kind)
          return kind ? [{ kind, fromUs: Number(row.fromUs), toUs: Number(row.toUs) }] : []
        }),
      ),
      published: instants(observation.rows, technique, 'published'),
      received: instants(rows, technique, 'event'),
    })),
  }
  return section(
    'time',
    html`<p class="expectation"><b>Expected:</b> <span>${observation.expectation}</span></p>
<figure class="chart wide"><figcaption><h3 id="first-seconds-q">${spec.question}</h3><p class="conclusion">${spec.conclusion}</p></figcaption>
<div class="plate" tabindex="0" role="group" aria-labelledby="first-seconds-q">${waterfallSvg(spec)}</div>
<details class="values"><summary>The same as a table</summary>${table(lanes, observation.rows)}</details></figure>`,
  )
}

function lanesOf(rows: readonly Row[]): Lane[] {
  const byTechnique = Map.groupBy(
    rows.filter(({ kind }) => kind !== 'published'),
    ({ technique }) => String(technique),
  )
  return [...byTechnique]
    .map(([technique, own]) => {
      const events = own.filter(({ kind }) => kind === 'event').map(({ toUs }) => Number(toUs))
      return {
        technique,
        title: titleOf(technique),
        rows: own,
        firstEventUs: events.length > 0 ? Math.min(...events) : null,
        connections: connectionsOf(own).length,
        requests: own.filter(({ kind }) => kind === 'request').length,
      }
    })
    .sort((a, b) => registryPosition(a.technique) - registryPosition(b.technique))
}

function connectionsOf(rows: readonly Row[]): Row[][] {
  const ofConnections = rows.filter(({ kind }) => INTERVALS.some((one) => one === kind))
  return [...Map.groupBy(ofConnections, ({ lane }) => Number(lane))]
    .sort(([a], [b]) => a - b)
    .map(([, connection]) => connection)
}

function instants(rows: readonly Row[], technique: string, kind: string) {
  return rows
    .filter((row) => row.kind === kind && (row.technique === technique || row.technique === ''))
    .map(({ seq, fromUs }) => ({ seq: Number(seq), atUs: Number(fromUs) }))
}

function conclusionOf(lanes: readonly Lane[]): Text {
  const timed = lanes
    .flatMap((lane) => (lane.firstEventUs === null ? [] : [{ ...lane, us: lane.firstEventUs }]))
    .sort((a, b) => a.us - b.us)
  const [first, last] = [timed[0], timed.at(-1)]
  if (!first || !last) return say`No event arrived.`
  const one = lanes.filter(({ requests }) => requests === 1).map(({ title }) => title)
  const several = lanes.filter(({ requests }) => requests > 1)
  return sentences([
    say`The first event was there after ${format.us(first.us)} with ${first.title}, after ${format.us(last.us)} with ${last.title}.`,
    one.length > 0 ? say`One request was enough for ${list(one)};` : '',
    several.length > 0
      ? say`${list(several.map(({ title, requests }) => say`${title} made ${requests}`))} in the same time.`
      : '',
  ])
}

function table(lanes: readonly Lane[], all: readonly Row[]): Html {
  const headings = [
    'Technique',
    'Connections',
    'Requests',
    'First event',
    'Time connecting',
    'Time waiting',
    'Time receiving',
    'Delay of each event',
  ]
  const row = ({ technique, title, rows, connections, requests, firstEventUs }: Lane) => {
    const total = (kind: string) =>
      rows
        .filter((one) => one.kind === kind)
        .reduce((sum, { fromUs, toUs }) => sum + Number(toUs) - Number(fromUs), 0)
    const published = instants(all, technique, 'published')
    const delays = instants(rows, technique, 'event').map(({ seq, atUs }) => {
      const at = published.find((one) => one.seq === seq)?.atUs
      return at === undefined ? '-' : format.us(atUs - at)
    })
    return html`<tr data-technique="${technique}"><th scope="row">${title}</th><td>${connections}</td><td>${requests}</td><td>${firstEventUs === null ? '-' : format.us(firstEventUs)}</td><td>${format.us(total('connect'))}</td><td>${format.us(total('wait'))}</td><td>${format.us(total('receive'))}</td><td>${delays.join(', ')}</td></tr>
`
  }
  return scrolling(
    'First seconds',
    html`<table class="figures"><thead><tr>${headings.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${lanes.map(row)}</tbody></table>`,
  )
}
