import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedEvent } from '../event.ts'
import iframeStream from './iframe-stream.ts'
import sse from './sse.ts'

const event = (data: string): FeedEvent => ({ seq: 7, scheduledAtUs: 0, publishedAtUs: 0, data })

test('an event of several lines is one SSE data field a line, whatever the line ends with', () => {
  expect(sse.frame(event('a\nb\r\nc\rd'))).toBe('id: 7\ndata: a\ndata: b\ndata: c\ndata: d\n\n')
  expect(sse.frame(event(''))).toBe('id: 7\ndata: \n\n')
})

test('no data can end its script element or open another, and the page still sees what was published', () => {
  const hostile = fc.constantFrom('</script>', '<!--', '<script>', '</SCRIPT >', '\u2028', '"', '\\')
  fc.assert(
    fc.property(fc.array(fc.oneof(hostile, fc.string())), (parts) => {
      const published = parts.join('')
      const page = String(iframeStream.frame(event(JSON.stringify(published))))
      expect(page.match(/</g)).toHaveLength(2)
      const seen: unknown[] = []
      const code = page.slice('<script>'.length, -'</script>\n'.length)
      new Function('parent', code)({ push: (value: unknown) => seen.push(value) })
      expect(seen).toEqual([published])
    }),
  )
})
