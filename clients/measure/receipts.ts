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
    const twice = ({ buffer }: { buffer: ArrayBuffer }) => buffer.transfer(2 * buffer.byteLength)
    this.#subscribers = new Uint32Array(twice(this.#subscribers))
    this.#seqs = new Uint32Array(twice(this.#seqs))
    this.#timesUs = new Float64Array(twice(this.#timesUs))
  }
}
