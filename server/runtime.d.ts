/** As package.json has it. */
export const version: string
/** Starts what was asked for; where nothing of pushlab can run, says why and what to do. */
export function runHere(command: string, start: () => unknown): Promise<unknown>
