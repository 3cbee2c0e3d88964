import { hexText, runsOf } from '../../../../report/wire/octets.ts'
import type { UnitSpan } from './spans.ts'

/**
 * A piece of a span as a reader can read it: text as it is; CR and LF by name, for fonts that have their symbols in
 * every face are rare and the symbols small; all other bytes as two hexadecimal digits each.
 */
export interface TextPiece {
  kind: 'text' | 'cr' | 'lf' | 'hex'
  text: string
}

/** A span's bytes, in order. */
export function textPieces({ shown, binary }: Pick<UnitSpan, 'shown' | 'binary'>): TextPiece[] {
  if (binary) return [{ kind: 'hex', text: hexText(shown) }]
  return runsOf(shown).flatMap(({ isText, bytes }): TextPiece[] =>
    isText ? linesOf(bytes) : [{ kind: 'hex', text: hexText(bytes) }],
  )
}

function linesOf(bytes: Uint8Array): TextPiece[] {
  return String.fromCharCode(...bytes)
    .split(/([\r\n])/)
    .filter((text) => text !== '')
    .map((text) => {
      if (text === '\r') return { kind: 'cr', text: 'CR' }
      return text === '\n' ? { kind: 'lf', text: 'LF' } : { kind: 'text', text }
    })
}
