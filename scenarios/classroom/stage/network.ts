import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { startBufferingProxy } from '../../../clients/network/buffering.ts'
import { startDelay } from '../../../clients/network/delay.ts'
import { addressOf, type Network, tunnel } from '../../../clients/network/network.ts'
import type { StageSettings } from '../log/entries.ts'

const HOST = '127.0.0.1'
const BUFFER_BYTES = 4_096

/** What stands between a browser and a lane. */
export type Between = Pick<StageSettings, 'addedDelayMs' | 'proxy'>

export const isNothing = ({ addedDelayMs, proxy }: Between): boolean => addedDelayMs === 0 && proxy === 'none'

/**
 * The network before one lane: a gate on a port of its own, which stays when what is behind it changes, then the delay, then
 * the proxy, which stands near its server as they do.
 */
export class LaneNetwork {
  readonly #target: string
  readonly #sockets = new Set<Socket>()
  #gate: Server | undefined
  #port = 0
  #behind: Network[] = []
  #url: string

  /** @param target the lane: `http://127.0.0.1:8080`. */
  constructor(target: string) {
    this.#target = target
    this.#url = target
  }

  /** Where browsers connect, once it listens. */
  get port(): number {
    return this.#port
  }

  /** Changes what is behind the gate. Every connection is reset. */
  async change({ addedDelayMs, proxy }: Between): Promise<void> {
    const old = this.#behind.splice(0)
    let url = this.#target
    if (proxy !== 'none') {
      const honoursNoBuffering = proxy === 'buffering'
      const network = await startBufferingProxy(url, { bufferBytes: BUFFER_BYTES, honoursNoBuffering })
      this.#behind.push(network)
      url = network.url
    }
    if (addedDelayMs > 0) {
      const network = await startDelay(url, { delayMs: addedDelayMs })
      this.#behind.push(network)
      url = network.url
    }
    this.#url = url
    this.#reset()
    for (const network of old.reverse()) await network.close()
  }

  async listen(): Promise<void> {
    if (this.#gate) return
    const gate = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      near.on('error', () => {})
      // It was accepted before the gate was closed.
      if (gate !== this.#gate) return void near.resetAndDestroy()
      const far = connect({ ...addressOf(this.#url), allowHalfOpen: true, noDelay: true })
      this.#sockets.add(near)
      near.once('close', () => this.#sockets.delete(near))
      tunnel(near, far)
    })
    this.#gate = gate
    gate.listen(this.#port, HOST)
    await once(gate, 'listening')
    this.#port = (gate.address() as AddressInfo).port
  }

  /** Resets every connection, and refuses new ones until it listens again, on the same port. */
  async cut(): Promise<void> {
    const gate = this.#gate
    this.#gate = undefined
    this.#reset()
    if (!gate) return
    gate.close()
    await once(gate, 'close')
  }

  #reset(): void {
    for (const near of this.#sockets) near.resetAndDestroy()
  }
}
