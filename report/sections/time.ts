import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import { type FirstSecondsRow, firstSecondsRows } from '../../results/rows/first-seconds.ts'
import { entryOf } from '../../server/registry.ts'
import {
  type Cell,
  isCandidate,
  type MeasuredScenario,
  registryPosition,
  titleOf,
} from '../analysis/cells.ts'
import { timedScenario } from '../analysis/needs.ts'
import { chartFigure } from '../charts/figure.ts'
import { costParts, delayParts, partNames, partsChart, partsOf, sumOf } from '../charts/parts.ts'
import { type WaterfallSpec, waterfallSvg } from '../charts/svg/waterfall.ts'
import { readRows } from '../claims/read-rows.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { median } from '../statistics/median.ts'
import { list, parts, said, say, sentences, type Text } from '../words/say.ts'
import { allRows, notMade } from './later.ts'
import { scenarioDetails } from './scenario.ts'
import { missing, section, table, wideFigure } from './section.ts'

/** One technique's first seconds, read off the rows of the experiment. */
interface Track {
  technique: string
  title: Text
  rows: readonly FirstSecondsRow[]
  /** From the first step to the end of the first answer on the connection that brought the first event; null where none did. */
  subscribedUs: number | null
  /** Of the events that were published after that, how late each was. */
  delaysUs: readonly number[]
  connections: number
  requests: number
}

const INTERVALS = ['connect', 'request', 'wait', 'receive'] as const

