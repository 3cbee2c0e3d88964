import { createServer, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { PushlabError } from '../../server/error.ts'

/**
 * Lets a room listen on a port of each of some addresses: one server hears the first, and is handed what the others hear.
 * @returns how to stop hearing on the others; the app's own end is its `close`.
 * @throws {PushlabError} PORT_IN_USE
 */
export async function listenOn(
  app: FastifyInstance,
  [first, ...others]: readonly string[],
  port: number,
): Promise<() => void> {
  const servers: Server[] = []
  const stop = () => {
    for (const server of servers) server.close()
  }
  let host = first as string
  try {
    await app.listen({ host, port })
    for (host of others) {
      // As if the server itself had accepted it: https://nodejs.org/api/http.html#event-connection
      const server = createServer({ noDelay: true }, (socket) => app.server.emit('connection', socket))
      servers.push(server)
      await listening(server, port, host)
    }
  } catch (error) {
    stop()
    throw cannotListen(error as NodeJS.ErrnoException, port, host)
  }
  return stop
}

/**
 * The port itself, or a free one for 0: pages have to know it before anything listens.
 * @throws {PushlabError} PORT_IN_USE
 */
export async function freePort(port: number, hosts: readonly string[]): Promise<number> {
  let found = port
  for (const host of hosts) {
    const server = createServer()
    try {
      await listening(server, found, host)
    } catch (error) {
      throw cannotListen(error as NodeJS.ErrnoException, found, host)
    }
    const address = server.address()
    if (typeof address === 'object' && address) found = address.port
    await new Promise((resolve) => server.close(resolve))
  }
  return found
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function cannotListen({ code, message }: NodeJS.ErrnoException, port: number, host: string): PushlabError {
  const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${message})`
  return new PushlabError(
    'PORT_IN_USE',
    `Port ${port} of ${host} ${why}. Choose another with --port, or --port 0 for a free one.`,
  )
}
