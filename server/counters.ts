/** What one technique did since the server started. */
export interface Counters {
  /** Stream subscribers connected now, or polls held now. */
  open: number
  /** Streams opened, or polls received, in all. */
  opened: number
  /** Events handed to a subscriber's connection. */
  eventsWritten: number
  /** Events that left the history before a subscriber came to read them. */
  eventsLost: number
  /** Subscribers cut off because they took no byte for too long. */
  stalled: number
  /** Polls answered without an event. */
  emptyAnswers: number
}

export function newCounters(): Counters {
  return { open: 0, opened: 0, eventsWritten: 0, eventsLost: 0, stalled: 0, emptyAnswers: 0 }
}

/** Counters of all techniques in the Prometheus text exposition format, version 0.0.4. */
export function prometheusText(byTechnique: ReadonlyMap<string, Counters>): string {
  const lines: string[] = []
  for (const key of Object.keys(newCounters()) as (keyof Counters)[]) {
    const metric = `pushlab_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
    const kind = key === 'open' ? 'gauge' : 'counter'
    const name = kind === 'counter' ? `${metric}_total` : metric
    lines.push(`# TYPE ${name} ${kind}`)
    for (const [technique, counters] of byTechnique)
      lines.push(`${name}{technique="${technique}"} ${counters[key]}`)
  }
  return `${lines.join('\n')}\n`
}
