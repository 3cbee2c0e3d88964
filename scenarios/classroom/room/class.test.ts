import { afterEach, describe, expect, test } from 'vitest'
import { nowUs } from '../../../server/clock.ts'
import { until } from '../../../server/fixture/until.ts'
import { goTo, staff, startRoom, student, type TestRoom, testCode, testKey, Visitor } from './fixture.ts'
import type { RoomState } from './protocol.ts'

const rooms: TestRoom[] = []
const open = async (options?: Parameters<typeof startRoom>[0]) => {
  const room = await startRoom(options)
  rooms.push(room)
  return room
}
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.close()))
})

/** What the room tells staff, once it is so. */
async function told(teacher: Visitor, what: string, isSo: (state: RoomState) => boolean): Promise<RoomState> {
  const state = () => teacher.latest('room')?.state
  await until(what, () => state() !== undefined && isSo(state() as RoomState))
  return state() as RoomState
}

describe('hands', () => {
  test('count beside the votes of phones while the vote is open, and have voters of their own', async () => {
    const { host, app } = await open()
    const [teacher, pupil] = [await staff(host), await student(host)]
    pupil.say({ type: 'vote', ballot: '1/predict/1', option: 0 })
    teacher.say({ type: 'hands', ballot: '1/predict/1', counts: [4, 7, 0] })
    const { tallies, voters, advice } = await told(
      teacher,
      'hands are counted',
      (s) => s.tallies[0]?.votes === 12,
    )
    expect(tallies).toEqual([
      { ballot: '1/predict/1', counts: [5, 7, 0], votes: 12, right: 1, hands: [4, 7, 0] },
    ])
    expect([voters, advice]).toEqual([12, 'discuss-and-revote'])
    // Counted once more they take the place of what was counted before.
    teacher.say({ type: 'hands', ballot: '1/predict/1', counts: [0, 3, 0] })
    await told(teacher, 'they are counted anew', (s) => s.tallies[0]?.votes === 4)
    for (const counts of [
      [1, 2],
      [1, 2, 3, 4],
    ]) {
      teacher.say({ type: 'hands', ballot: '1/predict/1', counts })
    }
    await goTo(teacher, 1, 'discuss')
    teacher.say({ type: 'hands', ballot: '1/predict/1', counts: [9, 9, 9] })
    await teacher.heard('refused', 3)
    expect(teacher.all('refused').map(({ code }) => code)).toEqual(Array(3).fill('VOTE_CLOSED'))
    pupil.say({ type: 'hands', ballot: '1/predict/1', counts: [9, 9, 9] })
    expect((await pupil.heard('refused')).code).toBe('NOT_ALLOWED')
    // A crash forgets none.
    const again = await open()
    await again.app.room.restore(JSON.parse(JSON.stringify(app.room.snapshot())))
    expect((await staff(again.host)).latest('room')?.state.tallies[0]?.counts).toEqual([1, 3, 0])
  })
})

describe('many votes from one address', () => {
  test('are told to staff, left out and counted again, and those who come later with them', async () => {
    const { host, app } = await open()
    const teacher = await staff(host)
    const pupils = await Promise.all(Array.from({ length: 11 }, () => student(host)))
    for (const pupil of pupils.slice(0, 9)) pupil.say({ type: 'vote', ballot: '1/predict/1', option: 0 })
    const nine = await told(teacher, 'nine have voted', (s) => s.tallies[0]?.votes === 9)
    expect(nine.crowd).toBeUndefined()
    pupils[9]?.say({ type: 'vote', ballot: '1/predict/1', option: 0 })
    const { crowd, voters } = await told(teacher, 'ten have', (s) => s.tallies[0]?.votes === 10)
    expect([crowd, voters]).toEqual([{ votes: 10, isLeftOut: false }, 11])
    teacher.say({ type: 'leave-out', on: true })
    teacher.say({ type: 'hands', ballot: '1/predict/1', counts: [0, 5, 0] })
    const without = await told(teacher, 'they are left out', (s) => s.tallies[0]?.votes === 5)
    expect([without.crowd, without.voters]).toEqual([{ votes: 10, isLeftOut: true }, 6])
    pupils[10]?.say({ type: 'vote', ballot: '1/predict/1', option: 0 })
    const later = await told(teacher, 'one more is', (s) => s.crowd?.votes === 11)
    expect([later.tallies[0]?.counts, later.voters]).toEqual([[0, 5, 0], 5])

    const again = await open()
    await again.app.room.restore(JSON.parse(JSON.stringify(app.room.snapshot())))
    expect((await staff(again.host)).latest('room')?.state.tallies[0]?.counts).toEqual([0, 5, 0])
    // So are they in the next vote.
    teacher.say({ type: 'revote' })
    await told(teacher, 'there is a second vote', (s) => s.round === 2)
    pupils[0]?.say({ type: 'vote', ballot: '1/predict/2', option: 0 })
    const second = await told(teacher, 'a vote has come', (s) => s.crowd?.votes === 1)
    expect([second.tallies[1]?.votes, second.crowd?.isLeftOut]).toEqual([0, true])
    teacher.say({ type: 'leave-out', on: false })
    await told(teacher, 'they count again', (s) => s.tallies[1]?.votes === 1)
  })
})

