import { type Expected, type Left, SAID } from './oracle.ts'

/** How a command ended. */
export interface Ended {
  exit: number | NodeJS.Signals
  stdout: string
  stderr: string
  left: Left
}

/** What of an end is not as the table says; empty where all is. */
export function judge(expected: Expected, { exit, stdout, stderr, left }: Ended): string[] {
  const { errors = [], shows } = expected
  const broken: string[] = []
  if (!expected.exit.includes(exit)) broken.push(`It ended with ${exit}, not ${expected.exit.join(' or ')}.`)
  // Where it may have had all that it needed, and ended with 0, it has nothing to say.
  if (exit !== 0 && errors.length > 0 && !errors.some((code) => SAID[code]?.test(stderr)))
    broken.push(`It says no ${errors.join(' or ')}.`)
  if (shows && !shows.test(stdout)) broken.push(`It does not show ${shows}.`)
  if (!expected.quotes && /^\s+at .*:\d+:\d+\)?$/m.test(stderr)) broken.push('It prints a stack.')
  if (!expected.left.includes(left)) broken.push(`It left ${left}, not ${expected.left.join(' or ')}.`)
  return broken
}
