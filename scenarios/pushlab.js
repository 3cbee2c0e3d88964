#!/usr/bin/env node
// Plain JavaScript, so that a Node.js too old to run TypeScript can say so instead of failing on the first type.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const [major, minor] = engines.node.match(/\d+/g).map(Number)
const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number)

if (runningMajor > major || (runningMajor === major && runningMinor >= minor)) {
  await import('./cli.ts')
} else {
  console.error(
    `pushlab needs Node.js ${engines.node}, and this is ${process.versions.node}. ` +
      'The right one comes with the packages: run "npm ci", then "npx pushlab" or "make".',
  )
  process.exitCode = 5
}
