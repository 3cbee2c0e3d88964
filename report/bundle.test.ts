import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const BUNDLE = new URL('bundle.ts', import.meta.url).href

test.runIf(process.platform === 'linux')(
  'however few descriptors are left, a report is written or fails, and does not wait for ever',
  () => {
    // From none on, one more each time.
    const program = `
    const { closeSync, openSync } = await import('node:fs')
    const { pageScript } = await import(${JSON.stringify(BUNDLE)})
    const held = []
    try { for (;;) held.push(openSync('/dev/null')) } catch {}
    for (let free = 0; ; free++) {
      try {
        console.log(free, pageScript().length > 100_000)
        break
      } catch ({ code, message }) {
        console.log(free, code, message)
      }
      closeSync(held.pop())
    }`
    const shell = 'ulimit -n 100 && exec "$0" --input-type=module -e "$1" 2>&1'
    const options = { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' } as const
    const said = execFileSync('sh', ['-c', shell, process.execPath, program], options)
    const lines = said.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.at(-1)).toMatch(/^\d+ true$/)
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(
        /^\d+ TOO_FEW_DESCRIPTORS Cannot write a report \(.* EM?N?FILE\)\. Raise the limit: ulimit -n\.$/,
      )
  },
)
