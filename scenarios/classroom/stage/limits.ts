import type { PushlabError } from '../../../server/error.ts'
import type { LaneSpec, StageAct, StageSettings, StageSetup } from '../log/entries.ts'
import type { Bilingual } from '../room/protocol.ts'
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
  const entries = Object.entries(objectOf({ en: 'The settings', zh: '设置' }, patch)).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(entries.map(([name, value]) => [name, checkSetting(name, value)]))
}

function checkSetting(name: string, value: unknown): unknown {
  if (name === 'proxy') return oneOf('proxy', value, PROXIES)
  if (name === 'isPaused') return booleanOf(name, value)
  if (!Object.hasOwn(settingLimits, name)) {
    const known = [...Object.keys(settingLimits), 'proxy', 'isPaused'].join(', ')
    throw bad(
      `There is no setting ${JSON.stringify(name)}. There are: ${known}.`,
      `没有名为 ${JSON.stringify(name)} 的设置。可用的有：${known}。`,
    )
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
  const { lanes, settings, plan } = objectOf({ en: 'The setup', zh: '舞台的布置' }, setup)
  if (!Array.isArray(lanes) || lanes.length < 1 || lanes.length > MOST_LANES) {
    throw bad(`A stage has 1 to ${MOST_LANES} lanes.`, `舞台可以有 1 到 ${MOST_LANES} 条泳道。`)
  }
  const specs = lanes.map((lane) => checkLane(lane, techniques))
  const twice = specs.find(({ id }, i) => specs.findIndex((other) => other.id === id) < i)
  if (twice) {
    throw bad(
      `There are two lanes ${JSON.stringify(twice.id)}. Give each an id of its own.`,
      `有两条泳道都叫 ${JSON.stringify(twice.id)}。请让每条泳道的名称各不相同。`,
    )
  }
  const checked = checkSettings(settings)
  const missing = [...Object.keys(settingLimits), 'proxy', 'isPaused'].filter((name) => !(name in checked))
  if (missing.length > 0) {
    throw bad(`The setup does not say: ${missing.join(', ')}.`, `舞台的布置缺少：${missing.join(', ')}。`)
  }
  return {
    lanes: specs,
    settings: checked as StageSettings,
    ...(plan !== undefined && { plan: checkPlan(plan) }),
  }
}

function checkLane(lane: unknown, techniques: readonly string[]): LaneSpec {
  const { id, technique, forgetful, tabs, socketIo } = objectOf({ en: 'A lane', zh: '泳道' }, lane)
  if (typeof id !== 'string' || id.length > LONGEST_ID || !new RegExp(laneIdPattern).test(id)) {
    throw bad(
      `A lane's id is lower case with hyphens, ${LONGEST_ID} characters at most: sse, not ${shown(id)}.`,
      `泳道的名称由小写字母、数字和连字符组成，最多 ${LONGEST_ID} 个字符，例如 sse，而不是 ${shown(id)}。`,
    )
  }
  return {
    id,
    technique: oneOf(
      { en: `technique of the lane ${id}`, zh: `泳道 ${id} 的 technique` },
      technique,
      techniques,
    ),
    ...(forgetful !== undefined && { forgetful: booleanOf('forgetful', forgetful) }),
    ...(tabs !== undefined && { tabs: numberOf('tabs', tabs, 1, MOST_TABS, true) }),
    ...(socketIo !== undefined && { socketIo: oneOf('socketIo', socketIo, SOCKET_IO) }),
  }
}

function checkPlan(plan: unknown): NonNullable<StageSetup['plan']> {
  if (!Array.isArray(plan) || plan.length > MOST_PLANNED) {
    throw bad(
      `A plan is a list of ${MOST_PLANNED} acts at most.`,
      `计划是一个列表，最多有 ${MOST_PLANNED} 个动作。`,
    )
  }
  return plan.map((step) => {
    const { atMs, act } = objectOf({ en: 'A step of the plan', zh: '计划的一步' }, step)
    return { atMs: numberOf('atMs', atMs, 0, LATEST_PLANNED_MS, false), act: checkAct(act) }
  })
}

/** Checks what somebody wants to do to the stage. */
export function checkAct(act: unknown): StageAct {
  return oneOf('act', act, stageActs)
}

function objectOf(what: Bilingual, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw bad(
    `${what.en} must be an object, not ${shown(value)}.`,
    `${what.zh}须为对象，而不是 ${shown(value)}。`,
  )
}

function numberOf(name: string, value: unknown, least: number, most: number, isWhole: boolean): number {
  const fits = isWhole ? Number.isInteger(value) : typeof value === 'number'
  if (fits && (value as number) >= least && (value as number) <= most) return value as number
  const zero = name === 'ratePerSecond' ? ', or 0' : ''
  throw bad(
    `${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}${zero}, not ${shown(value)}.`,
    `${name} 须为 ${least} 到 ${most} 的${isWhole ? '整数' : '数'}${zero && '，或 0'}，而不是 ${shown(value)}。`,
  )
}

function booleanOf(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw bad(
    `${name} must be true or false, not ${shown(value)}.`,
    `${name} 须为 true 或 false，而不是 ${shown(value)}。`,
  )
}

function oneOf<Choice extends string>(
  name: string | Bilingual,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  const { en, zh } = typeof name === 'string' ? { en: name, zh: name } : name
  throw bad(
    `${en} must be one of ${choices.join(', ')}, not ${shown(value)}.`,
    `${zh} 须为以下之一：${choices.join('、')}，而不是 ${shown(value)}。`,
  )
}

/** A value from outside, short enough for a message. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 40)
}

function bad(en: string, zh: string): PushlabError {
  return stageRefusal({ en, zh })
}
