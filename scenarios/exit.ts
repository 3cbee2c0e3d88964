/** What the `pushlab` process ends with. */
export const ExitCode = {
  fine: 0,
  internalError: 1,
  /** What was asked for cannot be done as asked; the message says how it can. */
  badInput: 2,
  /** A threshold was not kept, or a comparison found something worse. */
  threshold: 3,
  /** Something was planned and could not be measured, or is not valid. */
  notValid: 4,
  /** Node.js is too old. */
  environment: 5,
  interrupted: 130,
} as const
