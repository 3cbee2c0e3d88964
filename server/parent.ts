import { type ErrorCode, PushlabError } from './error.ts'

/** An error on its way to the parent process: what it is, by its code, and what people are told of it. */
export interface Failed {
  type: 'failed'
  code: ErrorCode
  reason: string
}

export function failedBy(error: unknown): Failed {
  if (error instanceof PushlabError) return { type: 'failed', code: error.code, reason: error.message }
  const { syscall, message } = (error ?? {}) as NodeJS.ErrnoException
  // What the system refuses, such as one more descriptor, is no mistake of pushlab's: its place would help nobody.
  return syscall !== undefined
    ? { type: 'failed', code: 'CHILD_FAILED', reason: message }
    : { type: 'failed', code: 'INTERNAL', reason: String((error as Error)?.stack ?? error) }
}

/** Tells the parent something, unless it is gone; calls back once the message has left. */
export function tellParent<Message extends object>(message: Message, sent: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, {}, sent)
  else sent()
}

/**
 * Lets the parent process drive this one over their IPC channel: each message is handed to `answer`, what that resolves
 * with goes back, and what it rejects with goes back as `failed`.
 * @param onGone the parent is gone, however it went, and nothing here may outlive it; default: ends this process.
 */
export function obeyParent<Message, Answer extends object>(
  answer: (message: Message) => Promise<Answer | undefined> | Answer | undefined,
  onGone: () => unknown = () => process.exit(),
): void {
  process.on('message', async (message: Message) => {
    try {
      const told = await answer(message)
      if (told) tellParent(told)
    } catch (error) {
      tellParent(failedBy(error))
    }
  })
  process.once('disconnect', onGone)
  // Ctrl-C reaches the whole process group; when to end is the parent's business.
  process.on('SIGINT', () => {})
}
