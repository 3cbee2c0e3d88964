import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const CHILD = new URL('child.ts', import.meta.url).href

test.runIf(process.platform === 'linux')(
  'a child for which there is no descriptor left is said to be none, and is no reason to end',
  () => {
    const program = `
      const { openSync } = await import('node:fs')
      const { Child } = await import(${JSON.stringify(CHILD)})
      try { for (;;) openSync('/dev/null') } catch {}
      const child = new Child(new URL('fixture/odd-agent.ts', ${JSON.stringify(CHILD)}))
      const failed = await child.receive('ready', 5_000).catch((error) => error)
      await child.stop()
      console.log(failed.code, failed.message)`
    const shell = 'ulimit -n 100 && exec "$0" --input-type=module -e "$1"'
    const said = execFileSync('sh', ['-c', shell, process.execPath, program], { encoding: 'utf8' })
    expect(said).toMatch(/^CHILD_FAILED odd-agent\.ts could not be started: .*EMFILE/)
  },
)
