import type { PushlabError } from '../server/error.ts'

/** What the `pushlab` process ends with. */
export const ExitCode = {
  /** All that was planned was measured, and what was to be judged could be. */
  fine: 0,
  /** A mistake in pushlab itself. */
  internalError: 1,
  /** What was asked for cannot be done as asked; the message says how it can. */
  badInput: 2,
  /** A threshold was not kept, a comparison found something worse, or a worksheet is not all right. */
  threshold: 3,
  /** Something planned could not be measured, judged, or is not valid in a way in which it is meant to be read. */
  notValid: 4,
  /** What the command needs is not on this machine: the runtime, nginx, a browser. */
  environment: 5,
  interrupted: 130,
} as const

/** The exit code for an error that ended a command: most say that what was asked for cannot be done as asked. */
export function exitCodeFor({ code }: PushlabError): number {
  if (code === 'INTERNAL') return ExitCode.internalError
  if (code === 'NOT_INSTALLED') return ExitCode.environment
  const isFailed = code === 'CHILD_FAILED' || code === 'TIMED_OUT' || code === 'NOT_WRITTEN'
  return isFailed ? ExitCode.notValid : ExitCode.badInput
}
