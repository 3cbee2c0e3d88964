import { Meter } from '../../../clients/meter.ts'
import type { Tap } from '../../../clients/tap.ts'
import { clientTechnique } from '../../../clients/technique.ts'
import { nowUs } from '../../../server/clock.ts'
import { defaultVariant, type Variant } from '../../../server/variant.ts'

/** One try of one subscriber, without reconnecting. */
export interface Attempt {
  /** When the server had accepted it, microseconds from the start; undefined where it has not. */
  openedAfterUs?: number
  /** When the transport failed, likewise. */
  failedAfterUs?: number
  /** With which code: `HTTP_426` for example. */
  failure?: string
  /** What came, by the event's number, with the time of its receipt on the monotonic clock. */
  receivedAtUs: Map<number, number>
  /** Ends it; resolves once its sockets are closed. */
  end(): Promise<void>
}

export interface AttemptOptions {
  variant?: Variant
  pollIntervalMs?: number
  pollPhaseMs?: number
  /** Keeps every byte. */
  tap?: Tap
}

/** Whether it has come to something. */
export function isSettled({ openedAfterUs, failure }: Attempt): boolean {
  return (openedAfterUs ?? failure) !== undefined
}

/** Subscribes with a registered technique's twin, and notes what becomes of it. */
export async function attempt(
  technique: string,
  url: string,
  signal: AbortSignal,
  { variant = defaultVariant, pollIntervalMs = 10, pollPhaseMs = 0, tap }: AttemptOptions = {},
): Promise<Attempt> {
  const twin = await clientTechnique(technique, variant.client)
  const meter = new Meter()
  const ending = new AbortController()
  const startUs = nowUs()
  const tried: Attempt = {
    receivedAtUs: new Map(),
    end: async () => {
      ending.abort()
      await done
      await meter.close()
    },
  }
  const done = twin({
    url,
    door: meter.door(variant, tap),
    pollIntervalMs,
    pollPhaseMs,
    signal: AbortSignal.any([signal, ending.signal]),
    onOpen: () => {
      tried.openedAfterUs = nowUs() - startUs
    },
    onEvent: ({ seq }) => tried.receivedAtUs.set(seq, nowUs()),
    onGap: () => {},
    onEmptyAnswer: () => {},
  }).catch((error: NodeJS.ErrnoException) => {
    if (ending.signal.aborted || signal.aborted) return
    tried.failure = error.code ?? error.name
    tried.failedAfterUs = nowUs() - startUs
  })
  return tried
}
