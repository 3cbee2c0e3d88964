import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { until } from '../../../server/fixture/until.ts'
import type { StageSetup } from '../log/entries.ts'
import { defaultStageSettings } from '../log/entries.ts'
import { runnableTechniques } from '../stage/runnable.ts'
import { Classroom, tableOf } from './classroom.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LONG = { timeout: 60_000 }

let browser: Browser | undefined
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** Every technique that a browser runs, at five events a second; the iframe notices a break only by its heartbeat. */
const everything: StageSetup = {
  lanes: runnableTechniques().map((technique) => ({ id: technique, technique })),
  settings: { ...defaultStageSettings, ratePerSecond: 5, pollIntervalMs: 300 },
}

/** The wall in its sandbox with some lanes, all of them open. */
async function wallWith(classroom: Classroom, setup: StageSetup): Promise<Page> {
  const wall = await classroom.staff('projector')
  await wall.getByRole('button', { name: 'Lessons' }).click()
  await wall.locator('[data-lesson="0"]').click()
  await until('the sandbox has begun', () => classroom.demo.stage.run > 0, LONG.timeout)
  await classroom.demo.stage.begin(setup)
  await allOpen(classroom)
  return wall
}

async function allOpen(classroom: Classroom): Promise<void> {
  const silent = () => classroom.state()?.lanes.filter(({ received }) => received.length === 0) ?? []
  await until('every lane has received something', () => silent().length === 0, LONG.timeout)
}

/** Lanes whose latest receipt is not the feed's latest event. */
function behind(classroom: Classroom): string[] {
  const state = classroom.state()
  const latest = state?.events.at(-1)?.seq ?? 0
  return (state?.lanes ?? [])
    .filter(({ received }) => (received.at(-1)?.seq ?? 0) < latest - 3)
    .map(({ spec }) => spec.id)
}

/** Connections of this machine that are established at a port. */
function established(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .filter((line) => new RegExp(`^\\s*\\d+: 0100007F:${hex} \\S+ 01 `).test(line)).length
}

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', () => resolve(true))
  })
}

