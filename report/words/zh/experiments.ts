import type { Catalogue } from '../say.ts'
import { wireLabels } from './wire-labels.ts'

/**
 * Words that stand in the rows of experiments, and what took part besides versions. Left out are names and codes:
 * techniques, transports, what a library says of an error.
 */
export const rowWords: Catalogue = {
  'packet loss': '丢包',
  'checks no origin': '不检查源',
  'does not list the origin': '未列出该源',
  'lists the origin': '列出了该源',
  'without CORS headers': '没有 CORS 头部',
  'of the same origin': '同源',
  'before the first message': '第一条消息之前',
  'after the first message': '第一条消息之后',
  'after a burst': '突发之后',
  idle: '空闲',
  'after the first event': '第一个事件之后',
  'end of the stream': '流结束',
  'connection reset': '连接被重置',
  'connection refused': '连接被拒绝',
  'status 500': '状态码 500',
  'wrong content type': '内容类型错误',
  meta: 'meta 元素',
  nowhere: '未声明',
  'one WebSocket': '一条 WebSocket 连接',
  'two WebSockets': '两条 WebSocket 连接',
  'two streams of HTTP/2': 'HTTP/2 的两个流',
  'two streams of HTTP/2, incremental': 'HTTP/2 的两个流，增量优先级',
  'proxy_pass alone': '仅 proxy_pass',
  'proxy_pass alone, X-Accel-Buffering ignored': '仅 proxy_pass，忽略 X-Accel-Buffering',
  'HTTP/1.1, X-Accel-Buffering ignored': 'HTTP/1.1，忽略 X-Accel-Buffering',
  'HTTP/1.1, X-Accel-Buffering ignored, proxy_buffering off':
    'HTTP/1.1，忽略 X-Accel-Buffering，关闭 proxy_buffering',
  'HTTP/1.1, Upgrade and Connection': 'HTTP/1.1，加上 Upgrade 和 Connection',
  'short poll': '短轮询',
  'synchronous poll': '同步轮询',
  'TCP tunnel': 'TCP 隧道',
  'HTTP only': '只懂 HTTP',
  'drops Upgrade': '丢弃 Upgrade',
  buffering: '缓冲',
  'stubborn buffering': '强制缓冲',
  long: '长',
  short: '短',
  'one event': '一个事件',
  empty: '空',
  'stock Socket.IO': '默认配置的 Socket.IO',
  'ws, at /': 'ws，路径为 /',
  'ws, at /socket.io/': 'ws，路径为 /socket.io/',
  'ws, with EIO=4&transport=websocket': 'ws，带 EIO=4&transport=websocket',
  'ws that writes the packets itself': '自行编写报文的 ws',
  'closed with 1005': '以 1005 关闭',
  stock: '默认配置',
  direct: '直连',
  'a proxy that drops Upgrade': '丢弃 Upgrade 的代理',
  '16 random bytes': '16 个随机字节',
  'the example of RFC 6455': 'RFC 6455 中的示例',
  '4 bytes': '4 个字节',
  'a bare TCP socket': '裸 TCP 套接字',

  // first-seconds
  published: '发布',
  connect: '建立连接',
  request: '请求',
  wait: '等待',
  receive: '接收',
  event: '事件',

  ...wireLabels,
}

