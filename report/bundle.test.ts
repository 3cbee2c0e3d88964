import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const BUNDLE = new URL('bundle.ts', import.meta.url).href

test.runIf(process.platform === 'linux')(
  'where no descriptor is left, a report fails and does not wait for ever',
  () => {
    const program = `
    const { closeSync, openSync } = await import('node:fs')
    const { pageScript } = await import(${JSON.stringify(BUNDLE)})
    const held = []
    try { for (;;) held.push(openSync('/dev/null')) } catch {}
    try { pageScript() } catch ({ code, message }) { console.error(code, message) }
    for (const descriptor of held) closeSync(descriptor)
    console.log(pageScript().length > 100_000)`
    const shell = 'ulimit -n 100 && exec "$0" --input-type=module -e "$1" 2>&1'
    const options = { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' } as const
    const said = execFileSync('sh', ['-c', shell, process.execPath, program], options)
    expect(said).toMatch(
      /^TOO_FEW_DESCRIPTORS Cannot write a report \(EMFILE.*\)\. Raise the limit: ulimit -n\.\ntrue\n$/,
    )
  },
)
