import { describe, expect, test } from 'vitest'
import { defaultStageSettings } from '../log/entries.ts'
import { checkAct, checkSettings, checkSetup } from './limits.ts'

const techniques = ['sse', 'websocket']
const lane = (id: string, more: object = {}) => ({ id, technique: 'sse', ...more })
const setup = (lanes: unknown, more: object = {}) => ({ lanes, settings: defaultStageSettings, ...more })

describe('settings', () => {
  test('within their limits are taken over as they are', () => {
    const settings = { ratePerSecond: 0.1, payloadBytes: 16_384, proxy: 'buffering', isPaused: true }
    expect(checkSettings(settings)).toEqual(settings)
    expect(checkSettings({ ratePerSecond: 0, addedDelayMs: 500, holdMs: undefined })).toEqual({
      ratePerSecond: 0,
      addedDelayMs: 500,
    })
    expect(checkSettings({})).toEqual({})
  })

  test.each([
    [{ ratePerSecond: 0.05 }, 'ratePerSecond must be a number from 0.1 to 50, or 0, not 0.05.'],
    [{ ratePerSecond: Number.NaN }, 'ratePerSecond must be'],
    [{ ratePerSecond: '1' }, 'ratePerSecond must be'],
    [{ payloadBytes: 4 }, 'payloadBytes must be a whole number from 5 to 16384, not 4.'],
    [{ payloadBytes: 20.5 }, 'payloadBytes must be'],
    [{ pollIntervalMs: 49 }, 'pollIntervalMs must be'],
    [{ holdMs: 60_001 }, 'holdMs must be'],
    [{ addedDelayMs: -1 }, 'addedDelayMs must be'],
    [{ proxy: 'nginx' }, 'proxy must be one of none, buffering, stubborn-buffering, not "nginx".'],
    [{ isPaused: 1 }, 'isPaused must be true or false'],
    [{ toString: 1 }, 'There is no setting "toString"'],
    [null, 'The settings must be an object'],
    [[], 'The settings must be an object'],
  ])('such as %j are refused', (patch, message) => {
    expect(() => checkSettings(patch)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    expect(() => checkSettings(patch)).toThrow(message)
  })
})

describe('a setup', () => {
  test('is taken over without what does not belong to it', () => {
    const lanes = [
      lane('a', { forgetful: true }),
      { id: 'b', technique: 'websocket', tabs: 8, socketIo: 'upgrade' },
    ]
    const plan = [{ atMs: 10, act: 'restart' }]
    expect(checkSetup(setup([{ ...lanes[0], port: 1 }, lanes[1]], { plan, run: 4 }), techniques)).toEqual(
      setup(lanes, { plan }),
    )
  })

  test.each([
    [setup([]), 'A stage has 1 to 12 lanes.'],
    [setup(Array.from({ length: 13 }, (_, i) => lane(`a${i}`))), 'A stage has 1 to 12 lanes.'],
    [setup([lane('a'), lane('a')]), 'There are two lanes "a".'],
    [setup([lane('A')]), "A lane's id is lower case"],
    [setup([lane('a', { technique: 'bare-tcp' })]), 'technique of the lane a must be one of sse, websocket'],
    [setup([lane('a', { tabs: 9 })]), 'tabs must be a whole number from 1 to 8, not 9.'],
    [setup([lane('a', { socketIo: 'polling' })]), 'socketIo must be one of'],
    [setup([7]), 'A lane must be an object, not 7.'],
    [
      { lanes: [lane('a')], settings: { holdMs: 500 } },
      'The setup does not say: ratePerSecond, payloadBytes',
    ],
    [setup([lane('a')], { plan: [{ atMs: -1, act: 'cut' }] }), 'atMs must be'],
    [setup([lane('a')], { plan: [{ atMs: 1, act: 'explode' }] }), 'act must be one of send, cut'],
    [setup([lane('a')], { plan: 'cut' }), 'A plan is a list'],
    [undefined, 'The setup must be an object'],
  ])('such as %j is refused', (value, message) => {
    expect(() => checkSetup(value, techniques)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    expect(() => checkSetup(value, techniques)).toThrow(message)
  })
})

test('an act is one of those that there are', () => {
  expect(checkAct('cut')).toBe('cut')
  expect(() => checkAct('toString')).toThrow('act must be one of')
})
