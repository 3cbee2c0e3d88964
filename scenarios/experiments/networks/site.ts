import type { FastifyInstance } from 'fastify'
import type { Network } from '../../../clients/network/network.ts'
import { type LocalServer, startServer } from '../../../server/local-server.ts'
import { type Attempt, attempt } from './attempt.ts'

/** What an experiment has started, so that nothing outlives it: last things first. */
export class Site {
  readonly #endings = new AsyncDisposableStack()

  /** Notes how something ends that is none of the below. */
  endWith(end: () => unknown): void {
    // Of an experiment that was ended early some part may just have started something.
    if (this.#endings.disposed) end()
    // One that fails does not leave the others behind.
    else this.#endings.defer(async () => void (await end()))
  }

  /** A server of pushlab's in this process, whose feed publishes when it is told. */
  async server(...how: Parameters<typeof startServer>): Promise<LocalServer> {
    const server = await startServer(...how)
    const app: FastifyInstance = server.app
    this.endWith(() => app.close())
    return server
  }

  /** What is starting between subscriber and server. */
  async network<Kind extends Network>(starting: Promise<Kind>): Promise<Kind> {
    const network = await starting
    this.endWith(() => network.close())
    return network
  }

  /** One try of one subscriber. */
  async attempt(...how: Parameters<typeof attempt>): Promise<Attempt> {
    const tried = await attempt(...how)
    this.endWith(() => tried.end())
    return tried
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#endings.disposeAsync().catch((failure: unknown) => {
      // Of several failures the first says most.
      while (failure instanceof SuppressedError) failure = failure.suppressed
      throw failure
    })
  }
}
