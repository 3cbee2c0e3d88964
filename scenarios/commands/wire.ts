import { type CapturedStream, captureEvent } from '../../clients/measure/capture.ts'
import { type Phase, phasesOf } from '../../clients/measure/phases.ts'
import { explain } from '../../report/wire/explain.ts'
import { PushlabError } from '../../server/error.ts'
import { entryOf, whyNot } from '../../server/registry.ts'
import { defaultSettings } from '../../server/settings.ts'
import { completeVariant, type Variant } from '../../server/variant.ts'
import { annotate, sumText } from '../../server/wire/print.ts'
import { type Span, sumClasses } from '../../server/wire/span.ts'
import { checkTechniques } from '../bench/library.ts'

/** The flags of `pushlab wire`, parsed. */
export interface WireOptions {
  payload: number
  /** Whether the subscriber publishes the event itself. */
  publish?: boolean
  json?: boolean
  variant: Partial<Variant>
}

/**
 * `pushlab wire TECHNIQUE`: every byte of one subscription and one event, captured on a real socket and explained.
 */
export async function wire(technique: string, options: WireOptions): Promise<void> {
  checkTechniques([technique])
  const variant = completeVariant(options.variant)
  const reason = whyNot(technique, variant)
  if (reason) throw new PushlabError('BAD_INPUT', `${technique} cannot be had like this: ${reason}.`)
  const noWayUp = entryOf(technique)?.deviations?.publish
  if (options.publish && noWayUp)
    throw new PushlabError('BAD_INPUT', `${technique} cannot publish: ${noWayUp}`)
  if (options.publish && options.payload > defaultSettings.maxMessageBytes) {
    throw new PushlabError(
      'BAD_INPUT',
      `A message may have ${defaultSettings.maxMessageBytes} bytes at most. Use a smaller --payload.`,
    )
  }
  const captured = await captureEvent(technique, {
    payloadBytes: options.payload,
    variant,
    ...(options.publish && { publish: true }),
  })
  const streams = captured.connections.flatMap((connection, i) =>
    (['up', 'down'] as const).map((direction): Labelled => {
      const phases = phasesOf(technique, captured, connection, direction)
      return { number: i + 1, direction, stream: connection[direction], phases }
    }),
  )
  if (options.json) console.log(JSON.stringify(asJson(technique, streams), null, 1))
  else print(technique, streams)
}

/** One direction of a connection, with the phase of each of its spans. */
interface Labelled {
  /** Of the connection, from 1 on. */
  number: number
  direction: 'up' | 'down'
  stream: CapturedStream
  phases: Phase[]
}

const PHASES: Record<Phase, string> = { setup: 'To begin', event: 'One event', after: 'Afterwards' }

function print(technique: string, streams: readonly Labelled[]): void {
  const known = new Set<string>()
  for (const { number, direction, stream, phases } of streams) {
    const { bytes, spans } = stream
    const notes = spans.map(({ label }, i) => {
      const why = known.has(label) ? undefined : whyText(label, technique)
      known.add(label)
      return { isOfEvent: phases[i] === 'event', why }
    })
    const way = direction === 'up' ? 'client to server' : 'server to client'
    console.log(`Connection ${number}, ${way}, ${bytes.length} bytes\n`)
    console.log(`${annotate(bytes, spans, notes)}\n`)
  }
  for (const [phase, name] of Object.entries(PHASES) as [Phase, string][]) {
    const spans = ofPhase(streams, phase)
    if (spans.length > 0) console.log(`${name}: ${sumText(spans)}`)
  }
  console.log('Before bytes of the event stands >. Each reason is given once.')
}

function ofPhase(streams: readonly Labelled[], phase: Phase): Span[] {
  return streams.flatMap(({ stream, phases }) => stream.spans.filter((_, i) => phases[i] === phase))
}

/** `An empty line ends the event. HTML §9.2.6` */
function whyText(label: string, technique: string): string | undefined {
  const found = explain(label, technique)
  return found && `${found.text} ${found.specification.title}`
}

function asJson(technique: string, streams: readonly Labelled[]) {
  const sums = (Object.keys(PHASES) as Phase[]).map((phase) => {
    const classes = Object.entries(sumClasses(ofPhase(streams, phase))).filter(([, bytes]) => bytes > 0)
    return [
      phase,
      { bytes: classes.reduce((sum, [, bytes]) => sum + bytes, 0), ...Object.fromEntries(classes) },
    ]
  })
  return {
    technique,
    ...Object.fromEntries(sums),
    streams: streams.map(({ number, direction, stream: { bytes, spans }, phases }) => ({
      connection: number,
      direction,
      bytes: bytes.length,
      spans: spans.map((span, i) => ({
        ...span,
        phase: phases[i],
        ...reasonOf(span.label, technique),
        hex: Buffer.from(bytes.subarray(span.start, span.end)).toString('hex'),
      })),
    })),
  }
}

function reasonOf(label: string, technique: string) {
  const found = explain(label, technique)
  return found && { why: found.text, specification: found.specification }
}
