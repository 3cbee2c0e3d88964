import { lastEventIdQuery, seqOf } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * iframe streaming: a hidden iframe loads a page that never ends. Each event is a script element in it, which calls a
 * function of the page around.
 *
 * The browser runs each script as soon as it has come. When the connection breaks, it tells nobody: the page has to watch
 * for the heartbeats, take silence for a failure, and begin again. It keeps the cursor. What was received stays in the
 * iframe until somebody removes it, as is done here with each script that has run.
 */
const iframeStream: BrowserTechnique = (subscription) => {
  const { url, heartbeatMs, signal } = subscription
  let seq = subscription.cursor?.seq ?? 0
  let ended: string | undefined
  let silence: ReturnType<typeof setTimeout>
  // The functions stand in an empty iframe around the stream, so that two streams of a page do not call the same ones.
  const around = hiddenFrame(document)
  const functions = around.contentWindow as Window & Record<string, unknown>
  const stream = hiddenFrame(functions.document)

  return new Promise<void>((resolve, reject) => {
    const lives = () => {
      clearTimeout(silence)
      silence = setTimeout(() => reject(new Error('The page in the iframe fell silent.')), 1.5 * heartbeatMs)
    }
    functions.pushOpen = (from: number, feedId: string) => {
      seq = from
      subscription.onOpen({ seq, feedId })
      lives()
      // A heartbeat is a comment; a script is a node as well.
      new MutationObserver(lives).observe(stream.contentDocument as Document, {
        childList: true,
        subtree: true,
      })
    }
    functions.push = (event: unknown) => {
      // It has done its work, and would stay for as long as the page.
      stream.contentDocument?.currentScript?.remove()
      seq = seqOf(event, seq)
      subscription.onEvent(seq, JSON.stringify(event))
    }
    functions.pushGap = ({ after, next }: { after: number; next: number }) => {
      seq = next - 1
      subscription.onGap(after, next)
    }
    functions.pushEnd = (reason: string) => {
      ended = reason
    }
    stream.onload = () => {
      if (ended === 'feed-ended') resolve()
      else reject(new Error('The page in the iframe ended before the feed did.'))
    }
    signal.onabort = () => resolve()
    subscription.onAsk()
    stream.src = `${url}/iframe-stream${lastEventIdQuery(subscription.cursor)}`
  }).finally(() => {
    clearTimeout(silence)
    around.remove()
  })
}

function hiddenFrame(parent: Document): HTMLIFrameElement {
  const frame = parent.createElement('iframe')
  frame.hidden = true
  parent.body.append(frame)
  return frame
}

export default iframeStream
