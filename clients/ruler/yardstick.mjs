import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/*
 * The yardstick: how cheaply Node.js can send one event to many sockets. It shares no code with the server that is judged by it.
 *   node yardstick.mjs <greeting> <before> <after>    what is sent first, and what stands around the JSON of an event,
 * in base64. It prints its port, and is told on standard input, whose end ends it:
 *   start <epoch> <rate> <until>                      monotonic microseconds, events per second, how long
 * Events have 100 bytes and say when they were due, as the server's do.
 */
const [greeting, before, after] = process.argv.slice(2).map((text) => Buffer.from(text, 'base64'))
const EVENT_BYTES = 100
const sockets = new Set()
const nowUs = () => Number(process.hrtime.bigint()) / 1e3

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {})
  socket.on('close', () => sockets.delete(socket))
  socket.once('data', () => {
    socket.write(greeting)
    sockets.add(socket)
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(server.address().port))

function publish(seq, dueUs) {
  const event = `{"seq":${seq},"due":${Math.round(dueUs)},"pad":"`
  const bytes = Buffer.concat([before, Buffer.from(`${event.padEnd(EVENT_BYTES - 2, '.')}"}`), after])
  for (const socket of sockets) socket.write(bytes)
}

function start(epochUs, ratePerSecond, untilUs) {
  let seq = 1
  const next = () => {
    for (;;) {
      const dueUs = (seq * 1e6) / ratePerSecond
      if (dueUs >= untilUs) return
      const waitUs = epochUs + dueUs - nowUs()
      if (waitUs > 0) {
        setTimeout(next, waitUs / 1e3)
        return
      }
      publish(seq++, dueUs)
    }
  }
  next()
}

createInterface({ input: process.stdin })
  .on('line', (line) => start(...line.split(' ').slice(1).map(Number)))
  .on('close', () => process.exit())
