import type { ErrorCode } from '../../server/error.ts'

export const FAULTS = [
  'kill',
  'stop',
  'term',
  'full-disk',
  'read-only',
  'emfile',
  'port-taken',
  'reset',
  'truncated',
] as const
export type Fault = (typeof FAULTS)[number]

export type Command = 'bench' | 'resume' | 'server' | 'demo'
/** The process of a command that a fault is planted in; `main` is the command itself. */
export type Target = 'main' | 'server' | 'agent' | 'network' | 'browser' | 'lanes'
export type Phase =
  | ('planning' | 'starting' | 'measuring' | 'experimenting' | 'ending')
  | ('opening' | 'serving' | 'open')

/** Who is there in which phase. */
export const PHASES: Record<Command, Partial<Record<Phase, readonly Target[]>>> = {
  bench: {
    planning: ['main'],
    starting: ['main', 'server', 'agent', 'network'],
    measuring: ['main', 'server', 'agent', 'network'],
    experimenting: ['browser'],
    ending: ['main'],
  },
  resume: {
    planning: ['main'],
    starting: ['main', 'server', 'agent', 'network'],
    measuring: ['main', 'server', 'agent', 'network'],
    experimenting: ['browser'],
    ending: ['main'],
  },
  server: { opening: ['main'], serving: ['main'] },
  demo: { opening: ['main', 'lanes'], open: ['main', 'lanes'] },
}

/** What a command leaves behind: a run, or the class that a demo keeps. */
export type Left =
  /** No run, no class. */
  | 'none'
  /** An interrupted run. `bench --resume` measures the rest of it, and ends with 0. */
  | 'partial'
  /** A run that came to its end. There is nothing to resume; `report` writes its report, and ends with 0. */
  | 'whole'
  /** A run with a file that was cut. `bench --resume` and `report` name it, and end with 2. */
  | 'unreadable'
  /** A class. The next demo goes on with it. */
  | 'kept'

export interface Expected {
  /** What the command ends with: any of these exit codes or signals. */
  exit: readonly (number | NodeJS.Signals)[]
  /** What it says on standard error, by the code of the error: one of these, unless it ends with 0. Default: anything. */
  errors?: readonly ErrorCode[]
  /** The last words of a child's Node.js are quoted, and hold a stack of its own. */
  quotes?: true
  /** What it says on standard output. */
  shows?: RegExp
  left: readonly Left[]
}

interface Rule {
  fault: Fault | readonly Fault[]
  of?: readonly Command[]
  target?: readonly Target[]
  phase?: readonly Phase[]
  is: Expected | string
}

const BENCH = ['bench', 'resume'] as const
const SIGNALS = { kill: 'SIGKILL', term: 'SIGTERM' } as const
const DISK = ['full-disk', 'read-only'] as const

