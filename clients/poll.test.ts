import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { until } from '../server/fixture/until.ts'
import { completeVariant } from '../server/variant.ts'
import { silentSubscription } from './fixture/subscriber.ts'
import { follow } from './follow.ts'
import { Meter } from './meter.ts'
import shortPoll from './techniques/short-poll.ts'

test('polls by setInterval are no more after a failure than before it', async () => {
  let polls = 0
  const server = createServer((request, response) => {
    polls++
    if (polls <= 3) request.socket.destroy()
    else response.end('{"cursor":0,"events":[]}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const meter = new Meter()
  const abort = new AbortController()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const following = follow(
    shortPoll,
    {
      ...silentSubscription(url, meter.door(completeVariant({ pollTimer: 'interval' })), abort.signal),
      pollIntervalMs: 50,
    },
    () => {},
    5,
  )
  await until('it has failed three times', () => polls > 3)
  const [before, beganMs] = [polls, performance.now()]
  await until('it has polled ten times', () => polls >= before + 10)
  // Ten ticks of 50 ms, and not thirty: a timer may be late, and never early.
  expect(performance.now() - beganMs).toBeGreaterThan(300)
  abort.abort()
  await following
  await meter.close()
  server.close()
})

test('polls by setInterval wait for the first cursor, without which a second poll would skip what came between', async () => {
  const cursors: (string | undefined)[] = []
  const server = createServer(async (request, response) => {
    cursors.push(request.headers['last-event-id'] as string | undefined)
    // The first answer takes longer than some intervals.
    if (cursors.length === 1) await sleep(120)
    response.end('{"cursor":7,"events":[]}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const meter = new Meter()
  const abort = new AbortController()
  const polling = shortPoll({
    ...silentSubscription(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      meter.door(completeVariant({ pollTimer: 'interval' })),
      abort.signal,
    ),
    pollIntervalMs: 20,
  }).catch(() => {})
  await until('it goes on', () => cursors.length > 3)
  expect(cursors[0]).toBeUndefined()
  expect(new Set(cursors.slice(1))).toEqual(new Set(['7']))
  abort.abort()
  await polling
  await meter.close()
  server.close()
})
