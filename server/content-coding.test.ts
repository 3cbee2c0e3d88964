import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { codingFor } from './content-coding.ts'
import { defaultSettings } from './settings.ts'

const coding = (accepted: string | undefined, contentCoding: 'identity' | 'gzip' | 'br' = 'gzip') =>
  codingFor({ headers: { 'accept-encoding': accepted } } as unknown as FastifyRequest, {
    ...defaultSettings,
    contentCoding,
  })

test.each(['gzip', 'br, gzip', 'GZIP', 'gzip;q=0.5', 'identity; q=1, gzip ; q=0.001'])(
  'a client that accepts %j gets it',
  (accepted) => expect(coding(accepted)).toBe('gzip'),
)

test.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.000', 'x-gzip', '*'])(
  'a client that accepts %j does not',
  (accepted) => expect(coding(accepted)).toBeUndefined(),
)

test('a server that is not set to code does not, whatever is accepted', () => {
  expect(coding('gzip, br', 'identity')).toBeUndefined()
  expect(coding('gzip, br', 'br')).toBe('br')
})
