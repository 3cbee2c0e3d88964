import { printable } from '../../../../report/wire/frame-header.ts'
import { hexText } from '../../../../report/wire/octets.ts'

export const BYTES_A_ROW = 16

/** Sixteen bytes, or fewer in the last row. */
export interface HexRow {
  /** Of its first byte, in hexadecimal, four digits or more. */
  offset: string
  pieces: HexPiece[]
}

/** What a row has of one span. */
export interface HexPiece {
  /** Index of the span. */
  span: number
  /** Whether the span begins with it. */
  isFirst: boolean
  /** `0d 0a` */
  hex: string
  /** A character a byte, a middle dot for those that cannot be printed. */
  text: string
}

/** Bytes as rows of hexadecimal and ASCII. The spans are all of the bytes, in order. */
export function hexRows(spans: readonly { shown: Uint8Array }[]): HexRow[] {
  const rows: HexRow[] = []
  let at = 0
  for (const [span, { shown }] of spans.entries()) {
    for (let from = 0; from < shown.length; ) {
      if (at % BYTES_A_ROW === 0) rows.push({ offset: at.toString(16).padStart(4, '0'), pieces: [] })
      const piece = shown.subarray(from, from + BYTES_A_ROW - (at % BYTES_A_ROW))
      rows.at(-1)?.pieces.push({ span, isFirst: from === 0, hex: hexText(piece), text: printable(piece) })
      from += piece.length
      at += piece.length
    }
  }
  return rows
}
