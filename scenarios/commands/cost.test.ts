import { expect, test } from 'vitest'
import { startRuler } from '../../clients/ruler/ruler.ts'
import type { RulerTrialResult } from '../bench/ruler-trial.ts'
import { pushlabHere, start } from '../fixture/command.ts'
import type { FanOutRound } from './cost-fan-out.ts'

const cost = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  start('scenarios/pushlab.js', ['cost', ...args], env).ended
const costHere = (...args: string[]) => pushlabHere('cost', ...args)

/** Said, and in CI refused, by clients/ruler/ruler.test.ts. */
const hasCompiler = await startRuler('sse', 'http://127.0.0.1:1').then(
  (ruler) => ruler.stop().then(() => true),
  () => false,
)

test.skipIf(!hasCompiler)(
  'agent and ruler read the same events of one server, and then each those of its own',
  async () => {
    const args = ['--rounds', '1', '--scale', 'small', '-t', 'websocket', '--measure', '500ms', '--json']
    const { code, stdout, stderr } = await cost(['--ruler', ...args])
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

test.skipIf(!hasCompiler)(
  'both fan-outs send what a loop over sockets sends, which shares no code with them',
  async () => {
    const load = ['--rounds', '1', '--subscribers', '20', '--rate', '10', '--measure', '1s', '--json']
    const { code, stdout } = await cost(['--fan-out', '-t', 'websocket,xml-socket', ...load])
    expect(code).toBe(0)
    const { rounds } = JSON.parse(stdout) as { rounds: FanOutRound[] }
    const senders = rounds.map(({ technique, results }) => [technique, Object.keys(results).toSorted()])
    expect(senders).toEqual([
      ['websocket', ['library', 'prepared', 'yardstick']],
      ['xml-socket', ['prepared', 'yardstick']],
    ])
    for (const { missing, p50Us, rssBytes } of rounds.flatMap(({ results }) => Object.values(results))) {
      expect(missing).toBe(0)
      expect(p50Us).toBeGreaterThan(0)
      expect(rssBytes).toBeGreaterThan(30e6)
    }
  },
)

test('what measuring costs is told of the techniques, rounds and windows that were asked for', async () => {
  const { code, stdout } = await cost(['-t', 'xml-socket', '--rounds', '1', '--measure', '300ms', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({ rounds: [expect.objectContaining({ technique: 'xml-socket', round: 0 })] }),
  ])
  const [{ bareUs, agentUs }] = JSON.parse(stdout).rounds
  expect([bareUs, agentUs].every((us) => us > 0)).toBe(true)
  const refused = await cost(['-t', 'long-poll'])
  expect([refused.code, refused.stderr]).toEqual([
    2,
    'A bare reader reads sse, websocket, iframe-stream, fetch-stream, multipart-stream, xml-socket, and not long-poll.\n',
  ])
})

test('a fan-out is of streams, and Nchan’s of WebSocket', async () => {
  expect((await costHere('--fan-out', '-t', 'long-poll')).stderr).toContain('and not of long-poll')
  const { code, stderr } = await costHere('--fan-out', '-t', 'sse', '--beside', 'nchan')
  expect([code, stderr]).toEqual([
    2,
    'Nchan is compared by websocket: leave --technique out, or name it, too.\n',
  ])
})

test('a technique that the ruler does not read is refused with those that it does', async () => {
  const { code, stderr } = await costHere('--ruler', '-t', 'sse,iframe-stream')
  expect(code).toBe(2)
  expect(stderr).toBe('The ruler reads sse, websocket, long-poll, and not iframe-stream.\n')
})

test('where there is no compiler, it ends with 5 and says what to install', async () => {
  const { code, stderr } = await cost(['--ruler', '-t', 'sse', '--scale', 'small'], { CC: '/nowhere/cc' })
  expect(code).toBe(5)
  expect(stderr).toContain('there is no /nowhere/cc. Install a compiler')
})
