import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { nowUs } from '../../server/clock.ts'
import { othersCpu, parseStat } from './others-cpu.ts'

test('idle, waiting and interrupts are of nobody; cores are counted', () => {
  const text = 'cpu  3704922 253427 583882 2123701 6596 7 69757 67460 0 0\ncpu0 1 2 3\ncpu1 4 5 6\nintr 9\n'
  expect(parseStat(text)).toEqual({ idleTicks: 2123701 + 6596 + 7 + 69757, cores: 2 })
})

test.runIf(process.platform === 'linux')(
  'what a process uses is others’ where it is a stranger, and not where it is of the bench',
  async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("."); for (;;);'])
    try {
      await once(child.stdout, 'data')
      const startUs = nowUs()
      const window = { startUs, endUs: startUs + 500_000 }
      const [strange, own] = await Promise.all([
        othersCpu(window, [process.pid]),
        othersCpu(window, [process.pid, child.pid ?? 0]),
      ])
      if (!strange || !own) expect.fail('/proc was not read')
      expect(strange.cpuUs).toBeGreaterThan(own.cpuUs)
      expect(strange.cpuUs).toBeLessThanOrEqual(strange.availableUs)
    } finally {
      child.kill('SIGKILL')
    }
  },
)

test('where a process is gone nothing is told', async () => {
  const startUs = nowUs()
  expect(await othersCpu({ startUs, endUs: startUs + 1_000 }, [2 ** 22 + 1])).toBeUndefined()
})