describe('the clock of a vote or discussion', () => {
  test('is told to everybody, and ends with its phase, its round, or by hand', async () => {
    const { host } = await open()
    const [teacher, pupil] = [await staff(host), await student(host)]
    const runs = () => told(teacher, 'it runs', (s) => s.endsAtUs !== undefined)
    const stands = () => told(teacher, 'it stands', (s) => s.endsAtUs === undefined)
    teacher.say({ type: 'timer', seconds: 60 })
    const { endsAtUs = 0 } = await runs()
    expect(Math.abs(endsAtUs - nowUs() - 60e6)).toBeLessThan(10e6)
    await until('students know', () => pupil.latest('student')?.state.endsAtUs === endsAtUs)
    teacher.say({ type: 'timer', seconds: 0 })
    await stands()
    teacher.say({ type: 'timer', seconds: 60 })
    await runs()
    teacher.say({ type: 'go', lesson: 1, phase: 'discuss' })
    await stands()
    teacher.say({ type: 'timer', seconds: 60 })
    await runs()
    teacher.say({ type: 'revote' })
    await stands()
    await until('students know', () => pupil.latest('student')?.state.endsAtUs === undefined)
  })
})

describe('a new class', () => {
  test('has no votes, no students and another code, and who was here is told goodbye', async () => {
    const { host, app, stage } = await open()
    const [teacher, pupil] = [await staff(host), await student(host)]
    pupil.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
    await goTo(teacher, 1, 'explain')
    await goTo(teacher, 1, 'observe')
    teacher.say({ type: 'new-class' })
    const state = await told(teacher, 'it has begun', (s) => s.canUndo === true)
    expect(state).toMatchObject({ lesson: 1, phase: 'predict', round: 1, students: { here: 0, joined: 0 } })
    expect(state.tallies).toEqual([{ ballot: '1/predict/1', counts: [0, 0, 0], votes: 0, right: 1 }])
    expect(state.ballot?.id).toBe('1/predict/1')
    expect(state.code).not.toBe(testCode)
    await pupil.heard('goodbye')
    expect(await pupil.closed()).toBe(1001)
    const old = await student(host)
    expect((await old.heard('refused')).code).toBe('WRONG_CODE')
    const other = await new Visitor(host).opened()
    other.say({ type: 'hello', role: 'student', code: state.code })
    expect((await other.heard('student')).state).toMatchObject({ ballot: { id: '1/predict/1' } })
    // Its stage is its own.
    await goTo(teacher, 1, 'observe')
    await until('it is set up anew', () => stage.asked.filter((what) => what === 'begin lane-1').length === 2)
    expect(app.room.code).toBe(state.code)
  })

  test('can be taken back: code, votes, students and place are as before, and no stage begins', async () => {
    const { host, app, stage } = await open()
    const [teacher, pupil] = [await staff(host), await student(host)]
    const { token } = (await pupil.heard('welcome')) as { token: string }
    pupil.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
    await goTo(teacher, 1, 'observe')
    const before = app.room.snapshot()
    teacher.say({ type: 'new-class' })
    await told(teacher, 'it has begun', (s) => s.canUndo === true)
    teacher.say({ type: 'undo' })
    await told(teacher, 'it is taken back', (s) => s.code === testCode && s.canUndo === undefined)
    expect(app.room.snapshot()).toEqual(before)
    expect(stage.asked).toEqual(['begin lane-1'])
    expect((await (await student(host, token)).heard('student')).state.vote).toBe(1)
    teacher.say({ type: 'undo' })
    expect((await teacher.heard('refused')).code).toBe('NOT_ALLOWED')
  })

  test('can be taken back for a while only', async () => {
    const { host } = await open({ limits: { undoMs: 20 } })
    const teacher = await staff(host)
    teacher.say({ type: 'new-class' })
    await told(teacher, 'it stays', (s) => s.code !== testCode && s.canUndo === undefined)
    teacher.say({ type: 'undo' })
    expect((await teacher.heard('refused')).message.en).toContain('no class to go back to')
  })
})

test('all votes are a table behind the key, without anybody’s token', async () => {
  const { host, port, app } = await open()
  const [teacher, pupil] = [await staff(host), await student(host)]
  const { token } = (await pupil.heard('welcome')) as { token: string }
  pupil.say({ type: 'vote', ballot: '1/predict/1', option: 1 })
  teacher.say({ type: 'hands', ballot: '1/predict/1', counts: [2, 0, 0] })
  await told(teacher, 'three have voted', (s) => s.tallies[0]?.votes === 3)
  await goTo(teacher, 2, 'transfer')
  expect((await fetch(`http://${host}/votes.csv`)).status).toBe(404)
  const answer = await fetch(`http://127.0.0.1:${port}/k/${testKey}/votes.csv`)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toContain('pushlab-votes.csv')
  const text = await answer.text()
  expect(text.split('\r\n').slice(0, 4)).toEqual([
    'lesson,title,question,vote,option,text,right,votes,of them hands',
    '1,Lesson 1,predict,1,A,predict first 1,no,2,2',
    '1,Lesson 1,predict,1,B,predict second 1,yes,1,0',
    '1,Lesson 1,predict,1,C,predict third 1,no,0,0',
  ])
  expect(text).toContain('2,Lesson 2,transfer,1,C,transfer third 2,yes,0,0')
  expect(text).not.toContain(token)
  expect(app.room.votes()).toHaveLength(7)
})

test('at the end everybody is told goodbye, and not where the demo is broken off', async () => {
  const [ended, broken] = [await open(), await open()]
  const of = async ({ host }: TestRoom) => [await staff(host), await student(host)]
  const [there, here] = [await of(ended), await of(broken)]
  for (const member of [...there, ...here]) await member.heard('welcome')
  ended.app.room.sayGoodbye()
  await Promise.all([ended.close(), broken.close()])
  for (const member of there) {
    await member.heard('goodbye')
    expect(await member.closed()).toBe(1001)
  }
  for (const member of here) {
    expect(await member.closed()).toBe(1001)
    expect(member.all('goodbye')).toEqual([])
  }
})
