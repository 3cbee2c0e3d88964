/**
 * Microseconds on the host's monotonic clock (CLOCK_MONOTONIC on Linux), with a fraction. The clock is shared by
 * all processes of one host, so that a time taken in the server and one taken in a load agent may be subtracted.
 * A double holds it to better than a nanosecond for the first century of uptime.
 */
export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e6 + nanoseconds / 1e3
}

/** To a whole nanosecond, which is all that the clock has: further digits only make records longer. */
export function roundedUs(us: number): number {
  return Math.round(us * 1e3) / 1e3
}
