/** Nothing of these means anything to a shell. */
const PLAIN = /^[\w@%+:,./-][\w@%+=:,./-]*$/
/** Nor of these between double quotes, which the command lines of all systems know. */
const SAFE_IN_DOUBLE_QUOTES = /^[^"$`\\!%\p{Cc}]+$/u

/** A command that people can paste into a shell: what a shell would read itself is quoted for it. */
export function shellCommand(words: readonly (string | number)[]): string {
  return words.map((word) => quoted(String(word))).join(' ')
}

function quoted(word: string): string {
  if (PLAIN.test(word)) return word
  return SAFE_IN_DOUBLE_QUOTES.test(word) ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`
}
