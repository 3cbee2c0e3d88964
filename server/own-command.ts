import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { shellCommand } from './shell.ts'

/**
 * A command of pushlab that people can paste into their shell: by its name where that is on their PATH, else by npx. npx, npm
 * and make put node_modules/.bin on the PATH of what they start; the shell that they were called from need not have it.
 */
export function pushlabCommand(...words: (string | number)[]): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const isThere = folders.some(
    (folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder) && existsSync(join(folder, 'pushlab')),
  )
  return shellCommand([...(isThere ? [] : ['npx']), 'pushlab', ...words])
}
