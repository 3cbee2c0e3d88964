#!/usr/bin/env node
// Plain JavaScript, so that a Node.js too old to run TypeScript can say so instead of failing on the first type.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const [major, minor] = engines.node.match(/\d+/g).map(Number)
const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number)

if (runningMajor > major || (runningMajor === major && runningMinor >= minor)) {
  const { enableCompileCache } = await import('node:module')
  const folder = fileURLToPath(new URL('../node_modules/.cache/pushlab/compiled', import.meta.url))
  // The processes that it starts find it there; whoever has one of their own, or none (NODE_DISABLE_COMPILE_CACHE), is heeded.
  process.env.NODE_COMPILE_CACHE ??= folder
  enableCompileCache()
  await import('./cli.ts')
} else {
  console.error(
    `pushlab needs Node.js ${engines.node}, and this is ${process.versions.node}. ` +
      'The right one comes with the packages: run "npm ci", then "npx pushlab" or "make".',
  )
  process.exitCode = 5
}
