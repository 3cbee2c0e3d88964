import { startPacer } from './pacer.ts'
import type { Schedule } from './schedule.ts'
import type { Served } from './serve.ts'
import { shellCommand } from './shell.ts'

/** Lets a server publish by itself until SIGINT or SIGTERM, and says on standard output where. */
export function publishAlone({ app, feed, url }: Served, schedule: Schedule): void {
  const stopPacer = startPacer({ schedule, epochUs: feed.epochUs }, (dueUs) => feed.publish(dueUs))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      stopPacer()
      await app.close()
    })
  }
  const command = ['curl', '-N', ...(url.startsWith('https') ? ['-k'] : []), `${url}/sse`]
  console.log(`Publishing at ${url} - try: ${shellCommand(command)}`)
  for (const [name, address] of app.techniqueUrls) console.log(`  ${name} at ${address}`)
}
