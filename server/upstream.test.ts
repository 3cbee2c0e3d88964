import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { checkOrigin } from './upstream.ts'

const check = (headers: Record<string, string>, encrypted = false) =>
  checkOrigin({ headers, socket: { encrypted } as unknown as Socket }, ['https://allowed.example'])

describe('a page of the server itself may publish', () => {
  test.each([
    ['by the default port, which is left out', { host: 'a', origin: 'http://a' }, false],
    ['which is left out by one of both', { host: 'a:80', origin: 'http://a' }, false],
    ['over TLS', { host: 'A', origin: 'https://a' }, true],
    ['over TLS by a port that one of both leaves out', { host: 'a:443', origin: 'https://a' }, true],
    ['over HTTP/2', { ':authority': 'a:8443', origin: 'https://a:8443' }, true],
  ])('%s', (_, headers, encrypted) => {
    expect(() => check(headers as Record<string, string>, encrypted)).not.toThrow()
  })
})

test.each([
  ['of another port', { host: 'a', origin: 'http://a:8080' }],
  ['of another scheme', { host: 'a', origin: 'https://a' }],
  ['of another host', { host: 'a', origin: 'http://b' }],
  ['of nobody', { host: 'a', origin: 'null' }],
  ['of nothing that could be one', { host: '', origin: '://' }],
])('a page %s may not, and is told how to be let', (_, headers) => {
  expect(() => check(headers)).toThrow(/--allow-origin/)
})