/** In this order: the first that fits a case decides on it. A text says why a case means nothing. */
export const ORACLE: readonly Rule[] = [
  // What means nothing.
  {
    fault: DISK,
    target: ['server', 'agent', 'network', 'lanes'],
    is: 'It writes no file.',
  },
  { fault: DISK, of: ['server'], is: 'It writes no file.' },
  { fault: DISK, target: ['browser'], is: 'What it writes is its own, and lies elsewhere.' },
  {
    fault: 'emfile',
    phase: ['planning', 'opening'],
    is: 'Node.js loads modules then, and can do nothing without.',
  },
  { fault: 'port-taken', of: BENCH, is: 'The kernel chooses its ports, among those that are free.' },
  { fault: 'port-taken', target: ['lanes'], is: 'The kernel chooses its ports, among those that are free.' },
  { fault: 'port-taken', phase: ['serving', 'open'], is: 'The port is its own by then.' },
  { fault: 'reset', of: BENCH, target: ['main'], is: 'It talks to its children over IPC alone.' },
  { fault: 'reset', target: ['browser'], is: 'What it does with a cut is what is observed.' },
  { fault: 'reset', target: ['lanes'], is: 'Nobody is connected: no wall is open.' },
  { fault: 'reset', phase: ['planning', 'starting', 'opening', 'ending'], is: 'Nobody is connected.' },
  { fault: 'truncated', of: ['server'], is: 'It reads no file.' },
  {
    fault: 'truncated',
    target: ['server', 'agent', 'network', 'browser', 'lanes'],
    is: 'It reads no record.',
  },
  { fault: 'truncated', of: ['bench'], phase: ['planning'], is: 'There is no record yet.' },
  { fault: 'truncated', of: ['demo'], phase: ['open'], is: 'It has been read by then, and is written anew.' },

  // The bench itself.
  ...(['kill', 'term'] as const).flatMap((fault): Rule[] => {
    const killed = { exit: [SIGNALS[fault]] }
    // Until it listens to signals, and once it has measured, there is nothing that it had to save.
    const asked = { exit: fault === 'kill' ? [SIGNALS.kill] : [130] }
    return [
      { fault, of: ['bench'], target: ['main'], phase: ['planning'], is: { ...killed, left: ['none'] } },
      { fault, of: ['resume'], target: ['main'], phase: ['planning'], is: { ...killed, left: ['partial'] } },
      {
        fault,
        of: BENCH,
        target: ['main'],
        phase: ['ending'],
        is: { exit: [...killed.exit, ...asked.exit], left: ['partial', 'whole'] },
      },
      { fault, of: BENCH, target: ['main'], is: { ...asked, left: ['partial'] } },
      // One that dies before it is asked anything is started again.
      {
        fault,
        of: BENCH,
        target: ['browser'],
        is: { exit: [0, 4], errors: ['CHILD_FAILED'], left: ['whole'] },
      },
      // Others who die cost one trial, or one experiment.
      { fault, of: BENCH, is: { exit: [4], errors: ['CHILD_FAILED'], left: ['whole'] } },
    ]
  }),
  { fault: 'stop', of: BENCH, target: ['main', 'browser'], is: { exit: [0], left: ['whole'] } },
  { fault: 'stop', of: BENCH, phase: ['starting'], is: { exit: [0], left: ['whole'] } },
  // Three seconds without a process of a trial is a figure, which may be no valid one.
  { fault: 'stop', of: BENCH, is: { exit: [0, 4], left: ['whole'] } },
  {
    fault: DISK,
    of: ['bench'],
    phase: ['planning'],
    is: { exit: [2], errors: ['BAD_INPUT'], left: ['none'] },
  },
  {
    fault: DISK,
    of: ['resume'],
    phase: ['planning'],
    is: { exit: [2], errors: ['BAD_INPUT'], left: ['partial'] },
  },
  {
    fault: DISK,
    of: BENCH,
    phase: ['ending'],
    is: { exit: [4], errors: ['NOT_WRITTEN'], left: ['partial', 'whole'] },
  },
  { fault: DISK, of: BENCH, is: { exit: [4], errors: ['NOT_WRITTEN'], left: ['partial'] } },
  {
    fault: 'emfile',
    of: BENCH,
    target: ['main'],
    // What the trial's processes held is free again when they have ended, and may be all that it needs.
    is: { exit: [0, 4], errors: ['NOT_WRITTEN', 'CHILD_FAILED'], left: ['partial', 'whole'] },
  },
  // It may have all that it needs by then.
  { fault: 'emfile', of: BENCH, is: { exit: [0, 4], left: ['whole'], quotes: true } },
  // Subscribers come back and lose nothing; what that cost is in the figures, which has to be said.
  {
    fault: 'reset',
    of: BENCH,
    is: { exit: [0, 4], shows: /: use with care|: not valid/, left: ['whole'] },
  },
  // Read before it was cut, it is whole in memory, and the folder says so no more.
  {
    fault: 'truncated',
    of: ['resume'],
    phase: ['planning'],
    is: { exit: [0, 2], errors: ['BAD_RECORD'], left: ['unreadable', 'whole'] },
  },
  // The run itself is written anew at the end.
  { fault: 'truncated', of: BENCH, is: { exit: [0], left: ['unreadable', 'whole'] } },

  // The server on its own.
  { fault: 'kill', of: ['server'], is: { exit: ['SIGKILL'], left: ['none'] } },
  { fault: 'term', of: ['server'], phase: ['opening'], is: { exit: ['SIGTERM', 0], left: ['none'] } },
  {
    fault: 'port-taken',
    of: ['server'],
    is: { exit: [2], errors: ['PORT_IN_USE'], left: ['none'] },
  },
  { fault: ['term', 'stop', 'emfile', 'reset'], of: ['server'], is: { exit: [0], left: ['none'] } },

  // The classroom. It opens with a class that was broken off.
  { fault: 'kill', of: ['demo'], target: ['main'], is: { exit: ['SIGKILL'], left: ['kept'] } },
  {
    fault: 'term',
    of: ['demo'],
    target: ['main'],
    phase: ['opening'],
    is: { exit: ['SIGTERM', 130], left: ['kept'] },
  },
  {
    fault: ['kill', 'term'],
    of: ['demo'],
    target: ['lanes'],
    phase: ['opening'],
    // Where a lesson was on, its stage is told to have ended; else the class cannot begin.
    is: { exit: [0, 4], errors: ['CHILD_FAILED'], left: ['none', 'kept'] },
  },
  { fault: 'port-taken', of: ['demo'], is: { exit: [2], errors: ['PORT_IN_USE'], left: ['kept'] } },
  // A disk that takes nothing gives nothing back: the class is over and stays there.
  { fault: 'read-only', of: ['demo'], is: { exit: [0], left: ['none', 'kept'] } },
  { fault: FAULTS, of: ['demo'], is: { exit: [0], left: ['none'] } },
]

/** A fault in a process of a command in one of its phases. */
export interface Case {
  fault: Fault
  command: Command
  target: Target
  phase: Phase
}

/** All that there are. */
export const CASES: readonly Case[] = Object.entries(PHASES).flatMap(([command, phases]) =>
  Object.entries(phases).flatMap(([phase, targets]) =>
    targets.flatMap((target) =>
      FAULTS.map((fault) => ({ fault, command: command as Command, target, phase: phase as Phase })),
    ),
  ),
)

export function ruleFor({ fault, command, target, phase }: Case): Rule | undefined {
  return ORACLE.find(
    (rule) =>
      (typeof rule.fault === 'string' ? rule.fault === fault : rule.fault.includes(fault)) &&
      (rule.of?.includes(command) ?? true) &&
      (rule.target?.includes(target) ?? true) &&
      (rule.phase?.includes(phase) ?? true),
  )
}

/** What people read where an error has this code; it is not printed itself. */
export const SAID: Partial<Record<ErrorCode, RegExp>> = {
  NOT_WRITTEN: /Cannot write .* is kept\. Go on then: (npx )?pushlab /,
  BAD_INPUT: /Cannot write into /,
  BAD_RECORD: /is not JSON, or was cut short/,
  CHILD_FAILED: /Not measured: |\.ts ended with|could not be started/,
  PORT_IN_USE: /Port \d+ of 127\.0\.0\.1 is in use\. Choose another with --port/,
}
