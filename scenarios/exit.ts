/** What the `pushlab` process ends with. */
export const ExitCode = {
  fine: 0,
  internalError: 1,
  /** What was asked for cannot be done as asked; the message says how it can. */
  badInput: 2,
  /** Something was planned and could not be measured. */
  notValid: 4,
  /** Node.js is too old. */
  environment: 5,
  interrupted: 130,
} as const
