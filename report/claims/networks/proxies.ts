import { median } from '../../analysis/median.ts'
import { format } from '../../format.ts'
import type { Claim, EvidenceNumber, Row } from '../claim.ts'
import { column, rowsOf } from '../evidence.ts'
import { counted, everyRow, rowsWhere, timed, without } from '../rows.ts'
import type { Answer } from '../trials.ts'

/** One way through, and whether a technique got through it. */
interface Path {
  name: string
  rows: Row[]
  through: Answer
}

const received = ({ opened, delivered, eventsReceivedInTime, eventsPublished }: Row) =>
  opened === true &&
  (delivered === true || (eventsPublished !== undefined && eventsReceivedInTime === eventsPublished))

function pathsOf(rows: readonly Row[], nameOf: (row: Row) => string): Path[] {
  return [...Map.groupBy(rows, nameOf)].map(([name, group]) => ({
    name,
    rows: group,
    through: everyRow(group, received),
  }))
}

function failures(paths: readonly Path[], technique: string): EvidenceNumber[] {
  return paths.flatMap(({ name, rows }) =>
    timed(`Time until ${technique} failed, ${name}`, column(rows, 'failedAfterUs')),
  )
}

export const wsProxies: Claim = {
  id: 'ws-proxies',
  from: 'notes',
  claim: {
    en: 'WebSocket works through proxies, since it uses ports 80 and 443.',
    zh: 'WebSocket 使用 80 和 443 端口，因此可以穿越代理服务器。',
  },
  source:
    'Lecture notes on push techniques; RFC 6455 (2011), section 1.8; RFC 9110 (2022), section 7.6.1, ' +
    'on Upgrade',
  prediction:
    'It opens wherever Upgrade is passed on or nobody reads what passes, and fails at once behind a ' +
    'proxy that drops Upgrade.',
  scenarios: [],
  experiments: ['proxies', 'nginx-in-front'],
  metric:
    'Whether a WebSocket opens and delivers events through each configuration; time to failure where it ' +
    'does not',
  rule:
    'A configuration is each proxy of the experiment and, where it is installed, each configuration of ' +
    'nginx. Held where WebSocket delivers through every one, did not hold where through none, depends on ' +
    'the configuration where through some, named. Inconclusive where it fails without a proxy, or the ' +
    'trials of one configuration do not agree.',
  judge(evidence) {
    const found = rowsOf(evidence, 'proxies')
    if ('none' in found) return found.none
    const own = rowsWhere(found.rows, { technique: 'websocket' })
    const nginx = rowsOf(evidence, 'nginx-in-front')
    const behindNginx = 'none' in nginx ? [] : rowsWhere(nginx.rows, { technique: 'websocket' })
    const paths = [
      ...pathsOf(own, ({ proxy, tls }) => `${tls ? 'TLS through a ' : ''}${proxy}`),
      ...pathsOf(behindNginx, ({ configuration }) => `nginx, ${configuration}`),
    ]
    const direct = paths.find(({ name }) => name === 'none')
    const proxies = paths.filter((path) => path !== direct)
    const through = proxies.filter((path) => path.through === 'yes')
    const stopped = proxies.filter((path) => path.through === 'no')
    const numbers = [
      counted('Configurations of proxies through which WebSocket delivers', through.length),
      counted('Configurations of proxies through which it does not', stopped.length),
      ...failures(stopped, 'WebSocket'),
    ]
    if (direct?.through !== 'yes') return without('WebSocket did not open without a proxy', numbers)
    if (through.length + stopped.length < proxies.length || proxies.length === 0)
      return without('the trials of one configuration did not agree, or there were none', numbers)
    const names = (some: readonly Path[]) => some.map(({ name }) => name).join('; ')
    if (stopped.length === 0)
      return { verdict: 'held', because: `It delivered through all of ${names(through)}.`, numbers }
    const failedUs = stopped.flatMap(({ rows }) => column(rows, 'failedAfterUs'))
    const soon = failedUs.length > 0 ? `, and failed there after ${format.us(median(failedUs))}` : ''
    if (through.length === 0)
      return {
        verdict: 'did not hold',
        because: `It delivered through none of ${names(stopped)}${soon}.`,
        numbers,
      }
    const because =
      `It depends on the proxy and its configuration: it delivered through ${through.length} of ` +
      `${proxies.length} configurations; ` +
      `not through ${names(stopped)}${soon}.`
    return { verdict: 'depends', because, numbers }
  },
}

export const xmlSocketProxy: Claim = {
  id: 'xmlsocket-proxy',
  from: 'notes',
  claim: {
    en: 'XMLSocket cannot cross HTTP proxies.',
    zh: 'XMLSocket 无法穿过 HTTP 代理（防火墙）。',
  },
  source: 'Lecture notes on push techniques, of Flash XMLSocket',
  prediction:
    'A proxy that lets nothing but HTTP pass answers its first message with 400; directly it opens.',
  scenarios: [],
  experiments: ['proxies'],
  metric: 'Whether XMLSocket opens and delivers events, directly and through a proxy that reads HTTP',
  rule:
    'Held where it delivers directly and opens in no trial through the HTTP-only proxy; did not hold ' +
    'where it opens through that in every one. Inconclusive where it fails directly, or trials do not ' +
    'agree.',
  judge(evidence) {
    const found = rowsOf(evidence, 'proxies')
    if ('none' in found) return found.none
    const of = (proxy: string) => rowsWhere(found.rows, { technique: 'xml-socket', proxy })
    const proxied = of('HTTP only')
    const opened = everyRow(proxied, (row) => row.opened === true)
    const failedUs = column(proxied, 'failedAfterUs')
    const numbers = [
      counted(`XMLSockets opened directly, of ${of('none').length}`, of('none').filter(received).length),
      counted(
        `XMLSockets opened through an HTTP-only proxy, of ${proxied.length}`,
        rowsWhere(proxied, { opened: true }).length,
      ),
      ...timed('Time until it failed there', failedUs),
    ]
    if (everyRow(of('none'), received) !== 'yes') return without('XMLSocket did not work directly', numbers)
    if (opened === 'unclear') return without('the trials did not agree, or there were none', numbers)
    if (opened === 'yes')
      return {
        verdict: 'did not hold',
        because: 'It opened through the HTTP-only proxy in every trial.',
        numbers,
      }
    const soon = failedUs.length > 0 ? `, where it failed after ${format.us(median(failedUs))}` : ''
    return {
      verdict: 'held',
      because:
        `It opened directly in all of ${of('none').length} trials and through the HTTP-only proxy ` +
        `in none of ${proxied.length}${soon}.`,
      numbers,
    }
  },
}
