import { expect, test } from 'vitest'
import { MemoryFeed } from '../../../server/feed.ts'
import { until } from '../../../server/fixture/until.ts'
import { ReplicaFeed } from './replica-feed.ts'

function replica() {
  const original = new MemoryFeed()
  const { feedId, epochUs } = original
  const feed = new ReplicaFeed({ feedId, epochUs, history: [] })
  const told: string[] = []
  const join = (name: string, onEvent = (_seq: number) => {}) =>
    feed.subscribe({
      onEvent: ({ seq }) => {
        told.push(`${name}${seq}`)
        process.nextTick(() => told.push(`${name}${seq} is written`))
        onEvent(seq)
      },
      onEnd: () => {},
    })
  return { feed, told, join, next: () => feed.append(original.publish()) }
}

test('tells every second event in the reverse order, each subscriber in a turn of its own', async () => {
  const { told, join, next } = replica()
  join('a')
  join('b')
  next()
  next()
  await until('all are told', () => told.length === 8)
  const order = ['a1', 'b1', 'b2', 'a2']
  expect(told).toEqual(order.flatMap((one) => [one, `${one} is written`]))
})

test('tells nothing to who has left, nor to who joins when the event can be had already', async () => {
  const { feed, told, join, next } = replica()
  const leave = join('b')
  const leaveToo = join('c')
  join('a', (seq) => {
    leave()
    if (seq === 1) join('late')
  })
  next()
  leaveToo()
  next()
  await until('both are told', () => told.includes('a2 is written'))
  next()
  await until('the third is told', () => told.includes('late3 is written'))
  expect(told.filter((one) => !one.endsWith('written'))).toEqual(['b1', 'a1', 'a2', 'a3', 'late3'])
  expect(feed.subscriberCount).toBe(2)
})
