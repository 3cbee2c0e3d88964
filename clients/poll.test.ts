import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { completeVariant } from '../server/variant.ts'
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
      url,
      door: meter.door(completeVariant({ pollTimer: 'interval' })),
      pollIntervalMs: 50,
      pollPhaseMs: 0,
      signal: abort.signal,
      onOpen: () => {},
      onEvent: () => {},
      onGap: () => {},
      onEmptyAnswer: () => {},
    },
    () => {},
    5,
  )
  await sleep(200)
  const before = polls
  await sleep(500)
  // Ten ticks, and not thirty.
  expect(polls - before).toBeLessThan(14)
  abort.abort()
  await following
  await meter.close()
  server.close()
})
