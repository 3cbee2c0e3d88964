import type { RoomLimits } from './limits.ts'
import { siteOf } from './rate-limit.ts'

interface Site {
  open: number
  /** In the order of their coming. */
  silent: Set<unknown>
}

/** The site of this machine's own. */
const HERE = 'here'

/**
 * Who has a place at the room: TCP connections from when they are accepted. Whose page has said hello keeps it. The others are a
 * browser's that fetches a page, or of somebody who will never say anything; they give way where places run out, the longest silent
 * of the address with the most of them first. So a page gets in however many stay silent, and however slowly. This machine has places
 * of its own, for the teacher.
 */
export class Places<Peer> {
  readonly #limits: Pick<RoomLimits, 'sockets' | 'socketsPerAddress'>
  readonly #siteOf = new Map<Peer, string>()
  readonly #sites = new Map<string, Site>()

  constructor(limits: Pick<RoomLimits, 'sockets' | 'socketsPerAddress'>) {
    this.#limits = limits
  }

  get peers(): Iterable<Peer> {
    return this.#siteOf.keys()
  }

  /**
   * Gives a place to who comes from an address to another.
   * @returns who has to go for it: perhaps the one who came.
   */
  enter(peer: Peer, from: string, to: string): Peer | undefined {
    const name = from === to ? HERE : siteOf(from)
    const site = this.#sites.get(name) ?? { open: 0, silent: new Set() }
    this.#sites.set(name, site)
    this.#siteOf.set(peer, name)
    site.open++
    site.silent.add(peer)
    const { sockets, socketsPerAddress } = this.#limits
    let full: Site | undefined
    if (site.open > socketsPerAddress) full = site
    else if (name !== HERE && this.#siteOf.size - (this.#sites.get(HERE)?.open ?? 0) > sockets)
      full = this.#busiest()
    const going = full && ([...full.silent][0] as Peer)
    if (going) this.leave(going)
    return going
  }

  /** It is somebody's page. */
  settle(peer: Peer): void {
    this.#sites.get(this.#siteOf.get(peer) ?? '')?.silent.delete(peer)
  }

  leave(peer: Peer): void {
    const name = this.#siteOf.get(peer)
    const site = this.#sites.get(name ?? '')
    if (name === undefined || !site) return
    this.#siteOf.delete(peer)
    site.silent.delete(peer)
    if (--site.open === 0) this.#sites.delete(name)
  }

  #busiest(): Site {
    const others = [...this.#sites].filter(([name]) => name !== HERE).map(([, site]) => site)
    return others.reduce((most, site) => (site.silent.size > most.silent.size ? site : most))
  }
}
