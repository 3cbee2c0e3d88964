const KEPT = 'key'

/**
 * The key of a staff's page: from its address, `/k/KEY/projector`, which becomes `/projector` at once, so that nobody
 * reads the key off the wall, or off a paper. It is kept until the window closes; a reload asks the page of key.tsx, which goes on by itself.
 */
export function takeKey(): string | undefined {
  const { key, page } = partsOf(location.pathname)
  if (key !== undefined) {
    sessionStorage.setItem(KEPT, key)
    history.replaceState(null, '', `/${page}${location.hash}`)
  }
  return key ?? keptKey()
}

export function keptKey(): string | undefined {
  return sessionStorage.getItem(KEPT) ?? undefined
}

export function forgetKey(): void {
  sessionStorage.removeItem(KEPT)
}

/** What an address says: `/k/KEY/teacher`, or `/teacher` alone. */
export function partsOf(path: string): { key?: string; page: string } {
  const [first = '', key = '', page = ''] = path.split('/').slice(1)
  return first === 'k' ? { ...(key === '' ? {} : { key }), page } : { page: first }
}
