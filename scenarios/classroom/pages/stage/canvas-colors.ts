import { identityOf } from '../../../../report/palette.ts'
import { cssOf, inkOn, legible, parseColor, type Rgb } from './contrast.ts'

/** What a lane is drawn with, as CSS colours of the page's theme. */
export interface LaneColors {
  ink: string
  quiet: string
  ground: string
  edge: string
  bad: string
  /** Of the technique; 3:1 on the ground at least. */
  hue: string
  /** The same, so faint that everything can be read on it. */
  tint: string
  /** What is written on the hue. */
  onHue: string
}

export type ThemeColors = Record<'ink' | 'quiet' | 'panel' | 'edge' | 'bad', Rgb>

/**
 * Reads the theme's colours where an element stands. A custom property is computed as it is written, `light-dark(…)`;
 * what becomes of it only a property that takes colours tells.
 */
export function themeColors(within: Element): ThemeColors {
  const probe = document.createElement('i')
  within.append(probe)
  const read = (name: string) => {
    probe.style.color = `var(--${name})`
    return parseColor(getComputedStyle(probe).color)
  }
  const colors = {
    ...{ ink: read('ink'), quiet: read('quiet'), panel: read('panel') },
    ...{ edge: read('edge'), bad: read('bad') },
  }
  probe.remove()
  return colors
}

export function laneColors(technique: string, { ink, quiet, panel, edge, bad }: ThemeColors): LaneColors {
  const hue = techniqueHue(technique, panel)
  return {
    ...{ ink: cssOf(ink), quiet: cssOf(quiet), ground: cssOf(panel), edge: cssOf(edge), bad: cssOf(bad) },
    ...{ hue: cssOf(hue), tint: cssOf(hue, 0.22), onHue: cssOf(inkOn(hue)) },
  }
}

/** A technique's hue, lightened or darkened until it has 3:1 on the ground. */
export function techniqueHue(technique: string, ground: Rgb): Rgb {
  return legible(parseColor(identityOf(technique).color), ground, 3)
}
