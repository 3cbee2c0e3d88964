/**
 * The log of everything that a swarm received: who, which event, when. Columns of typed arrays that double when
 * full, so that noting a receipt costs the measured process next to nothing; all sums are made afterwards.
 */
export class Receipts {
  length = 0
  #subscribers = new Uint32Array(4096)
  #seqs = new Uint32Array(4096)
  #timesUs = new Float64Array(4096)

  /** @param receivedAtUs microseconds on the monotonic clock. */
  add(subscriber: number, seq: number, receivedAtUs: number): void {
    if (this.length === this.#seqs.length) this.#grow()
    this.#subscribers[this.length] = subscriber
    this.#seqs[this.length] = seq
    this.#timesUs[this.length] = receivedAtUs
    this.length++
  }

  /** In the order of receipt. */
  *[Symbol.iterator](): Generator<{ subscriber: number; seq: number; receivedAtUs: number }> {
    for (let i = 0; i < this.length; i++) {
      yield {
        subscriber: this.#subscribers[i] as number,
        seq: this.#seqs[i] as number,
        receivedAtUs: this.#timesUs[i] as number,
      }
    }
  }

  #grow(): void {
    const size = this.length * 2
    const subscribers = new Uint32Array(size)
    subscribers.set(this.#subscribers)
    this.#subscribers = subscribers
    const seqs = new Uint32Array(size)
    seqs.set(this.#seqs)
    this.#seqs = seqs
    const timesUs = new Float64Array(size)
    timesUs.set(this.#timesUs)
    this.#timesUs = timesUs
  }
}
