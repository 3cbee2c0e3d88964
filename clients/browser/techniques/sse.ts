import { lastEventIdQuery } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Server-Sent Events: the page opens an EventSource and listens.
 *
 * The browser does the rest: it takes the stream apart, keeps the last event ID, and when the connection breaks it waits
 * for as long as the server said and asks again, with Last-Event-ID. It gives up only where the server answers with
 * something else than an event stream; 204, which says that the feed is over, looks the same to the page.
 */
const sse: BrowserTechnique = (subscription) =>
  new Promise((resolve, reject) => {
    const { url, cursor, signal } = subscription
    subscription.onAsk()
    const source = new EventSource(`${url}/sse${lastEventIdQuery(cursor)}`)
    source.onopen = () => subscription.onOpen()
    source.onmessage = ({ lastEventId, data }) => subscription.onEvent(Number(lastEventId), data)
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
  })

export default sse
