// Plain JavaScript, so that a Node.js too old to run TypeScript can say so instead of failing on the first type.
import { readFileSync } from 'node:fs'

/** What package.json says of pushlab. */
export const { engines, version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

/**
 * Starts what was asked for; where nothing of pushlab can run, says why and what to do.
 * @param {string} command that was asked for, as people write it.
 */
export async function runHere(command, start) {
  const why = whyNotHere(command)
  if (why === undefined) return start()
  console.error(why)
  process.exitCode = 5
}

function whyNotHere(command) {
  const [major, minor] = engines.node.match(/\d+/g).map(Number)
  const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number)
  const then = `run "npm ci", then ${command}`
  if (runningMajor < major || (runningMajor === major && runningMinor < minor)) {
    return `pushlab needs Node.js ${engines.node}, and this is ${process.versions.node}. The right one comes with the packages: ${then}.`
  }
  try {
    import.meta.resolve('commander')
    return undefined
  } catch {
    return `pushlab needs its packages, and they are not installed here: ${then}.`
  }
}
