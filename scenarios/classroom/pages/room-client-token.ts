import { readCode } from '../room/codes-typed.ts'

/** What keeps a text under a name: a browser's storage. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>

const TOKEN_KEY = 'room-token'
const CODE_KEY = 'room-code'

/** Keeps the token that a room gave for its code, in place of that of the room before. */
export function keepToken(keeper: Keeper, code: string, token: string): void {
  put(keeper, TOKEN_KEY, JSON.stringify({ code: readCode(code), token }))
}

/** The token that was given for this code. */
export function keptToken(keeper: Keeper, code: string): string | undefined {
  try {
    const kept: { code?: unknown; token?: unknown } | null = JSON.parse(keeper.getItem(TOKEN_KEY) ?? 'null')
    return kept?.code === readCode(code) && typeof kept?.token === 'string' ? kept.token : undefined
  } catch {
    return undefined
  }
}

/** Keeps the code with which this tab has come in, to be joined with again after a reload. */
export function keepCode(code: string, keeper: Keeper = browserKeeper('sessionStorage')): void {
  put(keeper, CODE_KEY, readCode(code))
}

export function keptCode(keeper: Keeper = browserKeeper('sessionStorage')): string | undefined {
  return keeper.getItem(CODE_KEY) ?? undefined
}

/** A browser that keeps nothing for pages (its owner may forbid it) throws where others answer. */
export function browserKeeper(name: 'localStorage' | 'sessionStorage'): Keeper {
  try {
    return window[name]
  } catch {
    return { getItem: () => null, setItem: () => {} }
  }
}

/** A storage that is full forgets, and the page goes on. */
function put(keeper: Keeper, name: string, text: string): void {
  try {
    keeper.setItem(name, text)
  } catch {
    // Whoever reloads is another student then.
  }
}
