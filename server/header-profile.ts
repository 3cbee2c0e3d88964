import type { Variant } from './variant.ts'

/** What in a page makes a request: browsers send other headers for each. */
export type Initiator = 'fetch' | 'post' | 'event-source' | 'script' | 'iframe' | 'websocket'

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'
const CLIENT_HINTS = {
  'sec-ch-ua': '"Google Chrome";v="153", "Not_A Brand";v="8", "Chromium";v="153"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Linux"',
}
const ALWAYS = {
  'user-agent': USER_AGENT,
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-US,en;q=0.9',
}
const NO_CACHE = { pragma: 'no-cache', 'cache-control': 'no-cache' }
const fetched = (mode: string, dest: string) => ({
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
})

/**
 * What Chromium 153 on Linux sends besides Host, Connection and the WebSocket handshake's own, to the page's own
 * origin; a test holds it against the browser at hand.
 */
function browserHeaders(initiator: Initiator, { protocol, host }: URL): Record<string, string> {
  const origin = `${protocol.replace('ws', 'http')}//${host}`
  const fromPage = { ...ALWAYS, ...CLIENT_HINTS, referer: `${origin}/` }
  switch (initiator) {
    case 'fetch':
      return { ...fromPage, accept: '*/*', ...fetched('cors', 'empty') }
    case 'post':
      return { ...fromPage, origin, accept: '*/*', ...fetched('cors', 'empty') }
    case 'event-source':
      return { ...fromPage, ...NO_CACHE, accept: 'text/event-stream', ...fetched('cors', 'empty') }
    case 'script':
      return { ...fromPage, accept: '*/*', ...fetched('no-cors', 'script') }
    case 'iframe':
      return {
        ...fromPage,
        accept:
          'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
        'upgrade-insecure-requests': '1',
        ...fetched('navigate', 'iframe'),
      }
    case 'websocket':
      return { ...ALWAYS, ...NO_CACHE, origin }
  }
}

/** A cookie as sites set it: a name, and an opaque value. */
const COOKIE_NAME = 'session='

/** Request headers of a variant's profile: none where they are bare and without cookies. */
export function profileHeaders(
  { headers, cookieBytes }: Variant,
  initiator: Initiator,
  url: URL,
): Record<string, string> {
  return {
    ...(headers === 'browser' && browserHeaders(initiator, url)),
    ...(cookieBytes > 0 && { cookie: COOKIE_NAME.padEnd(cookieBytes, 'c0ffee').slice(0, cookieBytes) }),
  }
}
