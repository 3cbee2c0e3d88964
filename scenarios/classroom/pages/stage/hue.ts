import { techniqueHue } from './canvas-colors.ts'
import { cssOf, parseColor } from './contrast.ts'

/** `--panel` of tokens.css in each theme: what the stage stands on. */
export const panels = { light: '#f6f7f9', dark: '#1d232a' } as const

/** Gives what stands within a technique's hue as `--hue`, legible in both themes. */
export function hueStyle(technique: string): Record<string, string> {
  const of = (panel: string) => cssOf(techniqueHue(technique, parseColor(panel)))
  return { '--hue': `light-dark(${of(panels.light)}, ${of(panels.dark)})` }
}
