import { readdirSync } from 'node:fs'
import { registry } from '../../../server/registry.ts'

const PAGE_SIDE = new URL('../../../clients/browser/techniques/', import.meta.url)

/** Names of the techniques that a browser can run, in the registry's order: those that have a page-side twin. */
export function runnableTechniques(): string[] {
  const files = new Set(readdirSync(PAGE_SIDE))
  return registry.map(({ name }) => name).filter((name) => files.has(`${name}.ts`))
}
