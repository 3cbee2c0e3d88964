import { keyOf } from './say.ts'

/** Behind these a slash begins a regular expression, and does not divide. */
const BEFORE_REGEX = /^(?:|[-+*/%=<>!&|^~?:,;([{]|return|typeof|case|in|of|do|else|void|await|yield)$/
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy
const REST_OF_NUMBER = /[\w.]+/y
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/\w*/y
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

/**
 * Every text in the source of a module that the catalogue should know: what is tagged with `say`, with `{0}` in the
 * places of values, and the string constants, or sums of them, that are given to `said`. Each is listed once, in the
 * order in which they begin.
 */
export function keysIn(source: string): string[] {
  const keys: string[] = []
  let at = 0

  /** What matches here, which is passed. */
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const [text = ''] = pattern.exec(source) ?? []
    at += text.length
    return text
  }

  /** Passes code up to its end, or to a brace that closes what was opened before it. */
  function code() {
    let depth = 0
    let before = ''
    while (at < source.length) {
      const next = source[at] as string
      if (space()) continue
      if (next === '}' && depth-- === 0) return
      if (next === '{') depth++
      const word = take(WORD)
      if (word) {
        const isMember = before === '.'
        before = word
        if (isMember) continue
        if (word === 'say' && source[at] === '`') {
          const place = keys.push('') - 1
          keys[place] = keyOf(template())
          before = '`'
        }
        if (word === 'said') keys.push(...whole())
      } else if (next === '`') {
        template()
        before = next
      } else if (next === "'" || next === '"') {
        quoted()
        before = next
      } else if (/\d/.test(next)) {
        before = take(REST_OF_NUMBER)
      } else {
        const isRegex = next === '/' && BEFORE_REGEX.test(before) && take(REGEX) !== ''
        if (!isRegex) at++
        before = isRegex ? ')' : next
      }
    }
  }

  /** Passes space and comments; whether there were any. */
  function space(): boolean {
    return take(/(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y) !== ''
  }

  /** Passes a template literal, and gives what lies between its values. */
  function template(): string[] {
    const parts: string[] = ['']
    at++
    while (at < source.length && source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at += 2
        code()
        at++
        parts.push('')
      } else {
        parts.push(parts.pop() + character())
      }
    }
    at++
    return parts
  }

  /** Passes a string constant, and gives its text. */
  function quoted(): string {
    const quote = source[at++]
    let text = ''
    while (at < source.length && source[at] !== quote) text += character()
    at++
    return text
  }

  /** Passes one character of a literal, and gives what it stands for. */
  function character(): string {
    if (source[at] !== '\\') return source[at++] as string
    at++
    const code = take(/x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\}/iy)
    if (code) return String.fromCodePoint(Number.parseInt(code.replaceAll(/^[xu]\{?|\}/gi, ''), 16))
    const escaped = source[at++] as string
    // A line that goes on behind its end.
    return escaped === '\n' ? '' : (ESCAPES[escaped] ?? escaped)
  }

  /** Behind `said`: the text that it is given, which it passes; nothing, and nothing passed, where that is no constant. */
  function whole(): string[] {
    const start = at
    let text = ''
    let isConstant = source[at] === '('
    do {
      at++
      space()
      const quote = source[at]
      const parts = quote === '`' ? template() : quote === "'" || quote === '"' ? [quoted()] : []
      isConstant &&= parts.length === 1
      text += parts[0] ?? ''
      space()
    } while (isConstant && source[at] === '+')
    take(/,\s*/y)
    if (isConstant && source[at] === ')') return [text]
    at = start
    return []
  }

  code()
  return [...new Set(keys)]
}
