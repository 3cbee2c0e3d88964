import { crossOriginRows } from './cross-origin.ts'
import { deflateMemoryRows } from './deflate-memory.ts'
import { eventSource204Rows } from './event-source-204.ts'
import { eventSourceFailuresRows } from './event-source-failures.ts'
import { eventSourceRedirectsRows } from './event-source-redirects.ts'
import { eventSourceSixRows } from './event-source-six.ts'
import { firstSecondsRows } from './first-seconds.ts'
import { iframeMemoryRows } from './iframe-memory.ts'
import { iframePaddingRows } from './iframe-padding.ts'
import { largeMessageRows } from './large-message.ts'
import { memoryPerSubscriberRows } from './memory-per-subscriber.ts'
import { nagleRows } from './nagle.ts'
import { nginxInFrontRows } from './nginx-in-front.ts'
import { packetLossRows } from './packet-loss.ts'
import { pageFreezesRows } from './page-freezes.ts'
import { proxiesRows } from './proxies.ts'
import { proxyBufferRows } from './proxy-buffer.ts'
import { resumeRows } from './resume.ts'
import type { RowContract } from './row.ts'
import { saturationRows } from './saturation.ts'
import { socketIoProtocolRows } from './socket-io-protocol.ts'
import { socketIoTransportRows } from './socket-io-transport.ts'
import { tcpOrderRows } from './tcp-order.ts'
import { websocketIdleRows } from './websocket-idle.ts'
import { websocketKeyRows } from './websocket-key.ts'
import { wireBytesRows } from './wire-bytes.ts'

/** The rows of every experiment, by its name. */
export const rowContracts: ReadonlyMap<string, RowContract> = new Map(
  [
    crossOriginRows,
    deflateMemoryRows,
    eventSource204Rows,
    eventSourceFailuresRows,
    eventSourceRedirectsRows,
    eventSourceSixRows,
    firstSecondsRows,
    iframeMemoryRows,
    iframePaddingRows,
    largeMessageRows,
    memoryPerSubscriberRows,
    nagleRows,
    nginxInFrontRows,
    packetLossRows,
    pageFreezesRows,
    proxiesRows,
    proxyBufferRows,
    resumeRows,
    saturationRows,
    socketIoProtocolRows,
    socketIoTransportRows,
    tcpOrderRows,
    websocketIdleRows,
    websocketKeyRows,
    wireBytesRows,
  ].map((contract) => [contract.experiment, contract]),
)
