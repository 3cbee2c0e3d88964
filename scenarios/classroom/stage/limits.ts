import { names, type Said, say, type Text } from '../../../report/words/say.ts'
import type { LaneSpec, StageAct, StageSettings, StageSetup } from '../log/entries.ts'
import { stageRefusal } from './refusal.ts'

/** What a stage can be asked for. Everything here throws BAD_INPUT for what it cannot, and says what it could. */

export const MOST_LANES = 12
export const MOST_TABS = 8
export const MOST_PLANNED = 100
export const LATEST_PLANNED_MS = 3_600_000
export const LONGEST_ID = 64
export const laneIdPattern = '^[a-z0-9]+(-[a-z0-9]+)*$'

export const stageActs: readonly StageAct[] = ['send', 'cut', 'mend', 'restart', 'probe']
export const PROXIES: readonly StageSettings['proxy'][] = ['none', 'buffering', 'stubborn-buffering']
export const SOCKET_IO: readonly NonNullable<LaneSpec['socketIo']>[] = ['upgrade', 'websocket']

/** The least and the most of each setting that is a number, and whether it has to be whole. */
export const settingLimits = {
  ratePerSecond: { least: 0.1, most: 50, isWhole: false },
  payloadBytes: { least: 5, most: 16_384, isWhole: true },
  pollIntervalMs: { least: 50, most: 10_000, isWhole: true },
  holdMs: { least: 500, most: 60_000, isWhole: true },
  addedDelayMs: { least: 0, most: 500, isWhole: true },
} as const satisfies Partial<Record<keyof StageSettings, { least: number; most: number; isWhole: boolean }>>

/**
 * Checks a change of settings, as it came from outside.
 * @returns the same, without anything else.
 */
export function checkSettings(patch: unknown): Partial<StageSettings> {
  const entries = Object.entries(objectOf(say`The settings`, patch)).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, checkSetting(name, value)]))
}

function checkSetting(name: string, value: unknown): unknown {
  if (name === 'proxy') return oneOf('proxy', value, PROXIES)
  if (name === 'isPaused') return booleanOf(name, value)
  if (!Object.hasOwn(settingLimits, name)) {
    const known = [...Object.keys(settingLimits), 'proxy', 'isPaused'].join(', ')
    throw stageRefusal(say`There is no setting ${JSON.stringify(name)}. There are: ${known}.`)
  }
  if (name === 'ratePerSecond' && value === 0) return 0
  const { least, most, isWhole } = settingLimits[name as keyof typeof settingLimits]
  return numberOf(name, value, least, most, isWhole)
}

/**
 * Checks how a stage shall be set up, as it came from outside.
 * @param techniques that a browser can run.
 * @returns the same, without anything else.
 */
export function checkSetup(setup: unknown, techniques: readonly string[]): StageSetup {
  const { lanes, settings, plan } = objectOf(say`The setup`, setup)
  if (!Array.isArray(lanes) || lanes.length < 1 || lanes.length > MOST_LANES) {
    throw stageRefusal(say`A stage has 1 to ${MOST_LANES} lanes.`)
  }
  const specs = lanes.map((lane) => checkLane(lane, techniques))
  const twice = specs.find(({ id }, i) => specs.findIndex((other) => other.id === id) < i)
  if (twice) {
    throw stageRefusal(say`There are two lanes ${JSON.stringify(twice.id)}. Give each an id of its own.`)
  }
  const checked = checkSettings(settings)
  const missing = [...Object.keys(settingLimits), 'proxy', 'isPaused'].filter((name) => !(name in checked))
  if (missing.length > 0) {
    throw stageRefusal(say`The setup does not say: ${missing.join(', ')}.`)
  }
  return {
    lanes: specs,
    settings: checked as StageSettings,
    ...(plan !== undefined && { plan: checkPlan(plan) }),
  }
}

function checkLane(lane: unknown, techniques: readonly string[]): LaneSpec {
  const { id, technique, forgetful, tabs, socketIo } = objectOf(say`A lane`, lane)
  if (typeof id !== 'string' || id.length > LONGEST_ID || !new RegExp(laneIdPattern).test(id)) {
    throw stageRefusal(
      say`A lane's id is lower case with hyphens, ${LONGEST_ID} characters at most: sse, not ${shown(id)}.`,
    )
  }
  return {
    id,
    technique: oneOf(say`technique of the lane ${id}`, technique, techniques),
    ...(forgetful !== undefined && { forgetful: booleanOf('forgetful', forgetful) }),
    ...(tabs !== undefined && { tabs: numberOf('tabs', tabs, 1, MOST_TABS, true) }),
    ...(socketIo !== undefined && { socketIo: oneOf('socketIo', socketIo, SOCKET_IO) }),
  }
}

function checkPlan(plan: unknown): NonNullable<StageSetup['plan']> {
  if (!Array.isArray(plan) || plan.length > MOST_PLANNED) {
    throw stageRefusal(say`A plan is a list of ${MOST_PLANNED} acts at most.`)
  }
  return plan.map((step) => {
    const { atMs, act } = objectOf(say`A step of the plan`, step)
    return { atMs: numberOf('atMs', atMs, 0, LATEST_PLANNED_MS, false), act: checkAct(act) }
  })
}

/** Checks what somebody wants to do to the stage. */
export function checkAct(act: unknown): StageAct {
  return oneOf('act', act, stageActs)
}

function objectOf(what: Said, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw stageRefusal(say`${what} must be an object, not ${shown(value)}.`)
}

function numberOf(name: string, value: unknown, least: number, most: number, isWhole: boolean): number {
  const fits = isWhole ? Number.isInteger(value) : typeof value === 'number'
  if (fits && (value as number) >= least && (value as number) <= most) return value as number
  throw stageRefusal(
    name === 'ratePerSecond'
      ? say`${name} must be a number from ${least} to ${most}, or 0, not ${shown(value)}.`
      : isWhole
        ? say`${name} must be a whole number from ${least} to ${most}, not ${shown(value)}.`
        : say`${name} must be a number from ${least} to ${most}, not ${shown(value)}.`,
  )
}

function booleanOf(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw stageRefusal(say`${name} must be true or false, not ${shown(value)}.`)
}

function oneOf<Choice extends string>(name: Text, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw stageRefusal(say`${name} must be one of ${names(choices)}, not ${shown(value)}.`)
}

/** A value from outside, short enough for a message. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 40)
}
