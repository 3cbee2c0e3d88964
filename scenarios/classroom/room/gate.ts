import { isCode } from './codes.ts'
import { sameSecret } from './keys.ts'
import type { RoomLimits } from './limits.ts'
import { AddressLimit } from './rate-limit.ts'

export type Admission = 'right' | 'wrong' | 'too-many'

/**
 * Judges codes and keys. Wrong ones are counted by address; a right key always passes, for nobody guesses 128 bits. A
 * right code passes too, unless its address has used up its wrong tries and goes on with more tries than a class makes.
 */
export class Gate {
  readonly #key: string
  readonly #wrongCodes: AddressLimit
  readonly #wrongKeys: AddressLimit
  readonly #suspectCodes: AddressLimit

  constructor(
    key: string,
    { wrongCodes, wrongKeys, suspectCodes }: Pick<RoomLimits, 'wrongCodes' | 'wrongKeys' | 'suspectCodes'>,
  ) {
    this.#key = key
    this.#wrongCodes = new AddressLimit(wrongCodes)
    this.#wrongKeys = new AddressLimit(wrongKeys)
    this.#suspectCodes = new AddressLimit(suspectCodes)
  }

  judgeKey(given: string, address: string, nowMs: number): Admission {
    if (sameSecret(given, this.#key)) return 'right'
    return this.#wrongKeys.take(address, nowMs) ? 'wrong' : 'too-many'
  }

  judgeCode(typed: string, code: string, address: string, nowMs: number): Admission {
    const isSuspect = this.#wrongCodes.isEmpty(address, nowMs)
    if (isSuspect && !this.#suspectCodes.take(address, nowMs)) return 'too-many'
    if (isCode(typed, code)) return 'right'
    return this.#wrongCodes.take(address, nowMs) ? 'wrong' : 'too-many'
  }

  /** The code of who has been here before. */
  judgeKnown(typed: string, code: string): Admission {
    return isCode(typed, code) ? 'right' : 'wrong'
  }
}
