import { type Said, say } from '../../report/words/say.ts'

/** What to do where phones cannot open the address that is shown, the likeliest reason first. */
export function whatToDo(port: number | string): Said[] {
  return [
    say`Phones have to be in the network of this machine: not in the mobile one, nor in another Wi-Fi.`,
    say`Many guest and school networks keep devices apart (client isolation). There no address helps: let a phone or this machine open a hotspot, and connect all to it; the wall shows the new address.`,
    say`A firewall on this machine may be in the way: let it accept TCP port ${port}.`,
    say`The address may be of a VPN or a container: switch the VPN off, or choose another with --lan ADDRESS.`,
    say`A show of hands needs no phones: the teacher’s page counts it beside the votes.`,
  ]
}
