import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'

/** A room that has not answered after so long does not. */
const ANSWER_MS = 10_000

/** Joins a class as a student does. @param invitation what the demo printed. @returns whether it was let in. */
export function joinClass(invitation: string): Promise<boolean> {
  const code = /with the code (\S+)/.exec(invitation)?.[1]
  return talk(invitation, [[{ type: 'hello', role: 'student', code }, WELCOME]])
}

/** Lets lanes run, as a teacher does. @param invitation what the demo printed. @returns whether the class is there. */
export function beginLesson(invitation: string): Promise<boolean> {
  const key = /\/k\/([^/]+)\//.exec(invitation)?.[1]
  return talk(invitation, [
    [{ type: 'hello', role: 'staff', key }, WELCOME],
    [{ type: 'go', lesson: 1, phase: 'observe' }, /^\{"type":"room".*"phase":"observe"/],
  ])
}

const WELCOME = /^\{"type":"welcome"/

/**
 * Says something to the room, and the next once that was answered as it should be: of what is said at once, a part is never read where
 * the connection ends at the first answer. Returns whether all was answered.
 */
async function talk(
  invitation: string,
  said: readonly [message: object, answer: RegExp][],
): Promise<boolean> {
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(invitation)?.[0]
  if (!origin) return false
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/room`, { origin })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const left = [...said]
  const sayNext = () => {
    if (left[0]) socket.send(JSON.stringify(left[0][0]))
    else resolve(true)
  }
  socket.on('open', sayNext)
  socket.on('message', (text) => {
    if (!left[0]?.[1].test(String(text))) return
    left.shift()
    sayNext()
  })
  for (const end of ['error', 'close'] as const) socket.on(end, () => resolve(false))
  try {
    return await Promise.race([promise, sleep(ANSWER_MS, false, { ref: false })])
  } finally {
    socket.terminate()
  }
}
