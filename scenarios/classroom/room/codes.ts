import { randomInt } from 'node:crypto'
import { readCode } from './codes-typed.ts'
import { sameSecret } from './keys.ts'

/** Without 0 and O, 1 and I and L, which look alike on a projector. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** 31^6 codes are 887 million. */
export const codeLength = 6

/** A new code to join a room with. */
export function newCode(): string {
  return Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')
}

/** Whether a typed code is that of the room, in constant time. */
export function isCode(typed: string, code: string): boolean {
  return sameSecret(readCode(typed), code)
}
