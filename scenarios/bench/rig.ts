import type { FromAgent, ToAgent } from '../../clients/agent.ts'
import type { Point } from '../../results/scenario.ts'
import type { FromServer, ToServer } from '../../server/control.ts'
import { Child, type ChildOptions } from './child.ts'

const SERVER = new URL('../../server/main.ts', import.meta.url)
const AGENT = new URL('../../clients/agent.ts', import.meta.url)

/**
 * Of Node.js, for load agents. With so large a young generation there is no collection within a window of some seconds, which would be
 * a pause of the agent's of 3 to 8 ms.
 */
export const AGENT_FLAGS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64']

export type ServerProcess = Child<ToServer, FromServer>
export type AgentProcess = Child<ToAgent, FromAgent>

/** What server and load agent are told first, in the same message. */
export interface Assignment {
  technique: string
  point: Point
}

type ProcessOptions = Pick<ChildOptions<never>, 'nodeFlags' | 'onEnd'>

/**
 * Starts a server of one technique in a process of its own; it says `listening` once it does.
 * @param module what it runs instead of the server: tests plant faulty ones.
 */
export function startServer(
  { technique, point }: Assignment,
  { module = SERVER, ...options }: ProcessOptions & { module?: URL } = {},
): ServerProcess {
  const server: ServerProcess = new Child(module, options)
  server.send({ type: 'point', technique, point })
  return server
}

/** Starts a load agent in a process of its own. @param module as for the server. */
export function startAgent(
  { technique, point }: Assignment,
  { module = AGENT, nodeFlags = [], ...options }: ProcessOptions & { module?: URL } = {},
): AgentProcess {
  const agent: AgentProcess = new Child(module, { ...options, nodeFlags: [...AGENT_FLAGS, ...nodeFlags] })
  agent.send({ type: 'point', technique, point })
  return agent
}
