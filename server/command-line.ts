import { Command, Option } from 'commander'
import { publishAlone } from './alone.ts'
import { durationMs, origins, port, rate, wholeNumber } from './options.ts'
import { MAX_PAYLOAD_BYTES, MIN_PAYLOAD_BYTES } from './payload.ts'
import { registry } from './registry.ts'
import type { Schedule } from './schedule.ts'
import { serve } from './serve.ts'
import { defaultSettings } from './settings.ts'
import { completeVariant } from './variant.ts'

const program = new Command('node server/main.js')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description('Publishes one event feed through every push technique, each under its own path.')
  .option('-p, --port <port>', 'TCP port; 0 takes a free one', port, 8080)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .addOption(
    new Option('--schedule <kind>', 'when events are due')
      .choices(['constant', 'poisson', 'bursts'])
      .default('constant'),
  )
  .option('--rate <events/s>', 'mean events per second', rate, 1)
  .option('--burst <events>', 'events of one burst', wholeNumber(1), 10)
  .option('--seed <n>', 'seed of the poisson schedule', wholeNumber(0), 1)
  .option(
    '--payload <bytes>',
    'exact length of an encoded event',
    wholeNumber(MIN_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES),
    100,
  )
  .addOption(
    new Option('--technique <name...>', 'mount these alone; default: all').choices(
      registry.map(({ name }) => name),
    ),
  )
  .option('--history-events <n>', 'events kept for resume', wholeNumber(1), 10_000)
  .option('--history-bytes <n>', 'bytes of payload kept for resume', wholeNumber(1), 16 * 1024 * 1024)
  .option('--hold <duration>', 'time limit of a long poll', durationMs, defaultSettings.holdMs)
  .option(
    '--heartbeat <duration>',
    'time between heartbeats of a stream',
    durationMs,
    defaultSettings.heartbeatMs,
  )
  .option(
    '--buffer <bytes>',
    'unsent bytes held for one subscriber',
    wholeNumber(1),
    defaultSettings.bufferBytes,
  )
  .option('--stall <duration>', 'a full buffer is cut off after', durationMs, defaultSettings.stallMs)
  .option('--allow-origin <origin...>', 'web origins that may open a WebSocket or publish', origins, [])
  .option('--policy-ports <port...>', "ports that XMLSocket's policy file allows besides its own, or *", [])
  .option('--publish', 'let subscribers publish', false)
  .option('--tls', 'TLS 1.3 with a certificate made now and trusted by nobody', false)
  .option('--http2', 'HTTP/2 over TLS, and HTTP/1.1 beside it', false)
  .option('--nagle', 'leave TCP_NODELAY off', false)
  .addOption(
    new Option('--content-coding <coding>', 'of answers and streams, for who accepts it')
      .choices(['identity', 'gzip', 'br'])
      .default('identity'),
  )
  .option('--deflate', 'permessage-deflate for WebSockets that offer it', false)
  .option('--etag', 'answer short polls with an ETag, and 304 where nothing is new', false)
  .option('--binary', 'binary events; base64 where a technique carries text only', false)
  .parse()

const options = program.opts()
const schedules: Record<string, Schedule> = {
  constant: { kind: 'constant', ratePerSecond: options.rate },
  poisson: { kind: 'poisson', ratePerSecond: options.rate, seed: options.seed },
  bursts: { kind: 'bursts', burstEvents: options.burst, everyMs: (options.burst * 1000) / options.rate },
}
const variant = completeVariant({
  tls: options.tls,
  http: options.http2 ? '2' : '1.1',
  noDelay: !options.nagle,
  contentCoding: options.contentCoding,
  perMessageDeflate: options.deflate,
  conditional: options.etag,
  payload: options.binary ? 'binary' : 'text',
})

const served = await serve({
  variant,
  host: options.host,
  port: options.port,
  ...(options.technique && { techniques: options.technique }),
  feed: {
    payloadBytes: options.payload,
    historyEvents: options.historyEvents,
    historyBytes: options.historyBytes,
  },
  settings: {
    holdMs: options.hold,
    heartbeatMs: options.heartbeat,
    bufferBytes: options.buffer,
    stallMs: options.stall,
    allowedOrigins: options.allowOrigin,
    policyPorts: options.policyPorts,
    subscribersPublish: options.publish,
  },
}).catch((error: NodeJS.ErrnoException) => {
  const { code, message } = error
  if (!code) throw error
  return program.error(
    code === 'EADDRINUSE'
      ? `Port ${options.port} of ${options.host} is in use. Choose another with --port, or --port 0 for a free one.`
      : `Cannot listen on port ${options.port} of ${options.host}: ${message}. Choose others with --host and --port.`,
    { exitCode: 2 },
  )
})
publishAlone(served, schedules[options.schedule] as Schedule)
