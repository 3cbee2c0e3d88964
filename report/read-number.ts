/**
 * A number as people write it: `0.5`, `0,5`, `1 234,5`, `1,234.5`, and in full-width characters.
 * @returns both numbers where the text may be either, as `1,234` may; undefined where it is none.
 */
export function readNumber(text: string): number | readonly [number, number] | undefined {
  const plain = text.normalize('NFKC').trim().replaceAll('−', '-').replaceAll('。', '.')
  const [, sign, digits = '', exponent = ''] =
    /^([+-]?)(\d[\d.,' ’]*|[.,]\d+)(e[+-]?\d+)?$/i.exec(plain) ?? []
  if (sign === undefined) return undefined
  const numberFrom = (decimal: string) => Number(`${sign}${decimal}${exponent}`)
  const point = digits.replace(',', '.')
  if (/^[1-9]\d{0,2},\d{3}$/.test(digits)) return [numberFrom(digits.replace(',', '')), numberFrom(point)]
  if (/^\d*\.?\d*$/.test(point)) return finite(numberFrom(point))
  // Groups of three, all parted by the same mark, and another mark before the decimals.
  const [, whole, mark = '', decimals = ''] =
    /^(\d{1,3}(?:([., '’])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/.exec(digits) ?? []
  return whole === undefined ? undefined : finite(numberFrom(`${whole.replaceAll(mark, '')}.${decimals}`))
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
