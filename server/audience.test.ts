import { expect, test } from 'vitest'
import { Audience, type Sink } from './audience.ts'
import { newCounters } from './counters.ts'
import { MemoryFeed } from './feed.ts'
import { preparedFraming } from './prepared/front.ts'
import { registry } from './registry.ts'
import { defaultSettings } from './settings.ts'
import { serverTechnique } from './technique.ts'

const streams = registry.filter(({ family }) => family !== 'poll').map(({ name }) => name)

test.each(streams)('a frame of %s in the history keeps nothing in memory but itself', async (name) => {
  const technique = await serverTechnique(name)
  const { prepared } = technique
  for (const framing of [technique, ...(prepared ? [preparedFraming(technique, prepared)] : [])]) {
    for (const binary of [false, true]) {
      const feed = new MemoryFeed({ binary })
      const written: Uint8Array[] = []
      const sink: Sink = {
        write: (bytes) => written.push(bytes),
        bufferedBytes: () => 0,
        heartbeat() {},
        end() {},
        destroy() {},
      }
      const leave = new Audience(feed, framing, defaultSettings, newCounters()).join(sink)
      feed.publish()
      leave()
      const frame = written.at(-1) ?? expect.fail()
      expect(frame.length).toBeGreaterThan(99)
      expect(frame.buffer.byteLength).toBe(frame.length)
    }
  }
})
