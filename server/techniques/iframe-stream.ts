import { type HttpStream, streamPlugin } from '../http-stream.ts'
import { preparedChunks } from '../prepared/chunked.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectScriptPage } from '../wire/script-page.ts'

const STREAM: HttpStream = {
  contentType: 'text/html; charset=utf-8',
  heartbeat: '<!-- heartbeat -->\n',
  ending: (reason) => script('pushEnd', JSON.stringify(reason)),
}

/**
 * iframe streaming ("forever frame"): an endless HTML page in a hidden iframe, one script element an event, each
 * calling a function of the page around it.
 */
const iframeStream: ServerTechnique = {
  frame: ({ data }) => script('push', data),
  frameGap: (gap) => script('pushGap', JSON.stringify(gap)),
  frameOpening: (cursor, feedId) =>
    `<!doctype html><meta charset="utf-8"><body>\n${script('pushOpen', `${cursor},${JSON.stringify(feedId)}`)}`,
  wire: overHttp({ body: dissectScriptPage }),
  plugin: streamPlugin(STREAM),
  prepared: preparedChunks(STREAM),
}

/** `json` may hold `</script>`, which would end the element: JSON may write `<` as an escape, and HTML may not. */
function script(call: string, json: string): string {
  return `<script>parent.${call}(${json.replaceAll('<', '\\u003c')})</script>\n`
}

export default iframeStream
