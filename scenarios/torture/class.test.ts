import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { beginLesson, joinClass } from './class.ts'

let room: WebSocketServer | undefined
afterEach(() => room?.close())

/** A room that reads one message after the other, and takes its time with each. Gives what a demo prints, and what was read. */
async function slowRoom(answerTo: (type: string) => object[]) {
  const done: string[] = []
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  room = server
  server.on('connection', (socket) => {
    let before: Promise<unknown> = Promise.resolve()
    socket.on('message', (data) => {
      before = before.then(async () => {
        await sleep(50)
        if (socket.readyState !== socket.OPEN) return
        const { type } = JSON.parse(String(data))
        done.push(type)
        for (const answer of answerTo(type)) socket.send(JSON.stringify(answer))
      })
    })
  })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { done, invitation: `${url}/k/KEY/teacher?lang=en\n${url}/ with the code abc` }
}

const stateIn = (phase: string) => ({ type: 'room', state: { lesson: 1, phase } })

test('a lesson has begun when the room says so, and not when it has let the teacher in', async () => {
  const { done, invitation } = await slowRoom((type) =>
    type === 'hello' ? [{ type: 'welcome' }, stateIn('predict')] : [stateIn('observe')],
  )
  expect(await beginLesson(invitation)).toBe(true)
  expect(done).toEqual(['hello', 'go'])
})

test('who is refused has not joined', async () => {
  const { invitation } = await slowRoom(() => [{ type: 'refused', code: 'WRONG_CODE' }])
  room?.on('connection', (socket) => socket.on('message', () => setTimeout(() => socket.close(), 100)))
  expect(await joinClass(invitation)).toBe(false)
})

test('nobody joins a class that has not opened', async () => {
  expect(await joinClass('Setting up the classroom...')).toBe(false)
})
