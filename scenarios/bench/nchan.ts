import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { PushlabError } from '../../server/error.ts'
import { sleepUntil, type Window } from '../../server/process-cost.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { startNginx } from '../experiments/networks/nginx.ts'
import { Site } from '../experiments/networks/site.ts'

/** Who sends events of 100 bytes at a constant rate, and listens already. */
export interface Sending {
  url: string
  /** The process whose time and memory count. */
  pid: number
  /** Collects its garbage, where it has a way to be told. */
  collect?(): Promise<unknown>
  /** To be told once. Times are monotonic microseconds; `untilUs` is how long after the epoch it ends. */
  start(epochUs: number, ratePerSecond: number, untilUs: number, window: Window): void
  stop(): Promise<unknown>
}

const MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'
const EVENT_BYTES = 100

/**
 * Nchan, nginx's module for fan-out, in one process: one channel by WebSocket, to which this process publishes by POST.
 * @throws {PushlabError} NOT_INSTALLED where Debian's module is not there.
 */
export async function startNchan(): Promise<Sending> {
  if (!existsSync(MODULE)) {
    throw new PushlabError(
      'NOT_INSTALLED',
      'Nchan is not installed here. On Debian: apt-get install nginx-light libnginx-mod-nchan',
    )
  }
  const site = new Site()
  const directives = {
    websocket: [
      ...['nchan_pubsub http websocket', 'nchan_channel_id feed'],
      // Each subscriber gets the last message first, as this server's get an opening: so it is known that it is there.
      ...['nchan_message_buffer_length 1', 'nchan_subscriber_first_message oldest'],
    ],
  }
  const { urls, pid } = await startNginx(
    site,
    directives,
    new AbortController().signal,
    `load_module ${MODULE}; `,
  )
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const publish = (message: string) =>
    new Promise<void>((resolve, reject) => {
      const post = request(urls.websocket, { method: 'POST', agent }, (answer) =>
        answer.resume().on('end', resolve),
      )
      post.on('error', reject).end(message)
    })
  await publish('{}')
  return {
    url: urls.websocket,
    pid,
    start: (epochUs, ratePerSecond, untilUs) => {
      const dueTimes = dueTimesBefore({ kind: 'constant', ratePerSecond }, untilUs)
      // Stopped early it is gone while events are due: nobody waits for them.
      void publishAll(dueTimes, epochUs, (event) => publish(event).catch(() => {}))
    },
    stop: async () => {
      agent.destroy()
      // Asked to end, this version of Nchan frees something twice, and says so.
      process.kill(pid, 'SIGKILL')
      await site[Symbol.asyncDispose]()
    },
  }
}

async function publishAll(
  dueTimes: readonly number[],
  epochUs: number,
  publish: (event: string) => void,
): Promise<void> {
  for (const [i, dueUs] of dueTimes.entries()) {
    await sleepUntil(epochUs + dueUs)
    publish(`${`{"seq":${i + 1},"due":${Math.round(dueUs)},"pad":"`.padEnd(EVENT_BYTES - 2, '.')}"}`)
  }
}
