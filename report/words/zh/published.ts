import type { Catalogue } from '../say.ts'

/** Figures that others have published, what stands beside them, and what differs. */
export const published: Catalogue = {
  // Who says so; works that claims go back to as well stand there.
  'Bozdag, Mesbah and van Deursen, A Comparison of Push and Pull Techniques for AJAX (2007)':
    'Bozdag、Mesbah 和 van Deursen，《A Comparison of Push and Pull Techniques for AJAX》（2007）',
  'CometD 2.4.0 benchmarks (2011)': 'CometD 2.4.0 基准测试（2011）',
  'MDN Web Docs, Using server-sent events (2024)': 'MDN Web Docs，《Using server-sent events》（2024）',
  'RFC 6202, section 2.2 (2011)': 'RFC 6202 第 2.2 节（2011）',
  'RFC 6455, section 5.2': 'RFC 6455 第 5.2 节',
  'Slodziak and Nowak, Performance Analysis of Web Systems Based on XMLHttpRequest, Server-Sent Events and WebSocket (2016)':
    'Slodziak 和 Nowak，《Performance Analysis of Web Systems Based on XMLHttpRequest, Server-Sent Events and WebSocket》（2016）',
  'Van de Vyvere et al., Comparing a Polling and Push-Based Approach for Live Open Data Interfaces (ICWE 2020)':
    'Van de Vyvere 等，《Comparing a Polling and Push-Based Approach for Live Open Data Interfaces》（ICWE 2020）',
  'zlib 1.3.1, zconf.h (2024)': 'zlib 1.3.1，zconf.h（2024）',

  // Kaazing
  'Bytes of HTTP headers for one poll, request and answer': '一次轮询的 HTTP 头部字节数，包括请求和响应',
  '871 bytes': '871 字节',
  'Theirs were the headers of Firefox with the cookies of a session; here a cookie makes up the rest.':
    '原文用的是 Firefox 的头部，带有会话的 cookie；这里用一个 cookie 补足其余部分。',
  "Chromium's request headers with a cookie of 115 bytes, and those of the answer":
    'Chromium 的请求头部（带 115 字节的 cookie）以及响应的头部',
  'Bytes of framing for one event by WebSocket': '通过 WebSocket 传输一个事件的成帧字节数',
  '2 bytes': '2 字节',
  'Theirs is the draft of the time, with a byte before and a byte behind; the length is the same.':
    '原文用的是当时的草案，前后各一个字节；长度相同。',
  'Polling over WebSocket, headers against framing': '轮询与 WebSocket 之比，头部与成帧相比',
  '435 times': '435 倍',
  'Arithmetic and never measured, and true of headers alone: no byte of an event is among them.':
    '只是算术结果，从未测量过，而且只对头部成立：其中不含事件的任何字节。',
  'the two figures above, one over the other': '以上两个数值之比',
  'Polling over WebSocket, of all that goes over the wire': '轮询与 WebSocket 之比，线路上传输的全部内容',
  '435 times, as it is quoted': '435 倍（被广为引用的说法）',
  'An event of 20 bytes, its packet and an acknowledgement cost WebSocket more than its framing.':
    '对 WebSocket 来说，20 字节的事件、其数据包和一个确认的开销比成帧更大。',
  'the bytes of both with their events, three packets against two of 52 bytes of TCP/IP headers each':
    '两者连同事件的字节数，三个数据包与两个相比，每个数据包有 52 字节的 TCP/IP 头部',
  'Bytes a second of 1,000 clients that poll every second': '1,000 个每秒轮询一次的客户端每秒的字节数',
  '6.6 Mb/s (871,000 bytes a second, in 2^20 bits)': '6.6 Mb/s（每秒 871,000 字节，以 2^20 位为单位）',
  'Theirs counts headers alone. Here 20 subscribers were counted, and 1,000 have 50 times as much.':
    '原文只计头部。这里统计的是 20 个订阅者，1,000 个则为其 50 倍。',
  'the byte model of a poll, with TCP/IP headers': '轮询的字节模型，包含 TCP/IP 头部',
  'Bytes a second of 1,000 clients with an event a second by WebSocket':
    '1,000 个通过 WebSocket 每秒接收一个事件的客户端每秒的字节数',
  '0.015 Mb/s (2,000 bytes a second, in 2^20 bits)': '0.015 Mb/s（每秒 2,000 字节，以 2^20 位为单位）',
  'Theirs counts framing alone: neither the events nor a single packet that carries them, which is all but 2 in 126.':
    '原文只计成帧：既不含事件，也不含承载事件的任何数据包，而这些占了 126 字节中除 2 字节以外的全部。',
  'the byte model of WebSocket, with TCP/IP headers': 'WebSocket 的字节模型，包含 TCP/IP 头部',
  'The run has no records of the scenario header-871.': '本次运行没有场景 header-871 的记录。',
  'The kernel did not count the packets of this run alone: that takes a network namespace of its own.':
    '内核没有单独统计本次运行的数据包：这需要独立的网络命名空间。',
  'Bytes a second of {0} clients with {1}, TCP/IP headers included':
    '{0} 个客户端每秒的字节数，包含 TCP/IP 头部：{1}',
  'Header bytes of one poll': '一次轮询的头部字节数',
  'Framing of one event by WebSocket': '通过 WebSocket 传输一个事件的成帧字节数',

  // Long polling
  'Average delay of long polling, in network transits': '长轮询的平均延迟，以网络单程计',
  'close to one network transit': '接近一个网络单程',
  'True of events that are further apart than a round trip, and only of those.':
    '对间隔大于往返时间的事件成立，而且仅对它们成立。',
  'events 250 ms apart over a round trip of 100 ms: each finds a request waiting':
    '往返时间为 100 ms、事件间隔为 250 ms：每个事件到来时都有请求在等待',
  'Longest delay of long polling, in network transits': '长轮询的最长延迟，以网络单程计',
  'over three network transits': '超过三个网络单程',
  '"Over" is for lost packets that TCP sends again; the link here loses none, and the machine adds its own.':
    '“超过”是考虑到 TCP 要重传丢失的数据包；这里的链路不丢包，但机器自身会增加一些延迟。',
  'the answer before, the next request and its answer: three, reached by an event that follows at once':
    '上一个响应、下一个请求及其响应：共三个单程，紧跟其后的事件会达到这个值',
  'Network delay one way from which on long polling is slower than WebSocket, at 4 events a second':
    '每秒 4 个事件时，长轮询开始慢于 WebSocket 的单程网络延迟',
  'half the time between two events, 125 ms': '两个事件间隔的一半，125 ms',
  'Theirs are real distances over the Internet, each with the delay that it has; here it is one link, whose delay is swept.':
    '原文是互联网上的真实距离，各有其延迟；这里是一条链路，对其延迟做扫描。',
  'a round trip as long as the time between two events': '往返时间等于两个事件的间隔',
  'Median delay of long polling at up to 10,000 messages a second':
    '每秒至多 10,000 条消息时长轮询的延迟中位数',
  '2 to 4 ms': '2 到 4 ms',
  'Theirs had up to 10,000 messages a second, in Java on several hosts of Amazon EC2. Here server and load agent share one machine, and the agent parses every answer in one thread: where it is saturated, the figure is its own.':
    '原文每秒至多 10,000 条消息，用 Java 实现，运行在 Amazon EC2 的多台主机上。这里服务器与负载进程共用一台机器，且负载进程在单个线程中解析每个响应：当它饱和时，数值反映的是它自己。',
  'The run has no records of long polling over a round trip.': '本次运行没有带往返时间的长轮询的记录。',
  'The run has no records of long polling and WebSocket over network delays.':
    '本次运行没有在各种网络延迟下的长轮询和 WebSocket 的记录。',
  'Up to {0} ms one way long polling is not told to be slower.': '单程延迟直到 {0} ms，都看不出长轮询更慢。',
  'Delay one way from which on long polling is slower than WebSocket': '长轮询开始慢于 WebSocket 的单程延迟',
  'Mean delay of long polling in transits, with events further apart than a round trip':
    '以单程计的长轮询平均延迟，事件间隔大于往返时间',
  'Longest delay of long polling in transits, with events back to back':
    '以单程计的长轮询最长延迟，事件紧密相接',
  'The run has no records of the scenario long-poll-throughput.':
    '本次运行没有场景 long-poll-throughput 的记录。',
  'Median delay of long polling at 4,000 messages a second': '每秒 4,000 条消息时长轮询的延迟中位数',

  // Load
  'CPU time of the server, push by Comet over pull': '服务器的 CPU 时间，Comet 推送与拉取之比',
  '7 times': '7 倍',
  'Theirs was Comet on Jetty against a page that polls. Here one server does both, for ten events a second: what pushing costs goes by the event, what polling costs by the second.':
    '原文是 Jetty 上的 Comet 与轮询的页面相比。这里由同一个服务器完成两者，每秒十个事件：推送的开销按事件计，轮询的开销按秒计。',
  'Users at which the server of push is saturated': '使推送服务器饱和的用户数',
  '350 to 500 users': '350 到 500 个用户',
  'Theirs is a CPU of 2007 that was full. Here deliveries that are late end it, and server and load agent share the cores.':
    '原文是 2007 年的 CPU 被占满。这里的极限是投递迟到，而且服务器与负载进程共用各个核心。',
  'Clients that one server can have, by Server-Sent Events over polling, for 5.2 kB every 5 s':
    '一台服务器能承载的客户端数，SSE 与轮询之比，每 5 s 传输 5.2 kB',
  '25,000 against 2,000, 12.5 times': '25,000 对 2,000，12.5 倍',
  'Theirs counts clients until the delay grows, in a Kubernetes cluster. Here it is CPU time for each of 200 subscribers; what an idle server takes is among it and lowers the ratio. A cache that answers polls is not measured.':
    '原文在 Kubernetes 集群中统计延迟增大之前的客户端数。这里是 200 个订阅者中每一个的 CPU 时间；其中包含空闲服务器的开销，会使比值偏低。没有测量由缓存响应轮询的情况。',
  'Memory that permessage-deflate adds to a WebSocket connection, after its first message':
    '第一条消息之后，permessage-deflate 给一条 WebSocket 连接增加的内存',
  '(1 << (windowBits + 2)) + (1 << (memLevel + 9)) bytes, at the defaults 262,144, "plus a few kilobytes for small objects"':
    '(1 << (windowBits + 2)) + (1 << (memLevel + 9)) 字节，取默认值时为 262,144，“再加上小对象的几千字节”',
  'Theirs is what the compressor asks for. One that has seen a small message has not touched all of its memory, and what is not touched is not resident.':
    '原文是压缩器申请的内存。只处理过一条小消息的压缩器并没有用到全部内存，而没有用到的部分不会常驻。',
  'The run has no records of both in {0}.': '本次运行在场景 {0} 中没有两者的记录。',
  'The run has not searched how many subscribers long polling can have.':
    '本次运行没有搜索长轮询能承载多少订阅者。',
  'Long-polling subscribers with every event within 100 ms, 99 times in 100':
    '100 次中有 99 次能在 100 ms 内收到每个事件的长轮询订阅者数',
  'A slope needs three numbers of connections or more.': '求斜率需要三种或更多的连接数。',
  'What compression adds to one connection of the server after the first message':
    '第一条消息之后，压缩给服务器的一条连接增加的内存',
  'CPU time of the server, long polling over short polling every second':
    '服务器的 CPU 时间，长轮询与每秒一次的短轮询之比',
  'CPU time of the server for each of 200 subscribers, polling over Server-Sent Events':
    '服务器用于 200 个订阅者中每一个的 CPU 时间，轮询与 SSE 之比',

  // Browsers
  'Event streams that a browser opens to one origin over HTTP/1.1':
    '使用 HTTP/1.1 时，浏览器对同一个源打开的事件流数',
  'Theirs is a limit of browser and domain, over all tabs; here one page of one browser asks for seven.':
    '原文是每个浏览器和域名的上限，跨所有标签页；这里是一个浏览器的一个页面请求打开七个。',
  'Event streams that a browser opens to one origin over HTTP/2':
    '使用 HTTP/2 时，浏览器对同一个源打开的事件流数',
  '100 by default, negotiated by server and client': '默认 100，由服务器和客户端协商',
  'It is the server that says how many streams it takes; seven are asked for here.':
    '接受多少个流由服务器决定；这里请求打开七个。',
  'Delay of Server-Sent Events over that of WebSocket, events of 4,096 bytes':
    'SSE 与 WebSocket 的延迟之比，事件为 4,096 字节',
  'about equal up to 7.5 kB, WebSocket lower above': '7.5 kB 以内大致相同，更大时 WebSocket 较低',
  'Theirs ends in a page, whose own work hides what differs; here the last byte is parsed in Node.js.':
    '原文测到页面为止，页面自身的工作掩盖了差别；这里测到最后一个字节在 Node.js 中解析为止。',
  'The experiment saw nothing over HTTP/{0}.': '实验没有观察到使用 HTTP/{0} 的情况。',
  'All of the {0} that were asked for opened: the limit is further up.':
    '请求打开的 {0} 个全部打开了：上限更高。',
  'EventSources open of {0} to one origin over HTTP/{1}':
    '使用 HTTP/{1} 时对同一个源请求 {0} 个 EventSource 中打开的数目',
  'The run has no records of both over sizes of payload.': '本次运行没有两者在各种有效载荷大小下的记录。',
  "Median delay of Server-Sent Events over WebSocket's with {0} bytes":
    'SSE 与 WebSocket 的延迟中位数之比，{0} 字节',
}
