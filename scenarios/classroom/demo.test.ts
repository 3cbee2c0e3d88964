import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { until } from '../../server/fixture/until.ts'
import { type Demo, startDemo } from './demo.ts'
import { freePort } from './listen.ts'
import { KeptRoom } from './room/kept.ts'
import { childrenRunning } from './stage/fixture.ts'

const LONG_MS = 40_000
const key = 'AAAAAAAAAAAAAAAAAAAAAA'
let folder: string
let demo: Demo | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-demo-'))
})
afterEach(async () => {
  await demo?.close()
  demo = undefined
  rmSync(folder, { recursive: true, force: true })
})

const loopbackPort = () => freePort(0, ['127.0.0.1'])

/** Leaves a class behind on a port, as a crash does. */
function leave(port: number, room: object = {}): string {
  const file = join(folder, `${port}.json`)
  const nothing = { rounds: [], revealed: [], ballots: [], tokens: [] }
  new KeptRoom(file).write({
    key,
    room: { version: 1, code: 'ABC234', lesson: 1, phase: 'predict', ...nothing, ...room },
  })
  return file
}

function statusAt(host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: '/', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    asked.end()
  })
}

describe('a demo', () => {
  test('in the network by one address is heard on that and on 127.0.0.1, and on no other', async () => {
    const lan = '127.0.0.2'
    const interfaces = () => ({ eth0: [{ address: lan, family: 'IPv4', internal: false } as never] })
    demo = await startDemo({ port: 0, lan, folder, interfaces })
    const port = Number(new URL(demo.url).port)
    expect(demo.joinUrl).toBe(`http://127.0.0.2:${port}/`)
    expect(await statusAt('127.0.0.1', port)).toBe(200)
    expect(await statusAt(lan, port)).toBe(200)
    for (const host of ['127.0.0.3', ...ownAddresses()]) {
      expect([host, await statusAt(host, port)]).toEqual([host, 'ECONNREFUSED'])
    }
    // A student joins there, over the same room.
    const socket = new WebSocket(`ws://${lan}:${port}/room`, { origin: `http://${lan}:${port}` })
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'hello', role: 'student', code: demo.code }))
    await until('it is in', () => demo?.room.snapshot().tokens.length === 1)
    await demo.close()
    demo = undefined
    expect(await statusAt(lan, port)).toBe('ECONNREFUSED')
    // Nobody finds a class again on a port that was free by chance.
    expect(readdirSync(folder)).toEqual([])
  })

  test('keeps its class, and goes on although the folder is gone', async () => {
    const port = await loopbackPort()
    const told: string[] = []
    demo = await startDemo({ port, folder, tell: (text) => told.push(String(text)) })
    const file = join(folder, `${port}.json`)
    await until('it is kept', () => readdirSync(folder).length === 1)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ key: demo.key, room: { code: demo.code } })
    // Where a folder has been there is a file.
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    demo.room.tellAgain()
    await until('it is told', () => told.length > 0)
    expect(told).toEqual([expect.stringContaining('cannot be kept')])
    expect(await statusAt('127.0.0.1', port)).toBe(200)
    rmSync(folder)
    mkdirSync(folder)
  })

  test('leaves nothing running where the port is taken while it sets up', async () => {
    const port = await loopbackPort()
    leave(port, { phase: 'observe', rounds: [['1/predict', 1]] })
    const starting = startDemo({ port, folder })
    const other = createServer()
    starting.catch(() => {})
    try {
      await until('its stage begins', () => childrenRunning('lanes-process').length > 0, LONG_MS)
      other.listen(port, '127.0.0.1')
      await once(other, 'listening')
      await expect(starting).rejects.toMatchObject({
        code: 'PORT_IN_USE',
        message: expect.stringContaining('--port 0'),
      })
    } finally {
      other.close()
    }
    await until('its children are gone', () => childrenRunning('lanes-process').length === 0)
    await expect(connectTo(port)).rejects.toThrow()
    // Who goes elsewhere has not ended the class.
    expect(readdirSync(folder)).toEqual([`${port}.json`])
  })

  test('that is interrupted before the class is open deletes none that it was to go on with', async () => {
    const port = await loopbackPort()
    const file = leave(port)
    const command = new URL('../commands/demo.ts', import.meta.url).href
    // It is interrupted as soon as it has said that it sets up, and hears of it once it waits for something.
    const run = `const { demo } = await import(${JSON.stringify(command)})
      const { error } = console
      console.error = (text) => { error(text); process.kill(process.pid, 'SIGINT') }
      await demo({ port: ${port}, lang: 'en', folder: ${JSON.stringify(folder)} })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', run])
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        text += data
      })
    }
    const [code] = await once(child, 'exit')
    expect([code, text]).toEqual([130, 'Setting up the classroom...\n'])
    expect(new KeptRoom(file).read()?.key).toBe(key)
  })
})

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
}

async function connectTo(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
  } finally {
    socket.destroy()
  }
}