describe.concurrent('the stage with every technique', () => {
  test('what the page shows is what the tap saw, what the sockets counted and what the server logged', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const wall = await wallWith(classroom, everything)
    await expect.poll(() => classroom.state()?.events.length ?? 0, LONG).toBeGreaterThan(20)
    // Once nothing moves any more, all hands have written down the same.
    await classroom.demo.stage.change({ isPaused: true })
    await expect.poll(() => behindBy(classroom), LONG).toEqual([])
    await classroom.demo.stage.act('cut')
    await expect
      .poll(() => classroom.state()?.lanes.map(({ agrees }) => agrees), LONG)
      .toEqual(everything.lanes.map(() => true))

    const state = classroom.state()
    const published = state?.events.map(({ seq }) => seq)
    for (const lane of state?.lanes ?? []) {
      const totals = () =>
        classroom.demo.stage.log.findLast((entry) => entry.kind === 'totals' && entry.lane === lane.spec.id)
      // They come a moment behind the cut.
      await expect.poll(totals, LONG).toMatchObject({ socketUp: lane.bytesUp, socketDown: lane.bytesDown })
      // Every dot is an event of the log, once and in order, and every event since the lane opened is a dot.
      const seqs = lane.received.map(({ seq }) => seq)
      expect.soft(seqs, lane.spec.id).toEqual(published?.slice((seqs[0] ?? 1) - 1))
      expect.soft(lane.duplicated, lane.spec.id).toEqual([])
      await expect
        .poll(async () => (await tableOf(wall))[lane.spec.id], LONG)
        .toMatchObject({
          bytes: String(lane.bytes),
          bytesUp: String(lane.bytesUp),
          requests: String(lane.requests),
          received: String(lane.received.length),
          agrees: 'true',
        })
      const events = await wall.evaluate(
        (id) =>
          [...document.querySelectorAll<HTMLElement>(`tr[data-lane="${id}"][data-seq]`)].map(
            ({ dataset }) => [Number(dataset.seq), Number(dataset.publishedUs), Number(dataset.receivedUs)],
          ),
        lane.spec.id,
      )
      expect.soft(events.length, lane.spec.id).toBeGreaterThan(10)
      for (const [seq, publishedUs, receivedUs] of events) {
        expect.soft(publishedUs).toBe(state?.events[(seq as number) - 1]?.publishedUs)
        // One that was published before a slow machine had opened the lane has no receipt.
        const receipt = lane.received.find((one) => one.seq === seq)
        expect.soft(receivedUs).toBe(receipt?.atUs ?? Number.NaN)
      }
    }

    await wall.keyboard.press('x')
    for (const [i, lane] of (state?.lanes ?? []).entries()) {
      await wall.locator('.xr-panel .xr-choice label').nth(i).click()
      await expect
        .poll(() => wall.locator('.xr-totals').first().getAttribute('data-total-bytes'), LONG)
        .toBe(String(lane.bytes))
      const classes = await wall
        .locator('.xr-totals tr[data-class]')
        .evaluateAll((rows) => rows.reduce((sum, row) => sum + Number((row as HTMLElement).dataset.bytes), 0))
      expect.soft(classes, lane.spec.id).toBe(lane.bytes)
    }
    expect(classroom.complaints).toEqual([])
  }, 180_000)

  test('a cut network kills real sockets and refuses new ones, and lanes recover alone, with nothing lost', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    await wallWith(classroom, everything)
    const ports = classroom.demo.stage.lanes.map(({ port }) => port)
    expect(ports.reduce((sum, port) => sum + established(port), 0)).toBeGreaterThanOrEqual(ports.length - 2)

    await classroom.demo.stage.act('cut')
    expect(ports.map(established)).toEqual(ports.map(() => 0))
    expect(await Promise.all(ports.map(refuses))).toEqual(ports.map(() => true))
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await classroom.demo.stage.act('mend')
    await expect.poll(() => behind(classroom), LONG).toEqual([])
    expect(classroom.state()?.lanes.flatMap(({ lost, duplicated }) => [...lost, ...duplicated])).toEqual([])
    expect(classroom.complaints).toEqual([])
  }, 180_000)

  test('after a restart of the server all lanes come back alone, and only who forgets has lost', async ({
    expect,
    skip,
  }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const forgetful = { id: 'websocket-forgetful', technique: 'websocket', forgetful: true }
    await wallWith(classroom, { ...everything, lanes: [...everything.lanes, forgetful] })
    await classroom.demo.stage.act('restart')
    await expect.poll(() => classroom.demo.stage.server, LONG).toBe('up')
    await expect.poll(() => behind(classroom), LONG).toEqual([])

    const lost = Object.fromEntries(classroom.state()?.lanes.map(({ spec, lost }) => [spec.id, lost]) ?? [])
    const { 'websocket-forgetful': forgotten = [], ...others } = lost
    expect(Object.values(others).flat()).toEqual([])
    const log = classroom.demo.stage.log
    const at = (server: string) =>
      log.find((entry) => entry.kind === 'changed' && entry.server === server)?.atUs ?? 0
    const missed = log.flatMap((entry) =>
      entry.kind === 'published' && entry.atUs > at('down') && entry.atUs < at('up') ? [entry.seq] : [],
    )
    expect(missed.length).toBeGreaterThan(5)
    expect(forgotten).toEqual(expect.arrayContaining(missed))
    expect(classroom.complaints).toEqual([])
  }, 180_000)

  test('axe finds nothing while lanes play, in both languages and themes', async ({ expect, skip }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const wall = await wallWith(classroom, everything)
    await wall.keyboard.press('x')
    for (const key of ['', 'g', 'd', 'g']) {
      if (key) await wall.keyboard.press(key)
      // Chromium lets no script in but by its debugger.
      const found = await wall.evaluate(`${AXE}; axe.run(document, { resultTypes: ['violations'] }).then(
        ({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).slice(0, 3)))`)
      expect.soft(found, key).toEqual([])
    }
    expect(classroom.complaints).toEqual([])
  }, 180_000)
})

/** Lanes that have not received the feed's latest event. */
function behindBy(classroom: Classroom): string[] {
  const state = classroom.state()
  const latest = state?.events.at(-1)?.seq
  return (state?.lanes ?? [])
    .filter(({ received }) => received.at(-1)?.seq !== latest)
    .map(({ spec }) => spec.id)
}
