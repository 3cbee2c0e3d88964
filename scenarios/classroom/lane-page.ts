import { type BuiltPage, buildPage } from './bundle.ts'

/**
 * Builds the page of a lane, which the lane's own server serves at `/lane`: the page-side twins, and nothing to see. It
 * may reach its own origin alone, by every means that a technique needs: fetch and sockets, scripts (JSONP), frames.
 * @param origins of the pages that may hold it in a frame: those of the room, `http://127.0.0.1:8080`.
 */
export function buildLanePage(origins: readonly string[]): Promise<BuiltPage> {
  return buildPage({
    entry: 'lane/main.ts',
    title: 'pushlab',
    csp: [
      // A page's own origin holds for WebSocket as well (CSP, section 6.7.2.8).
      "connect-src 'self'",
      "script-src 'self'",
      "frame-src 'self'",
      `frame-ancestors ${origins.length > 0 ? origins.join(' ') : "'none'"}`,
    ],
  })
}
