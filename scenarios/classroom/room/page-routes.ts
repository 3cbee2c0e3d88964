import type { FastifyInstance, FastifyReply } from 'fastify'
import { csvOf } from '../../../report/csv.ts'
import type { Said } from '../../../report/words/say.ts'
import type { BuiltPage } from '../bundle.ts'
import { bilingual } from './bilingual.ts'
import type { Gate } from './gate.ts'
import { roomTexts } from './texts.ts'

/** `student` and `worksheet` are for all, `key` says where the key is, and the others are behind it. */
export type RoomPageName = 'student' | 'teacher' | 'projector' | 'learn' | 'worksheet' | 'answers' | 'key'
export type RoomPages = Record<RoomPageName, BuiltPage>

const behindKey = ['teacher', 'projector', 'learn', 'worksheet', 'answers'] as const satisfies RoomPageName[]
const withoutKey = ['teacher', 'projector', 'learn', 'answers'] as const satisfies RoomPageName[]

/** On every answer; a page brings a policy of its own. */
export const roomHeaders = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const

/** Serves the pages: some to everybody, and those of staff only below `/k/` and the key. */
export function addRoomPages(
  app: FastifyInstance,
  pages: RoomPages,
  gate: Gate,
  votes: () => (string | number)[][],
): void {
  app.get('/', (_request, reply) => sendPage(reply, pages.student))
  app.get('/worksheet', (_request, reply) => sendPage(reply, pages.worksheet))
  for (const name of withoutKey) {
    app.get(`/${name}`, (_request, reply) => sendPage(reply.code(403), pages.key))
  }
  app.get<{ Params: { key: string; page: string } }>('/k/:key/:page', (request, reply) => {
    const { key, page } = request.params
    const admission = gate.judgeKey(key, request.ip, performance.now())
    if (admission === 'too-many')
      return sendText(reply.code(429).header('retry-after', '10'), roomTexts.tooManyTries)
    if (admission === 'wrong') return sendPage(reply.code(404), pages.key)
    if (page === 'votes.csv') return sendCsv(reply, votes())
    const name = behindKey.find((known) => known === page)
    return name ? sendPage(reply, pages[name]) : sendText(reply.code(404), roomTexts.notFound)
  })
}

function sendCsv(reply: FastifyReply, rows: (string | number)[][]): FastifyReply {
  // A spreadsheet takes a file for UTF-8 that begins with this mark.
  const text = `\ufeff${csvOf(rows)}`
  const head = { 'content-disposition': 'attachment; filename="pushlab-votes.csv"' }
  return reply.headers(head).type('text/csv; charset=utf-8').send(text)
}

/** Both languages, for nobody knows yet which one is read. */
export function sendText(reply: FastifyReply, text: Said): FastifyReply {
  const { en, zh } = bilingual(text)
  return reply.type('text/plain; charset=utf-8').send(`${en}\n${zh}\n`)
}

function sendPage(reply: FastifyReply, { html, csp }: BuiltPage): FastifyReply {
  return reply.header('content-security-policy', csp).type('text/html; charset=utf-8').send(html)
}
