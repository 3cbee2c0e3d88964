import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type WebSocket, WebSocketServer } from 'ws'
import type { BuiltPage } from '../bundle.ts'
import { defaultStageSettings, type StageEntry, type StageSetup } from '../log/entries.ts'
import type { Ballot, FromRoom, RoomState, StudentState, ToRoom } from '../room/protocol.ts'

/** A room that says what a test wants it to say, and notes what pages say to it. */
export interface FakeRoom {
  url: string
  /** All messages of pages, without those about clocks. */
  messages: ToRoom[]
  /** What every page is told, now and when it says hello; a student's vote is put in by itself. */
  tell(state: StudentState | RoomState): void
  log(run: number, entries: StageEntry[]): void
  /** What a hello is answered with instead of a welcome. */
  refuseWith: Extract<FromRoom, { type: 'refused' }> | undefined
  /** Says that the class is over. */
  goodbye(): void
  /** Ends all connections and lets nobody in until `open`. */
  shut(): void
  open(): void
  close(): Promise<void>
}

/**
 * @param pageAt gives the page at a path.
 * @param host to listen on; 127.0.0.2 is no address that a page takes for its own machine's.
 */
export async function startFakeRoom(
  pageAt: (path: string) => BuiltPage,
  host = '127.0.0.1',
): Promise<FakeRoom> {
  const server = createServer((request, response) => {
    const { html, csp } = pageAt(request.url ?? '/')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp })
    response.end(html)
  })
  const sockets = new WebSocketServer({ noServer: true })
  const pages = new Set<WebSocket>()
  const votes = new Map<string, number>()
  let state: StudentState | RoomState | undefined
  let isShut = false
  server.on('upgrade', (request, socket, head) => {
    if (isShut) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      page.on('message', (data) => take(page, JSON.parse(String(data))))
      page.on('close', () => pages.delete(page))
    })
  })

  function say(page: WebSocket, message: FromRoom): void {
    page.send(JSON.stringify(message))
  }

  function show(page: WebSocket): void {
    if (!state) return
    if ('joinUrl' in state) {
      say(page, { type: 'room', state })
      return
    }
    const vote = votes.get(state.ballot?.id ?? state.result?.ballot.id ?? '')
    say(page, { type: 'student', state: vote === undefined ? state : { ...state, vote } })
  }

  function take(page: WebSocket, message: ToRoom): void {
    if (message.type === 'clock') {
      say(page, { type: 'clock', sentMs: message.sentMs, atUs: Math.round(performance.now() * 1_000) })
      return
    }
    room.messages.push(message)
    if (message.type === 'hello') {
      if (room.refuseWith) {
        say(page, room.refuseWith)
        page.close()
        return
      }
      pages.add(page)
      say(
        page,
        message.role === 'staff'
          ? { type: 'welcome', role: 'staff' }
          : { type: 'welcome', role: 'student', token: 'token-0123456789' },
      )
      show(page)
    }
    if (message.type === 'vote') {
      if (!votes.has(message.ballot)) votes.set(message.ballot, message.option)
      say(page, { type: 'voted', ballot: message.ballot, option: votes.get(message.ballot) as number })
      show(page)
    }
  }

  server.listen(0, host)
  await once(server, 'listening')
  const room: FakeRoom = {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    messages: [],
    refuseWith: undefined,
    tell(next) {
      state = next
      for (const page of pages) show(page)
    },
    log(run, entries) {
      for (const page of pages) say(page, { type: 'log', run, entries })
    },
    goodbye() {
      for (const page of pages) say(page, { type: 'goodbye' })
    },
    shut() {
      isShut = true
      for (const page of pages) page.terminate()
    },
    open() {
      isShut = false
    },
    async close() {
      for (const page of sockets.clients) page.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return room
}

/** A page in a context of its own, and what its console had to complain of. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // That a connection was refused is what tests of breaks are about.
    if (message.type() === 'error' && !/WebSocket connection/.test(message.text()))
      complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds in the page as it is, one line each. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
      }
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  })
}

/** By how many px the page is wider than its window. */
export function tooWidePx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

export const ballotFixture: Ballot = {
  id: '2/predict/1',
  question: { en: 'What does silence cost?', zh: '安静要付出什么代价？' },
  options: [
    { en: 'Nothing: no event, no traffic', zh: '没有代价：没有事件，就没有流量' },
    { en: 'A request and an empty answer each second', zh: '每秒一个请求和一个空响应' },
    { en: 'One request a minute', zh: '每分钟一个请求' },
    { en: 'It depends on the server', zh: '取决于服务器' },
  ],
}

export const studentFixture: StudentState = {
  lesson: 2,
  title: { en: 'What does silence cost?', zh: '安静的代价' },
  phase: 'predict',
  ballot: ballotFixture,
}

export function roomFixture(state: Partial<RoomState> = {}): RoomState {
  const lanes = [{ id: 'short-poll', technique: 'short-poll', port: 1 }]
  return {
    code: 'K7MQ3X',
    joinUrl: 'http://192.168.1.5:8080/',
    students: { here: 24, joined: 25, most: 300 },
    lesson: 2,
    phase: 'predict',
    round: 1,
    voters: 25,
    ballot: ballotFixture,
    tallies: [{ ballot: ballotFixture.id, counts: [6, 9, 3, 2], votes: 20, right: 1 }],
    advice: 'discuss-and-revote',
    steps: [],
    recording: false,
    ...state,
    stage: {
      run: 1,
      epochUs: 0,
      setup: { lanes: [{ id: 'short-poll', technique: 'short-poll' }], settings: defaultStageSettings },
      settings: defaultStageSettings,
      lanes,
      network: 'up',
      server: 'up',
      player: 'another',
      ...state.stage,
    },
  }
}

/** A log of so many events that every lane receives at once, of a stage. */
export function logFixture({ lanes, settings }: StageSetup, events: number, run = 1): StageEntry[] {
  const begun: StageEntry[] = [
    { kind: 'began', atUs: 0, run, lanes, settings },
    ...lanes.flatMap(({ id }): StageEntry[] => [
      { kind: 'asked', atUs: 10_000, lane: id },
      { kind: 'opened', atUs: 12_000, lane: id },
    ]),
  ]
  const happened = Array.from({ length: events }, (_, i): StageEntry[] => {
    const [seq, atUs] = [i + 1, 50_000 + i * 100_000]
    return [
      { kind: 'published', atUs, seq, dueUs: atUs, payloadBytes: settings.payloadBytes },
      ...lanes.map(({ id }): StageEntry => ({ kind: 'received', atUs: atUs + 1_000, lane: id, seq })),
    ]
  })
  return [...begun, ...happened.flat()]
}

/** The smallest letters of a page that are seen, in px, and what they say. */
export function smallestText(page: Page): Promise<{ px: number; text: string }> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let smallest = { px: Number.POSITIVE_INFINITY, text: '' }
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || !node.textContent?.trim() || element.closest('script, style, [role=status], .unseen'))
        continue
      if (!element.checkVisibility()) continue
      const px = Number.parseFloat(getComputedStyle(element).fontSize)
      if (px < smallest.px) smallest = { px, text: node.textContent }
    }
    return smallest
  })
}
