import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startRuler } from '../../clients/ruler/ruler.ts'
import type { RulerTrialResult } from '../bench/ruler-trial.ts'

function costRuler(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const command = [join(import.meta.dirname, '../pushlab.js'), 'cost', '--ruler', ...args]
    execFile(process.execPath, command, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

/** Said, and in CI refused, by clients/ruler/ruler.test.ts. */
const hasCompiler = await startRuler('sse', 'http://127.0.0.1:1').then(
  (ruler) => ruler.stop().then(() => true),
  () => false,
)

test.skipIf(!hasCompiler)(
  'agent and ruler read the same events of one server, and then each those of its own',
  async () => {
    const args = ['--rounds', '1', '--scale', 'small', '-t', 'websocket', '--measure', '500ms', '--json']
    const { code, stdout, stderr } = await costRuler(args)
    expect([code, stderr]).toEqual([0, 'Round 1 of 1\n'])
    const [round] = JSON.parse(stdout).rounds as { atOnce: RulerTrialResult; inTurn: RulerTrialResult }[]
    // The agent's probe is left out of delays.
    expect(round?.atOnce).toMatchObject({ agent: { n: 5 * 49 }, read: { n: 5 * 50 } })
    expect(round?.inTurn).toMatchObject({ agent: { n: 5 * 99 }, read: { n: 5 * 100 } })
    for (const { kernel, read } of [round?.atOnce ?? {}, round?.inTurn ?? {}]) {
      expect(kernel?.n).toBeGreaterThan(0)
      expect(kernel?.n).toBeLessThanOrEqual(read?.n as number)
    }
  },
)

test('a technique that the ruler does not read is refused with those that it does', async () => {
  const { code, stderr } = await costRuler(['-t', 'sse,iframe-stream'])
  expect(code).toBe(2)
  expect(stderr).toBe('The ruler reads sse, websocket, long-poll, and not iframe-stream.\n')
})

test('where there is no compiler, it ends with 5 and says what to install', async () => {
  const { code, stderr } = await costRuler(['-t', 'sse', '--scale', 'small'], { CC: '/nowhere/cc' })
  expect(code).toBe(5)
  expect(stderr).toContain('there is no /nowhere/cc. Install a compiler')
})