/** Section 7: what a delay is made of, what changes that, and what a subscriber's connections do in its first seconds. */
export function timeSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  observation: Observation | undefined,
  run: Run,
): Html {
  const main = timedScenario(scenarios)
  return section(
    'time',
    main && html`<h3>From schedule to application</h3>${partsOfDelays(main)}`,
    others.length > 0 &&
      html`<h3>What changes it?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
    html`<h3>The first seconds of a subscription</h3>${firstSeconds(observation)}`,
  )
}

/** The parts of the delays, and of what the client cost after them. */
function partsOfDelays(measured: MeasuredScenario): Html {
  const cells = measured.cells.filter(isCandidate)
  const sampled = cells.flatMap((cell) => partsOf(cell)?.subscribers ?? [])
  if (sampled.length === 0)
    return missing(
      say`What a delay is made of was not recorded in ${measured.scenario.name}.`,
      `-s ${measured.scenario.name}`,
    )
  const cellOf = (us: number) => html`<td>${format.us(us)}</td>`
  const headings = [
    ...['Technique', ...delayParts.map((part) => partNames[part]), 'Delay, mean'],
    ...[...costParts.map((part) => partNames[part]), 'Client’s cost, mean'],
  ]
  const row = (cell: Cell) => {
    const parts = partsOf(cell)
    const values = parts
      ? html`${delayParts.map((part) => cellOf(parts[part]))}${cellOf(sumOf(parts, delayParts))}${costParts.map((part) => cellOf(parts[part]))}${cellOf(sumOf(parts, costParts))}`
      : headings.slice(1).map(() => html`<td>not recorded</td>`)
    return html`<tr data-technique="${cell.technique}"><th scope="row">${cell.title}</th>${values}</tr>
`
  }
  return html`<p class="note">${say`Means over a seeded sample of ${Math.round(Math.min(...sampled))} subscribers and over trials: means add, medians do not. Fan-out is an event’s turn in the broadcast; the way is what remains until it arrived.`}</p>
<div class="charts one">${chartFigure(partsChart(`${measured.scenario.name}-parts`, measured))}</div>
${table('Parts of a delay', 'figures', headings, cells.map(row))}`
}

/** What a subscriber's connections do in its first seconds. */
function firstSeconds(observation: Observation | undefined): Html {
  if (!observation || observation.unavailable !== null || observation.rows.length === 0)
    return html`${observation && notMade(observation)}${missing('This run has not looked at the first seconds of a subscription.', '--experiment first-seconds')}`
  const read = readRows(observation, firstSecondsRows)
  if ('why' in read) return html`<p>${read.why}</p>${allRows(observation)}`
  const { rows } = read
  const tracks = tracksOf(rows)
  const spec: WaterfallSpec = {
    id: 'first-seconds',
    question: observation.question,
    conclusion: conclusionOf(tracks),
    toUs: Math.max(...rows.map(({ toUs }) => toUs)),
    tracks: tracks.map(({ technique, title, rows: own }) => ({
      name: title,
      rows: connectionsOf(own).map((connection) =>
        connection.flatMap(({ kind: of, fromUs, toUs }) => {
          const kind = INTERVALS.find((one) => one === of)
          return kind ? [{ kind, fromUs, toUs }] : []
        }),
      ),
      published: instants(rows, technique, 'published'),
      received: instants(own, technique, 'event'),
    })),
  }
  return html`<p class="expectation"><b>Expected:</b> <span>${observation.expectation}</span></p>
${wideFigure(spec, waterfallSvg(spec), tracksTable(tracks, rows))}
${allRows(observation)}`
}

/** The drawing of the first seconds in small, where another section leads to it; nothing where the run has none. */
export function firstSecondsInSmall(observation: Observation | undefined): Html {
  if (!observation || observation.unavailable !== null || observation.rows.length === 0) return html``
  const read = readRows(observation, firstSecondsRows)
  if ('why' in read) return html``
  // About as high as it is drawn: it is fitted into this.
  const height = 110 + 40 * tracksOf(read.rows).length
  return html`<figure><figcaption><h3>${observation.question}</h3></figcaption>
<a class="plate" href="#time"><svg class="drawing" viewBox="0 0 640 ${height}" role="img" aria-label="${observation.question}"><use href="#first-seconds-drawing"/></svg></a></figure>`
}

function tracksOf(rows: readonly FirstSecondsRow[]): Track[] {
  const byTechnique = Map.groupBy(
    rows.filter(({ kind }) => kind !== 'published'),
    ({ technique }) => technique,
  )
  return [...byTechnique]
    .map(([technique, own]) => {
      const subscribedUs = subscribedAfterUs(own)
      const published = instants(rows, technique, 'published')
      const delaysUs = instants(own, technique, 'event').flatMap(({ seq, atUs }) => {
        const at = published.find((one) => one.seq === seq)?.atUs
        return at === undefined || subscribedUs === null || at < subscribedUs ? [] : [atUs - at]
      })
      return {
        ...{ technique, title: titleOf(technique), rows: own, subscribedUs, delaysUs },
        connections: connectionsOf(own).length,
        requests: own.filter(({ kind }) => kind === 'request').length,
      }
    })
    .sort((a, b) => registryPosition(a.technique) - registryPosition(b.technique))
}

/**
 * A technique may set up more than one connection, or ask more than once: it is subscribed when the one that is going
 * to bring its events has its first answer.
 */
function subscribedAfterUs(rows: readonly FirstSecondsRow[]): number | null {
  const events = rows.filter(({ kind }) => kind === 'event').sort((a, b) => a.toUs - b.toUs)
  const answers = rows
    .filter(({ kind, lane }) => kind === 'wait' && lane === events[0]?.lane)
    .map(({ toUs }) => toUs)
  return answers.length > 0 ? Math.min(...answers) : null
}

function connectionsOf(rows: readonly FirstSecondsRow[]): FirstSecondsRow[][] {
  const ofConnections = rows.filter(({ kind }) => INTERVALS.some((one) => one === kind))
  return [...Map.groupBy(ofConnections, ({ lane }) => lane)]
    .sort(([a], [b]) => a - b)
    .map(([, connection]) => connection)
}

function instants(rows: readonly FirstSecondsRow[], technique: string, kind: FirstSecondsRow['kind']) {
  return rows
    .filter((row) => row.kind === kind && (row.technique === technique || row.technique === ''))
    .flatMap(({ seq, fromUs }) => (seq === undefined ? [] : [{ seq, atUs: fromUs }]))
}

/** Times that are no further apart than this are one: techniques ran beside each other in one process. */
const ALIKE_US = 20_000

/** How long a connection over the link took to open: a round trip. */
function roundTripUsOf(tracks: readonly Track[]): number {
  const connects = tracks
    .flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'connect'))
    .map(({ fromUs, toUs }) => toUs - fromUs)
  return connects.length > 0 ? median(connects) : Number.NaN
}

function conclusionOf(tracks: readonly Track[]): Text {
  const roundTripUs = roundTripUsOf(tracks)
  const one = tracks.filter(({ requests }) => requests === 1)
  const several = tracks.filter(({ requests }) => requests > 1)
  return sentences([
    subscribedText(tracks, roundTripUs),
    delaysText(tracks, roundTripUs),
    one.length === 0
      ? ''
      : several.length === 0
        ? say`One request was enough for ${fewOf(one)}.`
        : say`One request was enough for ${fewOf(one)};`,
    several.length > 0
      ? say`${list(several.map(({ title, requests }) => say`${title} made ${requests}`))} in the same time.`
      : '',
  ])
}

/** What a subscription takes does not hang on when events happen to come, unlike when the first of them is there. */
function subscribedText(tracks: readonly Track[], roundTripUs: number): Text {
  const subscribed = tracks.flatMap(({ title, subscribedUs }) =>
    subscribedUs === null ? [] : [{ title, trips: Math.round(subscribedUs / roundTripUs) }],
  )
  if (subscribed.length === 0 || !(roundTripUs > 0)) return said('No event arrived.')
  const byTrips = [...Map.groupBy(subscribed, ({ trips }) => trips)].sort(([a], [b]) => a - b)
  return sentences(
    byTrips.map(([trips, those]) =>
      trips === 1
        ? say`Subscribed after one round trip of ${format.us(roundTripUs)}: ${fewOf(those)}.`
        : say`Subscribed after ${trips} round trips of ${format.us(roundTripUs)}: ${fewOf(those)}.`,
    ),
  )
}

/** A few techniques by name, of many their number: the table has each. */
function fewOf(all: readonly { title: Text }[]): Text {
  return all.length > 4 ? say`${all.length} techniques` : list(all.map(({ title }) => title))
}

/** How late events were from then on: those alike together, soonest first. */
function delaysText(tracks: readonly Track[], roundTripUs: number): Text {
  const timed = tracks
    .filter(({ delaysUs }) => delaysUs.length > 0)
    .map((track) => ({ ...track, us: median(track.delaysUs) }))
    .sort((a, b) => a.us - b.us || registryPosition(a.technique) - registryPosition(b.technique))
  const groups: (typeof timed)[] = []
  for (const track of timed) {
    const group = groups.at(-1)
    if (group?.[0] && track.us - group[0].us <= ALIKE_US) group.push(track)
    else groups.push([track])
  }
  if (groups.length === 0) return ''
  const told = groups.map((group) => {
    const names = fewOf(
      group.toSorted((a, b) => registryPosition(a.technique) - registryPosition(b.technique)),
    )
    const typicalUs = median(group.map(({ us }) => us))
    if (Math.abs(typicalUs - roundTripUs / 2) <= ALIKE_US)
      return say`about half a round trip (${format.us(typicalUs)}) with ${names}`
    const all = group.flatMap(({ delaysUs }) => delaysUs)
    const [low, high] = [Math.min(...all), Math.max(...all)]
    const us =
      high - low <= ALIKE_US
        ? say`${format.us(typicalUs)} with ${names}`
        : say`${format.us(low)} to ${format.us(high)} with ${names}`
    return group.every(({ technique }) => entryOf(technique)?.family === 'poll')
      ? say`${us}, where they wait for the next poll`
      : us
  })
  return say`Each event then took ${parts(told)}.`
}

function tracksTable(tracks: readonly Track[], all: readonly FirstSecondsRow[]): Html {
  const totalUs = ({ rows }: Track, kind: string) =>
    rows.filter((one) => one.kind === kind).reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0)
  const times = [
    { kind: 'connect', heading: 'Time connecting' },
    { kind: 'wait', heading: 'Time waiting' },
    { kind: 'receive', heading: 'Time receiving' },
    // What comes in one piece takes no time to receive.
  ].filter(({ kind }) => tracks.some((track) => totalUs(track, kind) > 0))
  const headings = [
    'Technique',
    'Connections',
    'Requests',
    'Subscribed after',
    ...times.map(({ heading }) => heading),
    'Delay of each event',
  ]
  const row = (track: Track) => {
    const { technique, title, rows, connections, requests, subscribedUs } = track
    const published = instants(all, technique, 'published')
    const delays = instants(rows, technique, 'event').map(({ seq, atUs }) => {
      const at = published.find((one) => one.seq === seq)?.atUs
      return at === undefined ? '-' : format.us(atUs - at)
    })
    return html`<tr data-technique="${technique}"><th scope="row">${title}</th><td>${connections}</td><td>${requests}</td><td>${subscribedUs === null ? '-' : format.us(subscribedUs)}</td>${times.map(({ kind }) => html`<td>${format.us(totalUs(track, kind))}</td>`)}<td>${delays.join(', ')}</td></tr>
`
  }
  return table('First seconds', 'figures', headings, tracks.map(row))
}
