/**
 * The one error class of the project. `code` is for programs, `message` is for people and says what happened,
 * where, and how to mend it; it is printed without a stack trace.
 */
export class PushlabError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PushlabError'
    this.code = code
  }
}

export type ErrorCode =
  /** A flag, name or value that the person gave cannot be used as given. */
  | 'BAD_INPUT'
  /** What was asked for is not allowed here. */
  | 'FORBIDDEN'
  /** Another process measures on this machine, or what names it cannot be written. */
  | 'BUSY'
  /** Somebody else listens on the port. */
  | 'PORT_IN_USE'
  /** A results file cannot be read as what it claims to be. */
  | 'BAD_RECORD'
  /** More subscribers than this process may hold descriptors. */
  | 'TOO_FEW_DESCRIPTORS'
  /** What was measured cannot be written down. */
  | 'NOT_WRITTEN'
  /** A program of the machine's is needed, and not there. */
  | 'NOT_INSTALLED'
  /** A child process of the bench ended, or did what it should not. */
  | 'CHILD_FAILED'
  /** A child process did not do in time what it was told. */
  | 'TIMED_OUT'
  /** The same, of work that grows with the load, once the load was there. */
  | 'OVERLOADED'
  /** A mistake in pushlab itself, in a child process. */
  | 'INTERNAL'
  /** A subscriber was not accepted in time. */
  | 'NOT_ACCEPTED'
  /** A stream ended although the feed is not over. */
  | 'STREAM_ENDED'
  /** An HTTP answer with a status that the technique does not know. */
  | `HTTP_${number}`
  /** An XMLSocket's policy file does not allow the connection. */
  | 'POLICY_REFUSED'
  /** A WebSocket closed with this code. */
  | `WEBSOCKET_${number}`
