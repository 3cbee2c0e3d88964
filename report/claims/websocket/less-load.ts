import { entryOf } from '../../../server/registry.ts'
import { list } from '../../analysis/conclusions.ts'
import { holm } from '../../analysis/holm.ts'
import type { Cell, Claim, Evidence, MeasuredScenario } from '../claim.ts'
import { cellAt, notTested } from '../evidence.ts'
import { madeUp, type Paired, paired } from '../paired.ts'

const SCENARIOS = ['steady-feed', 'every-technique']
const FIGURE = 'serverCpuUsPer1000Events'
const LEVEL = 0.05

interface Compared extends Paired {
  measured: MeasuredScenario
  cell: Cell
}

/** WebSocket beside every technique that HTTP carries. */
function comparedIn(evidence: Evidence): Compared[] {
  return SCENARIOS.flatMap((name) => {
    const measured = evidence.scenario(name)
    const websocket = cellAt(measured, 'websocket')
    if (!measured || !websocket) return []
    return measured.cells
      .filter(({ copy, technique }) => copy === 1 && entryOf(technique)?.carrier === 'http')
      .map((cell) => ({
        measured,
        cell,
        ...paired(cell, websocket, FIGURE, {
          what: `CPU time of the server per event with ${cell.title}, over that with WebSocket, in ${name}`,
        }),
      }))
  })
}

export const websocketLessLoad: Claim = {
  id: 'ws-less-load',
  from: 'notes',
  claim: {
    en: 'WebSocket lowers the load of the server, compared with HTTP.',
    zh: '与 HTTP 相比，WebSocket 能降低服务器的负载。',
  },
  source: 'Lecture notes on push techniques',
  prediction:
    'Less than any that answers a request for every event; about the same as other streams, which write ' +
    'the same bytes to the same socket; more than a short poll whose answer brings many events at once.',
  scenarios: SCENARIOS,
  experiments: [],
  metric:
    'CPU time of the server per 1,000 delivered events, paired by round: each technique that HTTP ' +
    'carries over WebSocket.',
  rule:
    'A technique costs more or less than WebSocket where the ratio is significant, by a t-test on the ' +
    "logarithms at 5 % after Holm's correction over all techniques of both scenarios, and larger than " +
    "what the scenario's A/A pair made up in the same figure; else the same. Held where every one costs " +
    'more, did not hold where none does, depends on the technique otherwise. What the gate voids ' +
    'is left out; with nothing left it is inconclusive.',
  judge(evidence) {
    const all = comparedIn(evidence)
    if (all.length === 0) return notTested('It takes WebSocket beside techniques that HTTP carries.')
    const numbers = all.map(({ number }) => number)
    const compared = all.filter(({ number }) => number.badge !== 'not valid')
    if (compared.length === 0) {
      return { verdict: 'inconclusive', because: 'The gate lets none of the figures pass.', numbers }
    }
    const adjusted = holm(compared.map(({ ratio }) => ratio.p))
    const sorted = compared.map(({ cell, measured, ratio }, i) => {
      const isTold =
        (adjusted[i] as number) < LEVEL && Math.abs(ratio.value - 1) > (madeUp(measured, FIGURE) ?? 0)
      return { cell, ratio, costs: isTold ? (ratio.value > 1 ? 'more' : 'less') : 'the same' }
    })
    const told = (costs: string) => {
      const cells = sorted.filter((one) => one.costs === costs)
      const names = [...new Set(cells.map(({ cell }) => cell.title))]
      const ratios = cells.map(({ ratio }) => ratio.value)
      const range = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join(' to ')
      return names.length === 0 ? [] : [`${costs} than WebSocket: ${list(names)} (${range} times)`]
    }
    const because =
      `CPU time per event, ${[...told('more'), ...told('the same'), ...told('less')].join('; ')}.`.replace(
        'the same than',
        'the same as',
      )
    const more = sorted.filter(({ costs }) => costs === 'more').length
    const verdict = more === sorted.length ? 'held' : more === 0 ? 'did not hold' : 'depends'
    return { verdict, because, numbers }
  },
}
