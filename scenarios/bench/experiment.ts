import type { Row } from '../../results/observation.ts'

/**
 * An observation of what no load scenario can show: what a browser does, what a proxy lets pass, what memory grows by.
 * One file of scenarios/experiments/ each, under its name, which exports it as `experiment`.
 */
export interface Experiment {
  /** As its file. */
  name: string
  /** As a person would ask it. */
  question: string
  /** What theory leads one to expect, written down before it is seen. */
  expectation: string
  /** quick: part of every `make bench`, as scenarios are. Default full: only of `make bench-full`. */
  suite?: 'quick' | 'full'
  /** About how long it takes, in ms. */
  expectedMs: number
  /**
   * Makes it, from beginning to end; whatever it started is gone when this settles.
   * @throws {Unavailable} where this machine cannot.
   */
  run(context: ExperimentContext): Promise<Observed>
}

export interface ExperimentContext {
  /** Of whatever is random. */
  seed: number
  /** Ends it early: it rejects then. */
  signal: AbortSignal
}

export interface Observed {
  rows: Row[]
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
