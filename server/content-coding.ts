import {
  type BrotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  type Gzip,
  gzipSync,
} from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import type { ServerSettings } from './settings.ts'

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

/** What is made on the fly is compressed at about this level; brotli's own default, 11, is for files. */
const BROTLI_PARAMS = { [constants.BROTLI_PARAM_QUALITY]: 4 }

/** A coder of a stream's content. */
export function streamCoder(coding: 'gzip' | 'br'): Gzip | BrotliCompress {
  return coding === 'gzip'
    ? createGzip()
    : createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: BROTLI_PARAMS })
}

/** A whole content, coded. */
export function coded(coding: 'gzip' | 'br', content: string): Uint8Array {
  return coding === 'gzip' ? gzipSync(content) : brotliCompressSync(content, { params: BROTLI_PARAMS })
}
