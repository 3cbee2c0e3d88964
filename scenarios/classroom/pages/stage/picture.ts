import { say } from '../../../../report/words/say.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { drawLane } from './canvas.ts'
import { type LaneColors, laneColors, type ThemeColors } from './canvas-colors.ts'
import type { Picture } from './lens.ts'
import { laneScene } from './scene.ts'

/** What the page's style says about how to draw; made anew when that, or the language, has changed. */
export interface CanvasTheme {
  colors: ThemeColors
  em: number
  fontFamily: string
  /** Made from `colors` as they are needed, by technique. */
  ofTechniques: Map<string, LaneColors>
}

/** What a canvas shows now: most frames of most lanes are like the one before. */
const drawn = new WeakMap<HTMLCanvasElement, { key: string; theme: CanvasTheme }>()

/** Draws a lane as a picture shows it, on a canvas of whatever size the page gives it; crisp on every screen. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  state: StageState,
  lane: LaneState,
  { atUs, glowUs }: Pick<Picture, 'atUs' | 'glowUs'>,
  theme: CanvasTheme,
  isStill: boolean,
): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const ratio = devicePixelRatio || 1
  const scene = laneScene(state, lane, atUs, { glowUs, isStill })
  const key = JSON.stringify([scene, width, height, ratio])
  const before = drawn.get(canvas)
  const context = canvas.getContext('2d')
  if (!context || (before?.key === key && before.theme === theme)) return
  drawn.set(canvas, { key, theme })
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const { technique } = lane.spec
  const colors = theme.ofTechniques.get(technique) ?? laneColors(technique, theme.colors)
  theme.ofTechniques.set(technique, colors)
  const words = {
    ...{ cut: t(say`network cut`), down: t(say`server down`), proxy: t(say`proxy`) },
    ...{ feed: t(say`feed`), server: t(say`server`), browser: t(say`browser`), waits: t(say`waits`) },
    ...arrowWords(technique),
  }
  const pen = { context, colors, em: emOf(theme.em, width, height), fontFamily: theme.fontFamily, words }
  drawLane(pen, scene, width, height)
}

/** Socket.IO's requests are of two methods: nothing is said of them. */
function arrowWords(technique: string) {
  if (technique === 'socket-io') return { ask: '', answer: '' }
  return { ask: 'GET', answer: technique === 'websocket' ? '101' : '200' }
}

/** Letters of a picture: as large as its height allows, for few lanes have much room, and never smaller than the page's. */
function emOf(em: number, width: number, height: number): number {
  return Math.max(em, Math.min(height / 3.2, width / 38, em * 1.5))
}
