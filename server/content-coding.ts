import type { FastifyRequest } from 'fastify'
import type { ServerSettings } from './technique.ts'

/** The content coding of an answer, where the server is set to use one and the client accepts it. */
export function codingFor(
  { headers }: FastifyRequest,
  { contentCoding }: ServerSettings,
): 'gzip' | 'br' | undefined {
  if (contentCoding === 'identity') return undefined
  const accepted = String(headers['accept-encoding'] ?? '').split(',')
  const named = accepted.some((part) => {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    // RFC 9110 section 12.4.2: a weight of 0 means "not acceptable".
    return name === contentCoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
  return named ? contentCoding : undefined
}
