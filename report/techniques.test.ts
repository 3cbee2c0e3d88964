import { describe, expect, test } from 'vitest'
import { notApplicable } from '../scenarios/plan.ts'
import { entryOf } from '../server/registry.ts'
import { buildReport } from './build.ts'
import { choiceFixture, recordsFixture, runFixture, scenarioFixture } from './fixture.ts'

/** The section's markup. */
function section(techniques: string[], changes: Parameters<typeof runFixture>[1] = {}) {
  const records = techniques.flatMap((technique) => recordsFixture({ technique }))
  const page = buildReport(runFixture(records, changes), records)
  const start = page.indexOf('<section id="techniques">')
  return start < 0 ? '' : page.slice(start, page.indexOf('</section>', start))
}

describe('the facts of techniques', () => {
  test('are those of the registry, for what was measured', () => {
    const text = section(['sse', 'websocket'])
    const { titles, status, specification, initiator } = entryOf('sse') ?? expect.fail()
    for (const fact of [titles.en, titles.zh, initiator, status.text, status.date]) {
      expect(text).toContain(fact)
    }
    for (const url of [status.source, specification]) expect(text).toContain(`<a href="${url}">`)
    expect(text).not.toContain('Long polling')
  })

  test('name a rule that cannot be followed once, with all that cannot follow it', () => {
    const text = section(['short-poll', 'long-poll', 'sse'])
    expect(text).toContain('Short polling and Long polling, rule <b>stall</b>: The answer to a poll')
    expect(section(['sse'])).not.toContain('conformance suite')
  })

  test('say how large a client is that a page has to load, where it was measured', () => {
    const { environment } = runFixture([])
    const clientScripts = { 'socket-io': { bytes: 45_912, gzipBytes: 14_702 } }
    const changes = { environment: { ...environment, clientScripts } }
    expect(section(['socket-io'], changes)).toContain('45.9 kB, or 14.7 kB with gzip')
    expect(section(['sse'], changes)).not.toContain('gzip')
  })

  test('are no section where nothing is known of what was measured', () => {
    expect(section(['carrier-pigeon'])).toBe('')
  })
})

test('cells that mean nothing are told by reason', () => {
  const left = notApplicable([{ ...choiceFixture, techniques: ['sse', 'xml-socket'] }, scenarioFixture])
  expect(section(['sse'], { notApplicable: left })).toContain(
    '<li>Left out because it owns its TCP connection and its protocol knows no TLS. tls with TLS on: XMLSocket (Flash).</li>',
  )
})
