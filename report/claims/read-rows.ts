import type { Observation } from '../../results/observation.ts'
import { faultIn, type RowContract, type RowOf } from '../../results/rows/row.ts'
import { said, say, type Text } from '../words/say.ts'

/**
 * An observation's rows as they are declared today, or why there are none to read: it could not be made, or is of a
 * version whose rows had not all of these columns. What a run has not recorded is no 0.
 */
export function readRows<Contract extends RowContract>(
  { rows, unavailable }: Pick<Observation, 'rows' | 'unavailable'>,
  contract: Contract,
): { rows: RowOf<Contract>[] } | { why: Text; isOutdated: boolean } {
  if (unavailable !== null) return { why: said(unavailable), isOutdated: false }
  const fault = faultIn(contract, rows)
  // Every row has just been held to it.
  if (!fault) return { rows: rows as RowOf<Contract>[] }
  const why = fault.isMissing
    ? say`The experiment ${contract.experiment} of this run has no column ${fault.column}; measure it again.`
    : say`The experiment ${contract.experiment} of this run has values of another type in its column ${fault.column}; measure it again.`
  return { why, isOutdated: true }
}
