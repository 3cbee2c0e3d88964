import { entryOf } from '../../../../server/registry.ts'
import type { LaneState } from '../../log/state.ts'
import { traceOf } from '../../log/trace.ts'
import type { LaneScene, SceneOptions } from './lane-scene.ts'
import { share } from './scene-events.ts'

type Requests = Pick<LaneScene, 'asks' | 'answers' | 'heldRequests'>

/** Where each request and each answer is at an instant. */
export function sceneRequests(lane: LaneState, atUs: number, { glowUs, isStill }: SceneOptions): Requests {
  const scene: Requests = { asks: [], answers: [], heldRequests: 0 }
  const isPoll = entryOf(lane.spec.technique)?.family === 'poll'
  for (const { askedUs, arrivedUs, answeredUs, readUs, events, failedUs } of traceOf(lane).requests) {
    const happened = (us: number | undefined): us is number => us !== undefined && us <= atUs
    const isFresh = (us: number | undefined) => us !== undefined && us <= atUs && atUs - us < glowUs
    if (happened(failedUs)) {
      // The arrow stays where the way ended: at the server, if it came so far.
      if (isFresh(failedUs))
        scene.asks.push({ head: happened(arrivedUs) ? 0 : 0.5, isOver: true, isFailed: true })
      continue
    }
    if (happened(askedUs) && !happened(arrivedUs)) {
      // One that has not arrived yet and is never going to is drawn where it began.
      const head = isStill || arrivedUs === undefined ? 1 : 1 - share(askedUs, arrivedUs, atUs)
      scene.asks.push({ head, isOver: false, isFailed: false })
    } else if (isFresh(arrivedUs)) scene.asks.push({ head: 0, isOver: true, isFailed: false })
    if (isPoll && happened(arrivedUs) && !happened(answeredUs)) scene.heldRequests++
    if (happened(answeredUs) && readUs !== undefined) {
      const isEmpty = events === 0
      if (!happened(readUs)) {
        const head = isStill ? 0 : share(answeredUs, readUs, atUs)
        scene.answers.push({ head, isOver: false, isEmpty })
      } else if (isFresh(readUs)) scene.answers.push({ head: 1, isOver: true, isEmpty })
    }
  }
  return scene
}
