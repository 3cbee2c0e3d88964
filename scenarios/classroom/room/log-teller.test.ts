import { describe, expect, test } from 'vitest'
import type { StageEntry } from '../log/entries.ts'
import { FakeStage } from './fixture.ts'
import { LogTeller } from './log-teller.ts'
import type { FromRoom } from './protocol.ts'

const published = (seq: number): StageEntry => ({
  ...{ kind: 'published', atUs: seq, seq, dueUs: seq, payloadBytes: 100 },
})

/** A stage that forgets, and a page that reads when it is let. */
function listening() {
  const stage: FakeStage & { forgotten?: number; mended?: number } = new FakeStage()
  const told: StageEntry[][] = []
  const pending: (() => void)[] = []
  const reader = {
    waitingBytes: 0,
    tell(message: FromRoom, left: () => void) {
      if (message.type === 'log') told.push(message.entries)
      pending.push(left)
    },
  }
  const teller = new LogTeller(stage, reader)
  stage.onLog(() => teller.tell())
  const forget = (entries: number) => {
    stage.log.splice(1, entries)
    stage.forgotten = (stage.forgotten ?? 0) + entries
  }
  return { stage, told, pending, reader, teller, forget }
}

describe('the log for a page', () => {
  test('is told in parts, once, in order', () => {
    const { stage, told, teller } = listening()
    stage.add(Array.from({ length: 500 }, (_, i) => published(i + 1)))
    teller.tell()
    expect(told.map(({ length }) => length)).toEqual([200, 200, 101])
    expect(told.flat()).toEqual(stage.log)
  })

  test('is told anew when it was mended', () => {
    const { stage, told, teller } = listening()
    stage.add([published(1)])
    stage.log = [...stage.log.slice(0, 1), { ...published(1), atUs: 7 }]
    stage.mended = 1
    teller.tell()
    expect(told.flat()).toEqual([stage.log[0], published(1), ...stage.log])
    teller.tell()
    expect(told.flat()).toHaveLength(4)
  })

  test('waits in the stage while the page does not read', () => {
    const { stage, told, reader, pending, teller } = listening()
    teller.tell()
    reader.waitingBytes = 2e6
    stage.add([published(1)])
    stage.add([published(2)])
    expect(told).toHaveLength(1)
    reader.waitingBytes = 0
    pending[0]?.()
    expect(told.slice(1)).toEqual([[published(1), published(2)]])
  })

  test('goes on where it was when the stage forgets what has been told', () => {
    const { stage, told, forget } = listening()
    for (let seq = 1; seq <= 10; seq++) stage.add([published(seq)])
    forget(5)
    stage.add([published(11)])
    forget(3)
    stage.add([published(12), published(13)])
    const seqs = told.flat().flatMap((entry) => (entry.kind === 'published' ? [entry.seq] : []))
    expect(seqs).toEqual(Array.from({ length: 13 }, (_, i) => i + 1))
  })

  test('begins anew for a page that comes late, or that was behind when the stage forgot', () => {
    const { stage, told, reader, forget, teller } = listening()
    stage.add([published(1), published(2)])
    reader.waitingBytes = 2e6
    stage.add([published(3)])
    forget(1)
    reader.waitingBytes = 0
    teller.tell()
    expect(told.slice(1)).toEqual([stage.log])
    const late: StageEntry[] = []
    const other = new LogTeller(stage, {
      waitingBytes: 0,
      tell: (message) => message.type === 'log' && late.push(...message.entries),
    })
    other.tell()
    expect(late).toEqual(stage.log)
  })

  test('of a new run is told from its beginning, and none after the page has left', async () => {
    const { stage, told, teller, forget } = listening()
    stage.add([published(1), published(2)])
    forget(1)
    stage.forgotten = 0
    await stage.begin({ lanes: [], settings: stage.settings })
    expect(told.at(-1)).toEqual(stage.log)
    const before = told.length
    teller.stop()
    stage.add([published(1)])
    expect(told).toHaveLength(before)
  })
})
