/** A code as somebody typed it, as it is meant: in lower case, with spaces or hyphens, in full-width letters. */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .toUpperCase()
}
