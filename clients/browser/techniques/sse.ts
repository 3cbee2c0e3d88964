import { lastEventIdQuery } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Server-Sent Events: the page opens an EventSource and listens.
 *
 * The browser does the rest: it takes the stream apart, keeps the last event ID, and when the connection breaks it waits
 * for as long as the server said and asks again, with Last-Event-ID. It gives up only where the server answers with
 * something else than an event stream; 204, which says that the feed is over, looks the same to the page. It cannot say
 * which feed that ID is of: the page looks at each opening, and where it is another's, asks anew with both in the address.
 */
const sse: BrowserTechnique = (subscription) =>
  new Promise((resolve, reject) => {
    const { url, signal } = subscription
    let { cursor } = subscription
    const open = () => {
      subscription.onAsk()
      const source = new EventSource(`${url}/sse${lastEventIdQuery(cursor)}`)
      let wasOpen = false
      source.addEventListener('opening', ({ lastEventId, data }) => {
        const { feedId } = JSON.parse(data)
        if (wasOpen && feedId !== cursor?.feedId) {
          source.close()
          return open()
        }
        wasOpen = true
        cursor = { seq: Number(lastEventId), feedId }
        subscription.onOpen(cursor)
      })
      source.onmessage = ({ lastEventId, data }) => {
        cursor = { ...cursor, seq: Number(lastEventId) }
        subscription.onEvent(cursor.seq, data)
      }
      source.addEventListener('gap', ({ data }) => {
        const { after, next } = JSON.parse(data)
        subscription.onGap(after, next)
      })
      source.onerror = () => {
        if (source.readyState === EventSource.CLOSED)
          reject(new Error('The server gave no event stream: the browser has given up.'))
        else subscription.onFail('The connection broke: the browser opens it again.')
      }
      signal.onabort = () => {
        source.close()
        resolve()
      }
    }
    open()
  })

export default sse
