/**
 * What the reader has chosen, kept in the address after the section, so that it can be sent to somebody else:
 * `#delay?techniques=sse,websocket&delay=50&lang=zh`.
 */
export class State {
  #section: string
  readonly #values: URLSearchParams
  readonly #listeners: (() => void)[] = []

  constructor() {
    const [section = '', values = ''] = decoded(location.hash.slice(1)).split('?')
    this.#section = section
    this.#values = new URLSearchParams(values)
    addEventListener('hashchange', () => this.#read())
    // A link in the page names its section alone: what was chosen stays.
    document.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
      if (!link || event.defaultPrevented) return
      event.preventDefault()
      this.go(link.getAttribute('href')?.slice(1) ?? '')
    })
  }

  get section(): string {
    return this.#section
  }

  get(name: string): string {
    return this.#values.get(name) ?? ''
  }

  set(name: string, value: string): void {
    if (value === '') this.#values.delete(name)
    else this.#values.set(name, value)
    history.replaceState(null, '', this.#hash())
  }

  /** Goes to a section or anything else with an id, as a step that the reader can take back. */
  go(section: string): void {
    this.#section = section
    history.pushState(null, '', this.#hash())
    this.#tell()
  }

  /** Calls back whenever another place is asked for. */
  onGo(listener: () => void): void {
    this.#listeners.push(listener)
  }

  #read(): void {
    const [section = '', values] = decoded(location.hash.slice(1)).split('?')
    this.#section = section
    if (values !== undefined) {
      for (const name of [...this.#values.keys()]) this.#values.delete(name)
      for (const [name, value] of new URLSearchParams(values)) this.#values.set(name, value)
    }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #hash(): string {
    const values = this.#values.toString().replaceAll('%2C', ',')
    return `#${this.#section}${values && `?${values}`}`
  }
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
