/**
 * What the reader has chosen, kept in the address after the section, so that it can be sent to somebody else:
 * `#delay?techniques=sse,websocket&delay=50&lang=zh`. The address is all there is: what it does not name is not chosen.
 */
export class State {
  #section = ''
  #values = new URLSearchParams()
  /** The address as it was last read or written. */
  #seen = ''
  readonly #readers: (() => void)[] = []
  readonly #followers: (() => void)[] = []

  constructor() {
    this.#read()
    // Another address is pasted, or a step is taken back: browsers tell of either by one of these, or by both.
    for (const type of ['hashchange', 'popstate']) {
      addEventListener(type, () => {
        if (location.hash === this.#seen) return
        this.#read()
        tell(this.#readers)
        tell(this.#followers)
      })
    }
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
    this.#seen = location.hash
  }

  /** Goes to a section or anything else with an id, as a step that the reader can take back. */
  go(section: string): void {
    this.#section = section
    history.pushState(null, '', this.#hash())
    this.#seen = location.hash
    tell(this.#followers)
  }

  /** Calls back whenever the address has come to say something else, and not because it was set here. */
  onRead(listener: () => void): void {
    this.#readers.push(listener)
  }

  /** Calls back whenever another place is asked for. */
  onGo(listener: () => void): void {
    this.#followers.push(listener)
  }

  #read(): void {
    this.#seen = location.hash
    const [section = '', values = ''] = decoded(location.hash.slice(1)).split('?')
    this.#section = section
    this.#values = new URLSearchParams(values)
  }

  #hash(): string {
    const values = this.#values.toString().replaceAll('%2C', ',')
    return `#${this.#section}${values && `?${values}`}`
  }
}

function tell(listeners: readonly (() => void)[]): void {
  for (const listener of listeners) listener()
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
