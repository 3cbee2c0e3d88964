import type { BrowserTechnique } from '../../../../clients/browser/technique.ts'
import type { Cursor } from '../../../../server/event.ts'
import type { LaneSight } from '../../log/entries.ts'
import type { FromLane, ToLane } from './messages.ts'
import { keepGoing } from './tab.ts'

/**
 * The script of a lane's page, which its own server serves and the stage's page holds in an iframe. It plays one
 * technique and tells the page around what it sees. Which technique, and the origin of that page, stand in the fragment,
 * which is never sent: `#technique=sse&origin=http://127.0.0.1:8080`.
 */
const address = new URLSearchParams(location.hash.slice(1))
const technique = address.get('technique') ?? ''
const around = address.get('origin') ?? ''

let playing = new AbortController()
let pollIntervalMs = 1_000

addEventListener('message', ({ source, origin, data }: MessageEvent<ToLane>) => {
  if (source !== parent || origin !== around) return
  if (data.type === 'start') void start(data)
  else if (data.type === 'change') pollIntervalMs = data.pollIntervalMs
  else if (data.type === 'probe') void probe(playing.signal)
  else if (data.type === 'stop') playing.abort()
})
// Opened by itself it has nobody to tell, and does nothing.
if (parent !== window && around) tell({ type: 'ready' })

async function start(asked: ToLane & { type: 'start' }): Promise<void> {
  const { cursors, forgetful, socketIo, tabs, heartbeatMs = 15_000 } = asked
  playing.abort()
  playing = new AbortController()
  const { signal } = playing
  pollIntervalMs = asked.pollIntervalMs
  const run = await twinOf(technique)
  for (let tab = 1; tab <= tabs; tab++) {
    void keepGoing({
      run,
      url: location.origin,
      cursor: cursors[tab - 1],
      forgetful,
      socketIo,
      heartbeatMs,
      signal,
      pollIntervalMs: () => pollIntervalMs,
      onSight: (what, cursor) => see(tab, what, cursor),
    })
  }
}

/** The bundler takes in every file of that folder, so that a technique is added by adding its file. */
async function twinOf(name: string): Promise<BrowserTechnique> {
  try {
    const module: { default: BrowserTechnique } = await import(
      `../../../../clients/browser/techniques/${name}.ts`
    )
    return module.default
  } catch {
    return () => Promise.reject(new Error(`No browser can run "${name}" here.`))
  }
}

/** Asks this page's own server for something small, as any script of the page might. */
async function probe(signal: AbortSignal): Promise<void> {
  const tab = 1
  see(tab, { kind: 'probed', state: 'waits' }, undefined)
  try {
    await fetch('/lane/probe', { cache: 'no-store', signal })
    see(tab, { kind: 'probed', state: 'answered' }, undefined)
  } catch {
    // It was never answered, which is what has been told.
  }
}

function see(tab: number, what: LaneSight, cursor: Cursor | undefined): void {
  tell({ type: 'seen', atMs: performance.timeOrigin + performance.now(), tab, what, cursor })
}

function tell(message: FromLane): void {
  parent.postMessage(message, around)
}
