import { readNumber } from '../../../../report/read-number.ts'
import type { StageSettings } from '../../log/entries.ts'

/** A setting that is a number. */
export type NumberSetting = {
  [Name in keyof StageSettings]: StageSettings[Name] extends number ? Name : never
}[keyof StageSettings]

/** How a slider's steps, 0 to 100, become a setting's values. */
export interface ControlScale {
  least: number
  most: number
  /** linear: even steps; logarithmic: even ratios. */
  kind: 'linear' | 'logarithmic'
  /** Step 0 is 0, and the ratios begin at step 1. */
  hasZero?: true
  /** Of the number field beside it. */
  step: number
}

export const controlScales: Readonly<Record<NumberSetting, ControlScale>> = {
  ratePerSecond: { least: 0.1, most: 50, kind: 'logarithmic', hasZero: true, step: 0.1 },
  payloadBytes: { least: 5, most: 16_384, kind: 'logarithmic', step: 1 },
  pollIntervalMs: { least: 50, most: 10_000, kind: 'logarithmic', step: 1 },
  holdMs: { least: 500, most: 60_000, kind: 'logarithmic', step: 1 },
  addedDelayMs: { least: 0, most: 500, kind: 'linear', step: 1 },
}

/** The value of a slider's step: two significant digits, but the ends exactly. */
export function valueAt({ least, most, kind, hasZero, step }: ControlScale, position: number): number {
  if (hasZero && position <= 0) return 0
  const share = hasZero ? (position - 1) / 99 : position / 100
  if (share <= 0) return least
  if (share >= 1) return most
  const value = kind === 'linear' ? least + (most - least) * share : least * (most / least) ** share
  return clamp(kind === 'linear' ? value : Number(value.toPrecision(2)), least, most, step)
}

/** The step of a slider that is nearest to a value: 0 to 100. */
export function positionOf({ least, most, kind, hasZero }: ControlScale, value: number): number {
  if (hasZero && value < least) return 0
  const share =
    kind === 'linear' ? (value - least) / (most - least) : Math.log(value / least) / Math.log(most / least)
  return Math.round(Math.min(1, Math.max(0, share)) * (hasZero ? 99 : 100)) + (hasZero ? 1 : 0)
}

/** What is typed, within what is allowed; undefined where it is no number, or may be either of two. */
export function typedValue(scale: ControlScale, text: string): number | undefined {
  const value = readNumber(text)
  if (typeof value !== 'number') return undefined
  if (scale.hasZero && value <= 0) return 0
  return clamp(value, scale.least, scale.most, scale.step)
}

function clamp(value: number, least: number, most: number, step: number): number {
  return Math.min(most, Math.max(least, step === 1 ? Math.round(value) : value))
}
