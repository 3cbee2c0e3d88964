import { describe, expect, test } from 'vitest'
import { notApplicable } from '../scenarios/bench/plan.ts'
import { entryOf, registry } from '../server/registry.ts'
import { buildReport } from './build.ts'
import { plain, sectionOf, tablesIn } from './fixture/page.ts'
import { choiceFixture, recordsFixture, runFixture, scenarioFixture } from './fixture/records.ts'

/** The section's markup. */
function section(
  techniques: string[],
  changes: Parameters<typeof runFixture>[1] = {},
  options: Parameters<typeof buildReport>[3] = {},
) {
  const records = techniques.flatMap((technique) => recordsFixture({ technique }))
  return sectionOf(buildReport(runFixture(records, changes), records, [], options), 'facts')
}

describe('the facts of techniques', () => {
  test('are those of the registry, for what was measured', () => {
    const text = section(['sse', 'websocket'])
    const { title, status, specification, initiator } = entryOf('sse') ?? expect.fail()
    for (const fact of [title, initiator, status.text, status.date]) expect(text).toContain(fact)
    const chinese = section(['sse', 'websocket'], {}, { language: 'zh' })
    for (const fact of ['服务器推送事件（SSE）', status.date]) expect(chinese).toContain(fact)
    for (const url of [status.source, specification]) expect(text).toContain(`<a href="${url}">`)
    expect(text).not.toContain('Long polling')
  })

  test('name a rule that cannot be followed once, with all that cannot follow it', () => {
    const text = section(['short-poll', 'long-poll', 'sse'])
    expect(plain(text)).toContain('stall Short polling and Long polling: The answer to a poll')
    expect(section(['sse'])).not.toContain('conformance suite')
  })

  test('say how large a client is that a page has to load, where it was measured', () => {
    const { environment } = runFixture([])
    const clientScripts = { 'socket-io': { bytes: 45_912, gzipBytes: 14_702 } }
    const changes = { environment: { ...environment, clientScripts } }
    expect(section(['socket-io'], changes)).toContain('45.9 kB, or 14.7 kB with gzip')
    expect(section(['sse'], changes)).not.toContain('gzip')
  })

  test('are those of all techniques where nothing is known of what was measured', () => {
    const [table] = tablesIn(section(['carrier-pigeon']))
    expect(table?.rows.map(({ technique }) => technique)).toEqual(registry.map(({ name }) => name))
  })
})

test('cells that mean nothing are told by reason', () => {
  const left = notApplicable([{ ...choiceFixture, techniques: ['sse', 'xml-socket'] }, scenarioFixture])
  expect(section(['sse'], { notApplicable: left })).toContain(
    '<li>Left out because it owns its TCP connection and its protocol knows no TLS. tls with TLS on: XMLSocket (Flash).</li>',
  )
})
