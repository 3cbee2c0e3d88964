import { entryOf } from '../../server/registry.ts'
import type { Cell } from './cells.ts'

/** How far a cell's bytes per event may be off, as a share: what the window cuts, which a network moves by its round trip. */
export function windowShare(cell: Cell): number {
  const { network, load } = cell.point
  const moved = (network?.roundTripMs ?? 0) / load.measureMs
  return isCut(cell) ? 0.01 + moved : 0.001 + moved / 10
}

/** Whether the edges of a window can cut an exchange in two: polls, not streams. */
export function isCut({ technique }: Cell): boolean {
  return entryOf(technique)?.family === 'poll'
}
