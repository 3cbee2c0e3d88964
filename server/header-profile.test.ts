import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { startBrowser } from '../clients/fixture/browser.ts'
import { type Initiator, profileHeaders } from './header-profile.ts'
import { defaultVariant } from './variant.ts'

const browser = await startBrowser()
afterAll(() => browser?.close())

/** What the page does to make each kind of request, to `/<kind>`. */
const requests: Record<Initiator, string> = {
  fetch: 'fetch("/fetch")',
  post: 'fetch("/post", { method: "POST", body: "x" })',
  'event-source': 'new EventSource("/event-source")',
  script: 'document.head.append(Object.assign(document.createElement("script"), { src: "/script" }))',
  iframe: 'document.body.append(Object.assign(document.createElement("iframe"), { src: "/iframe" }))',
  websocket: 'new WebSocket("/websocket")',
}
/**
 * Of every request, of a handshake alone, of a click (as which the test's own code counts), or of a person's
 * settings, which a headless browser has none of.
 */
const LEFT_OUT = /^(host|connection|upgrade|sec-websocket-.*|sec-fetch-user|accept-language|content-.*)$/

test.runIf(browser).each(Object.entries(requests) as [Initiator, string][])(
  'the browser profile of a %s has the headers of the browser at hand, of about their length',
  async (initiator, code) => {
    const { promise, resolve } = Promise.withResolvers<IncomingMessage['headers']>()
    const server = createServer((request, response) => {
      if (request.url === `/${initiator}`) resolve(request.headers)
      response.setHeader('content-type', 'text/html').end('<!doctype html><body>')
    }).listen(0, '127.0.0.1')
    server.on('upgrade', ({ headers }, socket) => {
      resolve(headers)
      socket.destroy()
    })
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const page = await browser?.newPage()
    await page?.goto(url)
    // The answer is of no interest.
    await page?.evaluate(`void (${code})`)
    const seen = await promise
    await page?.close()
    server.close()

    const profile = profileHeaders({ ...defaultVariant, headers: 'browser' }, initiator, new URL(url))
    const names = (headers: object) =>
      Object.keys(headers)
        .filter((name) => !LEFT_OUT.test(name))
        .sort()
    expect(names(profile)).toEqual(names(seen))
    for (const name of names(profile)) {
      // A headless browser gives itself away in its name and tells its version to the last digit.
      const difference = (profile[name] ?? '').length - String(seen[name]).length
      expect(Math.abs(difference), `${name}: ${seen[name]}`).toBeLessThan(16)
    }
  },
)

test('a profile has cookies of the length asked for', () => {
  for (const cookieBytes of [1, 8, 100, 4_096]) {
    const { cookie } = profileHeaders({ ...defaultVariant, cookieBytes }, 'fetch', new URL('http://a/'))
    expect(cookie).toHaveLength(cookieBytes)
  }
  expect(profileHeaders(defaultVariant, 'fetch', new URL('http://a/'))).toEqual({})
})
