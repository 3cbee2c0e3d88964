import { type NginxInFrontRow, nginxInFrontRows } from '../../../results/rows/nginx-in-front.ts'
import { type ProxiesRow, proxiesRows } from '../../../results/rows/proxies.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { parts, type Said, said, say, type Text } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement, rowsOf } from '../evidence.ts'
import { column, counted, everyRow, rowsWhere, timed, without } from '../rows.ts'
import type { Answer } from '../trials.ts'

/** One way through, and whether a technique got through it. */
interface Path {
  name: string
  title: Text
  failedAfterUs: number[]
  through: Answer
}

const received = ({ opened, delivered }: ProxiesRow) => opened && delivered
const receivedAll = ({ opened, eventsPublished, eventsReceivedInTime }: NginxInFrontRow) =>
  opened && eventsReceivedInTime === eventsPublished

function pathsOf<Row extends { opened: boolean; failedAfterUs?: number }>(
  rows: readonly Row[],
  titleOf: (row: Row) => Text,
  isThrough: (row: Row) => boolean,
): Path[] {
  return [...Map.groupBy(rows, (row) => String(titleOf(row)))].map(([name, group]) => ({
    name,
    title: group[0] ? titleOf(group[0]) : name,
    failedAfterUs: group.flatMap(({ failedAfterUs }) => failedAfterUs ?? []),
    through: everyRow(group, isThrough),
  }))
}

function listed(paths: readonly Path[]): Said {
  return parts(paths.map(({ title }) => title))
}

export const wsProxies: Claim = {
  id: 'ws-proxies',
  from: 'notes',
  claim: 'WebSocket works through proxies, since it uses ports 80 and 443.',
  source:
    'Lecture notes on push techniques; RFC 6455 (2011), section 1.8; RFC 9110 (2022), section 7.6.1, ' +
    'on Upgrade',
  prediction:
    'It opens wherever Upgrade is passed on or nobody reads what passes, and fails at once behind a ' +
    'proxy that drops Upgrade.',
  experiments: ['proxies', 'nginx-in-front'],
  metric:
    'Whether a WebSocket opens and delivers events through each configuration; time to failure where it ' +
    'does not',
  rule:
    'A configuration is each proxy of the experiment and, where it is installed, each configuration of ' +
    'nginx. Held where WebSocket delivers through every one, did not hold where through none, depends on ' +
    'the configuration where through some, named. Inconclusive where it fails without a proxy, or the ' +
    'trials of one configuration do not agree.',
  judge: byRows(proxiesRows, (rows, evidence) => {
    const own = rowsWhere(rows, { technique: 'websocket' })
    const nginx = rowsOf(evidence, nginxInFrontRows)
    if ('none' in nginx && nginx.isOutdated) return nginx.none
    const behindNginx = 'none' in nginx ? [] : rowsWhere(nginx.rows, { technique: 'websocket' })
    const paths = [
      ...pathsOf(own, ({ proxy, tls }) => (tls ? say`TLS through a ${said(proxy)}` : said(proxy)), received),
      ...pathsOf(behindNginx, ({ configuration }) => say`nginx, ${said(configuration)}`, receivedAll),
    ]
    const direct = paths.find(({ name }) => name === 'none')
    const proxies = paths.filter((path) => path !== direct)
    const through = proxies.filter((path) => path.through === 'yes')
    const stopped = proxies.filter((path) => path.through === 'no')
    const numbers = [
      counted(said('Configurations of proxies through which WebSocket delivers'), through.length),
      counted(said('Configurations of proxies through which it does not'), stopped.length),
      ...stopped.flatMap((path) =>
        timed(say`Time until WebSocket failed, ${path.title}`, path.failedAfterUs),
      ),
    ]
    if (direct?.through !== 'yes') return without(said('WebSocket did not open without a proxy'), numbers)
    if (through.length + stopped.length < proxies.length || proxies.length === 0)
      return without(said('the trials of one configuration did not agree, or there were none'), numbers)
    if (stopped.length === 0)
      return { verdict: 'held', because: say`It delivered through all of ${listed(through)}.`, numbers }
    const failedUs = stopped.flatMap((path) => path.failedAfterUs)
    const soon = failedUs.length > 0 ? format.us(median(failedUs)) : undefined
    if (through.length === 0) {
      const because = soon
        ? say`It delivered through none of ${listed(stopped)}, and failed there after ${soon}.`
        : say`It delivered through none of ${listed(stopped)}.`
      return judgement('did not hold', because, numbers)
    }
    const because = soon
      ? say`It depends on the proxy and its configuration: it delivered through ${through.length} of ${proxies.length} configurations; not through ${listed(stopped)}, and failed there after ${soon}.`
      : say`It depends on the proxy and its configuration: it delivered through ${through.length} of ${proxies.length} configurations; not through ${listed(stopped)}.`
    return { verdict: 'depends', because, numbers }
  }),
}

export const xmlSocketProxy: Claim = {
  id: 'xmlsocket-proxy',
  from: 'notes',
  claim: 'XMLSocket cannot cross HTTP proxies.',
  source: 'Lecture notes on push techniques, of Flash XMLSocket',
  prediction:
    'A proxy that lets nothing but HTTP pass answers its first message with 400; directly it opens.',
  experiments: ['proxies'],
  metric: 'Whether XMLSocket opens and delivers events, directly and through a proxy that reads HTTP',
  rule:
    'Held where it delivers directly and opens in no trial through the HTTP-only proxy; did not hold where ' +
    'it opens through that in every one. Inconclusive where it fails directly, or trials do not agree.',
  judge: byRows(proxiesRows, (rows) => {
    const of = (proxy: ProxiesRow['proxy']) => rowsWhere(rows, { technique: 'xml-socket', proxy })
    const [direct, proxied] = [of('none'), of('HTTP only')]
    const opened = everyRow(proxied, ({ opened }) => opened)
    const failedUs = column(proxied, 'failedAfterUs')
    const numbers = [
      counted(say`XMLSockets opened directly, of ${direct.length}`, direct.filter(received).length),
      counted(
        say`XMLSockets opened through an HTTP-only proxy, of ${proxied.length}`,
        rowsWhere(proxied, { opened: true }).length,
      ),
      ...timed(said('Time until it failed there'), failedUs),
    ]
    if (everyRow(direct, received) !== 'yes') return without(said('XMLSocket did not work directly'), numbers)
    if (opened === 'unclear') return without(said('the trials did not agree, or there were none'), numbers)
    if (opened === 'yes')
      return judgement('did not hold', said('It opened through the HTTP-only proxy in every trial.'), numbers)
    const because =
      failedUs.length > 0
        ? say`It opened directly in all of ${direct.length} trials and through the HTTP-only proxy in none of ${proxied.length}, where it failed after ${format.us(median(failedUs))}.`
        : say`It opened directly in all of ${direct.length} trials and through the HTTP-only proxy in none of ${proxied.length}.`
    return { verdict: 'held', because, numbers }
  }),
}
