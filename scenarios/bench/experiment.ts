import type { Row } from '../../results/observation.ts'
import { faultIn, type RowContract, type RowOf } from '../../results/rows/row.ts'

/** What a machine may lack that an experiment needs: see `pushlab doctor`. */
export type Need = 'browser' | 'nginx' | 'packet loss'

/**
 * An observation of what no load scenario can show: what a browser does, what a proxy lets pass, what memory grows by.
 * One file of scenarios/experiments/ each, under its name, which exports it as `experiment`.
 */
export interface Experiment<Contract extends RowContract = RowContract> {
  /** What its rows look like, with its name: the file of the same name in results/rows/. */
  rows: Contract
  /** As a person would ask it. */
  question: string
  /** What theory leads one to expect, written down before it is seen. */
  expectation: string
  /** quick: part of every `make bench`, as scenarios are. Default full: only of `make bench-full`. */
  suite?: 'quick' | 'full'
  /** About how long it takes, in ms. */
  expectedMs: number
  /** What it takes besides Node.js and the packages; left out: nothing. */
  needs?: Need
  /**
   * Makes it, from beginning to end; whatever it started is gone when this settles.
   * @throws {Unavailable} where this machine cannot.
   */
  run(context: ExperimentContext): Promise<Observed<RowOf<Contract>>>
}

export interface ExperimentContext {
  /** Of whatever is random. */
  seed: number
  /** Ends it early: it rejects then. */
  signal: AbortSignal
}

export interface Observed<Of extends Row = Row> {
  rows: Of[]
  /** Versions of what took part besides Node.js and the packages. */
  participants?: Record<string, string>
}

/** Says why an experiment cannot be made on this machine, which is no failure: its claims are not tested here. */
export class Unavailable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unavailable'
  }
}

/**
 * Holds rows that were just made to their contract: who reads them relies on it.
 * @throws where one is not as declared, which is a mistake of the experiment.
 */
export function checkRows(contract: RowContract, rows: readonly Row[]): void {
  const { experiment, columns, optional } = contract
  const fail = (row: number, what: string) => {
    throw new Error(
      `The experiment ${experiment} made row ${row} ${what}: see results/rows/${experiment}.ts.`,
    )
  }
  const fault = faultIn(contract, rows)
  if (fault?.isMissing) fail(fault.row, `without its column ${fault.column}`)
  if (fault) fail(fault.row, `whose column ${fault.column} has a value of another type`)
  for (const [i, row] of rows.entries()) {
    const stray = Object.keys(row).find((column) => !(column in columns || column in optional))
    if (stray !== undefined) fail(i + 1, `with a column ${stray} that is not declared`)
  }
}
