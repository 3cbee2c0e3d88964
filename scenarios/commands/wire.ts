import { captureEvent } from '../../clients/measure/capture.ts'
import { PushlabError } from '../../server/error.ts'
import { entryOf, whyNot } from '../../server/registry.ts'
import { defaultSettings } from '../../server/settings.ts'
import { completeVariant, type Variant } from '../../server/variant.ts'
import { annotate } from '../../server/wire/print.ts'
import { checkTechniques } from '../bench/library.ts'

/** The flags of `pushlab wire`, parsed. */
export interface WireOptions {
  payload: number
  /** Whether the subscriber publishes the event itself. */
  publish?: boolean
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
  const { connections } = await captureEvent(technique, {
    payloadBytes: options.payload,
    variant,
    ...(options.publish && { publish: true }),
  })
  connections.forEach(({ up, down }, i) => {
    console.log(`Connection ${i + 1}, client to server, ${up.bytes.length} bytes\n`)
    console.log(annotate(up.bytes, up.spans))
    console.log(`\nConnection ${i + 1}, server to client, ${down.bytes.length} bytes\n`)
    console.log(annotate(down.bytes, down.spans))
  })
}
