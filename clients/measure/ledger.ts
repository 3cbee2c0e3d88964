import type { Ledger, LedgerSide } from '../../results/record.ts'
import type { Wire } from '../../server/technique.ts'
import type { Variant } from '../../server/variant.ts'
import { type ByteClass, sumClasses } from '../../server/wire/span.ts'
import type { Tap, TapMark } from '../tap.ts'
import { readerOf } from './reader.ts'

/** The instants between which the window lies, and the events that the probe received in it. */
export interface LedgerWindow {
  setupEnd: TapMark
  start: TapMark
  end: TapMark
  events: number
  /** Messages that the probe sent from first to last. */
  totalMessages: number
}

/** Labels every byte that the tap has kept and sums them by class, direction and part of the run. */
export function ledgerOf(
  tap: Tap,
  wire: Wire,
  variant: Variant,
  { setupEnd, start, end, events, totalMessages }: LedgerWindow,
): Ledger {
  const ledger: Ledger = {
    ...{ setup: noBytes(), window: noBytes(), total: noBytes() },
    ...{ tappedUp: 0, tappedDown: 0, socketUp: 0, socketDown: 0 },
    windowEvents: events,
    totalMessages,
  }
  tap.connections.forEach((connection, i) => {
    const read = readerOf(wire, variant, connection)
    const bytes = { up: connection.up.bytes(), down: connection.down.bytes() }
    for (const direction of ['up', 'down'] as const) {
      const spans = read[direction](bytes[direction])
      const at = (mark: TapMark) => mark[i]?.[direction] ?? 0
      addTo(ledger.setup[direction], sumClasses(spans, 0, at(setupEnd)))
      addTo(ledger.window[direction], sumClasses(spans, at(start), at(end)))
      addTo(ledger.total[direction], sumClasses(spans))
    }
    ledger.tappedUp += bytes.up.length
    ledger.tappedDown += bytes.down.length
    ledger.socketUp += connection.socket.bytesWritten
    ledger.socketDown += connection.socket.bytesRead
  })
  return ledger
}

function noBytes(): Ledger['window'] {
  return { up: sumClasses([]), down: sumClasses([]) }
}

function addTo(side: LedgerSide, sums: LedgerSide): void {
  for (const byteClass of Object.keys(sums) as ByteClass[]) side[byteClass] += sums[byteClass]
}