/** The question and the expectation of each experiment, why some cannot be made here, and the words of their rows. */
export const experiments: Catalogue = {
  'May a page open a WebSocket to a server of another origin?': '页面可以向其他源的服务器打开 WebSocket 吗？',
  'Yes: browsers send the Origin and leave it to the server to refuse (RFC 6455, section 10.2); of a fetch they keep the answer from the page unless the server allows it (Fetch, CORS protocol).':
    '可以：浏览器会发送 Origin，是否拒绝由服务器决定（RFC 6455 第 10.2 节）；而对于 fetch，除非服务器允许，浏览器不会把响应交给页面（Fetch 标准，CORS 协议）。',
  'What does permessage-deflate cost the server in memory, for every connection?':
    'permessage-deflate 让服务器为每条连接付出多少内存？',
  "Nothing but a little before the first compressed message, for ws makes the compressor then; from there on zlib's 2^17 + 2^17 bytes for a window of 32 kB (zconf.h), about 260 kB.":
    '在第一条压缩消息之前只有一点点，因为 ws 到那时才创建压缩器；此后是 zlib 为 32 kB 的滑动窗口所需的 2^17 + 2^17 字节（zconf.h），约 260 kB。',
  'Does 204 No Content stop EventSource from coming back?': '204 No Content 能阻止 EventSource 重新连接吗？',
  'Yes: any status but 200 fails the connection, and a failed connection is not opened again (HTML, section 9.2).':
    '能：除 200 以外的任何状态码都会使连接失败，而失败的连接不会再次打开（HTML 标准第 9.2 节）。',
  'After which failures does EventSource come back?': 'EventSource 在哪些故障之后会重新连接？',
  'After network errors and the end of the stream; not after a status but 200 or a content type but text/event-stream, which fail the connection for good (HTML, section 9.2).':
    '在网络错误和流结束之后会；若状态码不是 200，或者内容类型不是 text/event-stream，则不会，因为这会使连接永久失败（HTML 标准第 9.2 节）。',
  'Which redirects does EventSource follow?': 'EventSource 会跟随哪些重定向？',
  'All of them: since Fetch (WHATWG) has become its way to ask, its redirect mode is "follow", whatever the status.':
    '全部：自从改用 Fetch（WHATWG）发出请求以来，它的重定向模式就是“follow”，无论状态码是什么。',
  'How many EventSources to one origin does a browser open, and what of its other requests?':
    '浏览器会向同一个源打开多少个 EventSource，它的其他请求又会怎样？',
  'Six connections per origin over HTTP/1.1, which the seventh and every fetch wait for; over HTTP/2 one connection carries them all.':
    '在 HTTP/1.1 上每个源六条连接，第七个 EventSource 和所有 fetch 都要等它们空出来；在 HTTP/2 上，一条连接就能承载全部。',
  'What does a page hold after more and more events of an iframe stream, and of EventSource?':
    '随着 iframe 流和 EventSource 的事件越来越多，页面里会留下什么？',
  'An iframe is one document that is never over: each event leaves a script element in it. EventSource leaves nothing, and its bytes grow alike.':
    'iframe 是一个永不结束的文档：每个事件都会在其中留下一个 script 元素。EventSource 什么也不留下，尽管它传输的字节数同样在增长。',
  'How much padding does an iframe stream need before a browser runs its first event?':
    'iframe 流需要多少填充，浏览器才会执行它的第一个事件？',
  'None where the character encoding is declared; else a browser may wait for 1,024 bytes to guess it from (HTML, section 13.2.3.2).':
    '声明了字符编码时不需要填充；否则浏览器可能会等到 1,024 字节，以便据此猜测编码（HTML 标准第 13.2.3.2 节）。',
  'How long does a small message wait behind a large one?': '排在大消息后面的小消息要等多久？',
  'On the same WebSocket until all of the large one is through, on another stream of HTTP/2 a few round trips.':
    '在同一条 WebSocket 连接上，要等到大消息全部传完；在 HTTP/2 的另一个流上，只需几个往返时间。',
  'What does a held connection cost the server in memory?': '一条保持着的连接让服务器付出多少内存？',
  "Some kB of JavaScript objects, more where Node's HTTP keeps a request and an answer for it, and about 4 kB of the kernel's for a socket, its file and its buffers; an event adds next to nothing, for it is not kept.":
    '几 kB 的 JavaScript 对象，若 Node 的 HTTP 还要为它保留请求和响应则更多，另加内核为套接字、其文件及其缓冲区付出的约 4 kB；事件几乎不增加内存，因为不会被保留。',
  "What does Nagle's algorithm do to an event that is written in two parts?":
    'Nagle 算法对分两次写出的事件有什么影响？',
  'The second part waits until the first is acknowledged, which the receiver puts off: for 40 ms on Linux.':
    '第二部分要等到第一部分得到确认，而接收方会推迟确认：在 Linux 上推迟 40 ms。',
  'What does nginx let through, and when?': 'nginx 会让什么通过，何时通过？',
  'Streams wait for its buffers unless X-Accel-Buffering: no or proxy_buffering off stops it; WebSocket needs its two headers.':
    '流要等待它的缓冲区填满，除非 X-Accel-Buffering: no 或 proxy_buffering off 关闭了缓冲；WebSocket 需要那两个专用的头部。',
  'What do lost packets do to the delay of events?': '丢包对事件的延迟有什么影响？',
  'Nothing is lost and the median stays; the 99th percentile grows to the next event or the retransmission timeout, 200 ms.':
    '不会丢失任何事件，中位数保持不变；第 99 百分位数会增大到下一个事件到来之时，或增大到重传超时的 200 ms。',
  'Does a page freeze while it polls?': '页面在轮询时会卡住吗？',
  'No: fetch works beside the event loop, which is busy with an answer for well under 5 ms. Only a synchronous XMLHttpRequest would stop it.':
    '不会：fetch 在事件循环之外工作，事件循环处理一个响应所用的时间远少于 5 ms。只有同步的 XMLHttpRequest 才会让它停下来。',
  'Which technique gets through which proxy?': '哪种技术能通过哪种代理？',
  'WebSocket needs a proxy that passes Upgrade on, a protocol of its own on TCP one that does not read HTTP at all.':
    'WebSocket 需要会转发 Upgrade 的代理，直接建立在 TCP 上的自有协议则需要完全不解读 HTTP 的代理。',
  'How long does a proxy that buffers hold an event back?': '带缓冲的代理会把事件扣留多久？',
  'At most the time in which its buffer fills, buffer / (rate x bytes per event), unless X-Accel-Buffering: no stops it.':
    '最多为其缓冲区填满所需的时间，即缓冲区大小 /（速率 × 每个事件的字节数），除非 X-Accel-Buffering: no 关闭了缓冲。',
  'What is lost by connections that break?': '连接断开时会丢失什么？',
  'With a cursor nothing, as long as the server still has what was missed; without one all that came meanwhile.':
    '有游标时，只要服务器还留着错过的事件，就什么也不会丢失；没有游标时，会丢失这期间到来的所有事件。',
  'How many polls a second does one server process answer when it is asked as fast as it can?':
    '当请求以服务器所能承受的最快速度到来时，一个服务器进程每秒能响应多少次轮询？',
  'Some ten thousand, an empty answer and one with an event alike, for what costs is the request; with one connection fewer, because each request waits for the answer before. JSONP is long polling with a longer head.':
    '一万次左右，空响应与带一个事件的响应相同，因为代价在于请求；只有一条连接时会更少，因为每个请求都要等待上一个响应。JSONP 不过是头部更长的长轮询。',
  'Can a plain WebSocket client talk to a Socket.IO server, and the other way round?':
    '普通的 WebSocket 客户端能与 Socket.IO 服务器通信吗？反过来呢？',
  'No: Socket.IO has a handshake, heartbeats and packets of its own, of which WebSocket carries the bytes.':
    '不能：Socket.IO 有自己的握手、心跳和报文格式，WebSocket 只是承载它们的字节。',
  'Which transport does Socket.IO use, from the first request on?':
    '从第一个请求起，Socket.IO 使用哪种传输方式？',
  'Polling first, everywhere; WebSocket after an upgrade, where the path lets it through.':
    '无论在哪里都先用轮询；如果沿途允许，升级之后再改用 WebSocket。',
  'Do bytes sent over TCP arrive out of order?': '通过 TCP 发送的字节会乱序到达吗？',
  'Never, lost packets or not (RFC 9293, section 2.2). What TCP does not keep is where one write ended and the next began.':
    '绝不会，无论是否丢包（RFC 9293 第 2.2 节）。TCP 不保留的是一次写入在哪里结束、下一次从哪里开始。',
  'Does an upgraded connection stay open while nothing is sent?':
    '升级后的连接在什么都不发送时会一直保持打开吗？',
  'Behind an idle timeout of 2 s it breaks after 2 s, unless somebody pings more often than that.':
    '在空闲超时为 2 s 的代理后面，它会在 2 s 后断开，除非有一方更频繁地发送 ping。',
  'Whom does Sec-WebSocket-Key keep out?': 'Sec-WebSocket-Key 能把谁挡在门外？',
  'Nobody who can write 16 bytes in base64: the server only proves with it that it speaks WebSocket.':
    '凡是能用 base64 写出 16 个字节的，谁也挡不住：服务器只是用它来证明自己懂 WebSocket。',
  'Where does the time go in the first seconds of a subscription?': '订阅之后的头几秒，时间花在了哪里？',
  'Two round trips until the server has answered, more where a technique needs a second connection or request. Then a stream has each event half a round trip after it was published, a poll only when it asks.':
    '服务器作出响应需要两个往返时间，若技术需要第二条连接或第二个请求则更久。此后，流在每个事件发布半个往返时间之后收到它，轮询则要等到发出请求时才能收到。',
  'Which bytes does one event take, and what is each of them there for?':
    '一个事件要用到哪些字节，每个字节各有什么用途？',
  'The same 100 bytes of payload for all; around them a poll has two header sections, a stream between 1 and 60 bytes.':
    '所有技术都有同样的 100 字节有效载荷；在此之外，轮询有两个头部段，流则有 1 到 60 字节。',

  // Why they cannot be made.
  'Packet loss takes the network namespaces of Linux.': '模拟丢包需要 Linux 的网络命名空间。',
  'nft is not installed here, which drops packets (Debian: nftables).':
    '这里没有安装用来丢弃数据包的 nft（Debian：nftables）。',
  'This machine lets nobody have a network namespace of its own (unshare -rn).':
    '这台机器不允许创建自己的网络命名空间（unshare -rn）。',
  'nft may not be used in a namespace here.': '这里不允许在命名空间中使用 nft。',
  'nginx is not installed here (Debian: nginx-light).': '这里没有安装 nginx（Debian：nginx-light）。',
  'No Chromium could be started: install chromium or set CHROME_PATH.':
    '无法启动 Chromium：请安装 chromium 或设置 CHROME_PATH。',

  ...rowWords,
}
