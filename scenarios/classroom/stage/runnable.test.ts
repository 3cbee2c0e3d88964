import { expect, test } from 'vitest'
import { registry } from '../../../server/registry.ts'
import { buildPage } from '../bundle.ts'
import { buildLanePage } from '../lane-page.ts'
import { runnableTechniques } from './runnable.ts'

test('a browser can run every technique but those that own their TCP connection', () => {
  const others = registry.filter(({ carrier }) => carrier !== 'tcp').map(({ name }) => name)
  expect(runnableTechniques()).toEqual(others)
})

test("a lane's page may be held by the room alone, reaches its own server alone, and is small", async () => {
  const { html, csp } = await buildLanePage(['http://127.0.0.1:8080', 'http://localhost:8080'])
  const policy = new Map(csp.split('; ').map((directive) => [directive.split(' ')[0], directive]))
  expect(policy.get('default-src')).toBe("default-src 'none'")
  expect(policy.get('script-src')).toMatch(/^script-src 'sha256-[\w+/=]+' 'self'$/)
  expect(policy.get('connect-src')).toBe("connect-src 'self'")
  expect(policy.get('frame-ancestors')).toBe('frame-ancestors http://127.0.0.1:8080 http://localhost:8080')
  expect(html.length).toBeLessThan(80_000)
  expect(html).not.toMatch(/<(?:script|link)[^>]* (?:src|href)="(?!data:)/)
})

test('a page that no origin may hold says so, and one that asks for nothing may do nothing', async () => {
  expect((await buildLanePage([])).csp).toMatch(/frame-ancestors 'none'$/)
  const { csp } = await buildPage({ entry: 'lane/main.ts', title: 'a page', csp: ["base-uri 'self'"] })
  expect(csp).toContain("base-uri 'self'")
  expect(csp).not.toContain('connect-src')
})
