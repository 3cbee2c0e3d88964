import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { type NginxInFrontRow, nginxInFrontRows } from '../../results/rows/nginx-in-front.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { isSettled } from './networks/attempt.ts'
import { nginxVersion, startNginx } from './networks/nginx.ts'
import { Site } from './networks/site.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const TRIALS = 3
const TECHNIQUES = ['long-poll', 'sse', 'websocket']
const EVENTS = 20
const INTERVAL_MS = 20
const PATIENCE_MS = 600

const HTTP11 = ['proxy_http_version 1.1', 'proxy_set_header Connection ""']
/** As if the application had never sent the header. */
const DEAF = ['proxy_ignore_headers X-Accel-Buffering']
const UNBUFFERED = 'proxy_buffering off'
/** As nginx's own guide to proxying WebSocket has it. */
const UPGRADE = [
  'proxy_http_version 1.1',
  'proxy_set_header Upgrade $http_upgrade',
  'proxy_set_header Connection "upgrade"',
]

/** Puts the nginx of this machine in front, configured as guides have it and as it is out of the box. */
export const experiment: Experiment<typeof nginxInFrontRows> = {
  rows: nginxInFrontRows,
  question: 'What does nginx let through, and when?',
  expectation:
    'Streams wait for its buffers unless X-Accel-Buffering: no or proxy_buffering off stops ' +
    'it; WebSocket needs its two headers.',
  expectedMs: 4_500,
  needs: 'nginx',
  async run({ signal }) {
    const version = nginxVersion()
    await using site = new Site()
    const { feed, url: target } = await site.server()
    const pass = `proxy_pass ${target}`
    const { urls } = await startNginx(
      site,
      {
        'proxy_pass alone': [pass],
        'proxy_pass alone, X-Accel-Buffering ignored': [pass, ...DEAF],
        'HTTP/1.1': [pass, ...HTTP11],
        'HTTP/1.1, X-Accel-Buffering ignored': [pass, ...HTTP11, ...DEAF],
        'HTTP/1.1, X-Accel-Buffering ignored, proxy_buffering off': [pass, ...HTTP11, ...DEAF, UNBUFFERED],
        'HTTP/1.1, Upgrade and Connection': [pass, ...UPGRADE],
      },
      signal,
    )
    const rows: NginxInFrontRow[] = []
    for (let trial = 1; trial <= TRIALS; trial++) {
      const paths = Object.entries(urls).flatMap(([configuration, url]) =>
        TECHNIQUES.map((technique) => ({ configuration, technique, url })),
      )
      const tried = await Promise.all(
        paths.map(async ({ url, ...path }) => ({
          row: { ...path, trial },
          attempt: await site.attempt(path.technique, url, signal),
        })),
      )
      await holdsWithin(PATIENCE_MS, signal, () => tried.every(({ attempt }) => isSettled(attempt)))
      const publishedAtUs = new Map<number, number>()
      for (let i = 0; i < EVENTS; i++) {
        const atUs = nowUs()
        publishedAtUs.set(feed.publish().seq, atUs)
        await pause(INTERVAL_MS, signal)
      }
      await pause(100, signal)
      for (const { row, attempt } of tried) {
        const delays = new DistributionRecorder()
        for (const [seq, atUs] of publishedAtUs) {
          const receivedAtUs = attempt.receivedAtUs.get(seq)
          if (receivedAtUs !== undefined) delays.add(receivedAtUs - atUs)
        }
        const { n, p50Us, maxUs } = delays.summary()
        rows.push({
          ...row,
          opened: attempt.openedAfterUs !== undefined,
          failure: attempt.failure ?? 'none',
          eventsPublished: EVENTS,
          eventsReceivedInTime: n,
          ...(n > 0 && { delayP50Us: p50Us, delayMaxUs: maxUs }),
        })
        await attempt.end()
      }
    }
    return { rows, participants: { nginx: version } }
  },
}
