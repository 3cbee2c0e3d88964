import type { Catalogue } from '../say.ts'

/** The question and the expectation of each scenario of the library. */
export const scenarios: Catalogue = {
  'What does a binary payload cost where only text is carried?':
    '在只能传送文本的地方，二进制有效载荷要付出什么代价？',
  'A third more where bytes go as base64, nothing more on WebSocket.':
    '以 base64 传送字节时多出三分之一，在 WebSocket 上则什么也不增加。',
  'What do the headers that a browser sends add to each event?': '浏览器发送的头部会给每个事件增加多少开销？',
  'Some hundred bytes more for every poll, and none for an event of a stream.':
    '每次轮询多出几百字节，流中的事件则一个字节也不多。',
  'What does a proxy that collects answers do to each technique?':
    '把响应攒起来再转发的代理，对每种技术有什么影响？',
  'Nothing, where the proxy honours X-Accel-Buffering, which every stream here sends. What a proxy does that ignores it, the experiment buffering-proxy shows.':
    '只要代理遵从 X-Accel-Buffering（这里的每种流都会发送它），就没有影响。不理会它的代理会怎样，见实验 proxy-buffer。',
  'What happens when twenty events come at once?': '二十个事件同时到来时会怎样？',
  "A long poll brings them all in one answer, a stream writes each; the bytes of a poll's headers are shared by twenty.":
    '长轮询用一个响应把它们全部带回，流则逐个写出；一次轮询的头部字节由二十个事件分摊。',
  'How many events a second can fifty subscribers have within 100 ms, 99 times in 100?':
    '五十个订阅者每秒最多能收到多少个事件，而仍有 99% 在 100 ms 之内送达？',
  'Until a core is full: streams write each event to each subscriber; a long poll, late, gets several events by one answer and so goes on longer than its requests suggest.':
    '直到占满一个 CPU 核心为止：流要把每个事件写给每个订阅者；长轮询一旦落后，一个响应就会带回多个事件，因此能支撑的速率比按请求数推算的更高。',
  'How many subscribers can have every event within 100 ms, 99 times in 100?':
    '最多可以有多少个订阅者，而仍有 99% 的事件在 100 ms 之内送达？',
  'Until a broadcast to all takes about that long: a write takes some 5 to 10 microseconds, and here the load agent, which receives them all, shares the two cores with the server.':
    '直到向所有订阅者广播一遍也要这么久为止：一次写入约需 5 到 10 微秒，而且在这里，接收全部事件的负载进程与服务器共用两个 CPU 核心。',
  'In a chat room, how long until a message is back at its sender, and what does it cost?':
    '在聊天室里，一条消息要多久才会回到发送者那里，代价又是多少？',
  'A message is back as soon as any event arrives; the way up costs a POST with its headers where it has no connection of its own.':
    '消息返回得与其他事件到达一样快；如果没有自己的上行连接，每次上行就要付出一个 POST 请求及其头部的代价。',
  'Many watch a setting that hardly ever changes: what does it cost?':
    '许多客户端盯着一项几乎从不改变的配置：代价是什么？',
  'Nothing but the connections, for streams and long polls; a short poll pays for every look.':
    '对流和长轮询来说，只有连接本身的代价；短轮询则每看一次都要付出代价。',
  'What does compressing a stream save, and what does it cost the server?':
    '压缩一个流能节省什么，又让服务器付出什么代价？',
  'A stream shrinks to what is new in each event, an answer of its own less so; the server pays with CPU time and memory for every connection.':
    '流会缩小到只剩每个事件中的新内容，单独的响应缩小得少一些；服务器则要为每条连接付出 CPU 时间和内存。',
  'What do cookies add to each event, where a browser sends its headers with them?':
    '连同浏览器的其他头部一起发送时，Cookie 会给每个事件增加多少开销？',
  'Every poll carries them; a stream carries them once.': '每次轮询都要携带 Cookie；流只携带一次。',
  'And when events come at random, from ten a second to one in ten seconds?':
    '如果事件随机到来，从每秒十个到每十秒一个，又会怎样？',
  'A long poll pays by the event, until events come while it is on its way; a short poll pays by the second, whatever comes.':
    '长轮询按事件付出代价，直到有事件在它往返途中到来为止；短轮询按时间付出代价，无论来多少事件。',
  'How do techniques take more and more events?': '事件越来越多时，各种技术表现如何？',
  'Streams do the same for each event; a long poll collects what comes during its round and gets cheaper by the event; a short poll collects all of an interval.':
    '流对每个事件都做同样的工作；长轮询会攒下一次往返期间到来的事件，因此分摊到每个事件的代价越来越低；短轮询会攒下整个间隔内的事件。',
  'What does it bring to frame each event once for all?':
    '每个事件只编帧一次、供所有订阅者使用，有什么好处？',
  'The library frames each event anew for every subscriber, 500 times here. Written once and sent as it is, the bytes are the same, and the server has less to do.':
    '库为每个订阅者重新给事件编帧，这里是 500 次。只编一次、原样发送时，字节完全相同，而服务器要做的更少。',
  "What does an application's own client cost?": '应用程序自己的客户端要付出多少代价？',
  'A library parses what a reader parses, and makes objects of it: its work is CPU time for every event, and the later of many subscribers wait for it.':
    '库解析的内容与读取器相同，还要由此创建对象：它的工作对每个事件都要花 CPU 时间，许多订阅者中靠后的还要等待它。',
  'How do all techniques compare, those of history too, on the same steady feed?':
    '在同一个平稳的事件源上，所有技术（包括已成历史的）相比如何？',
  "All that stream take about as long; in bytes they differ by their framing, from XMLSocket's one byte to the lines of multipart.":
    '所有流式技术的延迟都差不多；字节数的差别在于成帧，从 XMLSocket 的一个字节到 multipart 的好几行。',
  'When one event goes to 500 subscribers, how long does the last one wait?':
    '一个事件发往 500 个订阅者时，最后一个要等多久？',
  'One process writes to them one after the other, at 4 to 10 µs each: the last has it after some milliseconds.':
    '一个进程依次写给它们，每个需要 4 到 10 µs：最后一个在几毫秒之后收到。',
  'Does a poll with 871 bytes of headers cost 435 times what WebSocket costs for the same event of 20 bytes?':
    '对于同一个 20 字节的事件，带有 871 字节头部的一次轮询，代价真的是 WebSocket 的 435 倍吗？',
  'Headers alone against framing alone, yes; with the event, what is around it and the headers of TCP/IP about 8 times.':
    '只拿头部与成帧相比，确实如此；算上事件本身、它外围的内容以及 TCP/IP 头部，约为 8 倍。',
  'How much of what goes over the wire is payload, when HTTP/2 compresses the headers of every answer?':
    '当 HTTP/2 压缩每个响应的头部时，线路上传输的内容中有多少是有效载荷？',
  'More than with HTTP/1.1, and of small messages still less than half: frames and records of TLS have headers of their own.':
    '比 HTTP/1.1 时多，但对小消息来说仍不到一半：HTTP/2 的帧和 TLS 的记录都有各自的头部。',
  'How much of what goes over the wire is payload, when every event is an answer with its headers?':
    '当每个事件都是一个带头部的响应时，线路上传输的内容中有多少是有效载荷？',
  'Next to nothing of a small message, nearly all of a large one; of a stream, whose headers came once, most of either.':
    '小消息中几乎没有，大消息中几乎全部都是；流的头部只传输一次，因此两种消息的大部分都是有效载荷。',
  'What changes with HTTP/2, when both sides of the comparison are encrypted?':
    '在比较的双方都加密的前提下，HTTP/2 会带来什么变化？',
  'Polls shrink, for their headers are compressed; streams do not, for theirs are sent once.':
    '轮询会变小，因为它们的头部被压缩了；流不会，因为它们的头部只发送一次。',
  'What does it cost to wait when nothing happens at all?': '什么都不发生时，等待本身要付出什么代价？',
  'A short poll pays a request and an empty answer every interval; a long poll one each time that its hold is over, here 2 s; a stream a heartbeat of some bytes.':
    '短轮询每个间隔付出一个请求和一个空响应；长轮询每次挂起到期时（这里是 2 s）才付出一次；流则付出几个字节的心跳。',
  'What does a new connection for every poll cost?': '每次轮询都新建一条连接，代价是什么？',
  'Each poll opens and closes a connection: packets more than double, the bytes of HTTP hardly change.':
    '每次轮询都要打开并关闭一条连接：数据包增加一倍以上，HTTP 的字节数则几乎不变。',
  'From which network delay on is long polling slower than WebSocket, when four events come a second?':
    '每秒有四个事件时，网络延迟从多大起，长轮询会比 WebSocket 慢？',
  'From half the time between two events on, 125 ms one way: then the next event comes before the next request.':
    '从两个事件间隔时间的一半起，即单程 125 ms：此时下一个事件会先于下一个请求到来。',
  'How late is a long poll when events come faster than it can ask again?':
    '当事件来得比长轮询再次发出请求还快时，它会晚多久？',
  'Half a round trip while events are rare; the more come while a poll is on its way, the nearer the mean to a whole round trip, and the longest to one and a half.':
    '事件稀少时晚半个往返时间；在轮询往返途中到来的事件越多，平均延迟就越接近一个往返时间，最长延迟则越接近一个半往返时间。',
  'How soon do long polls bring four thousand messages a second?': '每秒四千条消息时，长轮询能多快送达？',
  'The more comes, the more does each answer bring: the delay grows, but nothing is lost.':
    '到来的消息越多，每个响应带回的也越多：延迟会增大，但什么也不会丢失。',
  'What does permessage-deflate save, and what does it cost the server?':
    'permessage-deflate 能节省什么，又让服务器付出什么代价？',
  'As with a content coding: fewer bytes, more CPU time, memory for every connection.':
    '与内容编码一样：字节更少，CPU 时间更多，每条连接都要占用内存。',
  "What does Nagle's algorithm do to bursts of small events?": 'Nagle 算法对小事件的突发有什么影响？',
  'Fewer packets for events of one instant, since those after the first wait for its acknowledgement.':
    '同一时刻的多个事件所用的数据包更少，因为第一个之后的事件要等待第一个得到确认。',
  'What does a poll save that is answered 304 when nothing is new?':
    '没有新内容时以 304 响应轮询，能节省什么？',
  'The body of an empty answer, some 20 bytes, and the headers that describe it: the request stays as it was.':
    '省下空响应的正文（约 20 字节）以及描述正文的头部：请求则与原来一样。',
  'A few kilobytes every few seconds to 200 subscribers: what does a poll every 5 seconds cost the server, against a stream?':
    '每隔几秒把几千字节发给 200 个订阅者：与流相比，每 5 秒一次的轮询让服务器付出多少代价？',
  'Some times as much: a poll has a request to be read and an answer to be made, a stream a write.':
    '是流的几倍：轮询要读取一个请求并生成一个响应，流只需一次写入。',
  'How do delay and bytes grow with the size of an event?': '延迟和字节数如何随事件的大小增长？',
  'Framing stays as it is and vanishes beside the payload; from some kilobytes on each event takes several packets.':
    '成帧的开销保持不变，与有效载荷相比变得微不足道；从几千字节起，每个事件需要多个数据包。',
  'How does the polling interval trade delay against requests?': '轮询间隔如何在延迟与请求数之间权衡？',
  'Half the interval of mean delay, and one request an interval: the product of the two stays the same.':
    '平均延迟是间隔的一半，每个间隔一个请求：两者的乘积保持不变。',
  'Does it keep the order of events when polls leave by setInterval, and answers can overtake each other?':
    '如果轮询由 setInterval 发出，而响应可能后发先至，事件的顺序还能保持吗？',
  'A poll that leaves after the answer before it is overtaken by none; polls by setInterval overtake each other wherever the network takes longer for one than for the next.':
    '收到上一个响应之后才发出的轮询不会被别的轮询赶超；由 setInterval 发出的轮询，只要网络传输某一次比下一次更久，就会被后者赶超。',
  'Does it matter whether polls leave by setInterval or by setTimeout after the answer?':
    '轮询是由 setInterval 发出，还是在收到响应之后由 setTimeout 发出，有区别吗？',
  'On a loopback without delay none that can be seen.': '在没有延迟的环回接口上，看不出任何区别。',
  'How many short polls come back with nothing, when updates are rare?':
    '更新很少时，有多少次短轮询会空手而归？',
  'A poll is for nothing when no event fell into its interval: a share of e^(-rT) of them, 92 of 100 with an event every 250 ms and a poll every 20.':
    '如果间隔内没有任何事件，这次轮询就白费了：这样的轮询占 e^(-rT)，即每 250 ms 一个事件、每 20 ms 一次轮询时，100 次中有 92 次。',
  'A page waits for one event, the login on a phone: how soon does it know, and what has the wait cost?':
    '页面等待一个事件，即用户在手机上登录：它多快能知道，这番等待又付出了什么代价？',
  'At once, by a stream or a long poll; half an interval late by a short poll, after many polls for nothing.':
    '用流或长轮询立刻就能知道；用短轮询要晚半个间隔，而且此前已白白轮询了许多次。',
  'What does the distance between page and server add to each technique?':
    '页面与服务器之间的距离会给每种技术增加多少延迟？',
  'Half a round trip for streams; up to one and a half for a long poll whose event comes while it is on its way; half an interval and half a round trip for a short poll.':
    '流增加半个往返时间；长轮询若在往返途中有事件到来，最多增加一个半往返时间；短轮询是半个间隔加半个往返时间。',
  'Now and then a notification for each: what does it cost to wait for it?':
    '每个用户偶尔才有一条通知：等待它要付出什么代价？',
  'Polls pay by the interval, streams by the event.': '轮询按间隔付出代价，流按事件付出代价。',
  "What does Socket.IO's start by polling and upgrading cost, against WebSocket from the start?":
    '与一开始就使用 WebSocket 相比，Socket.IO 先轮询再升级的启动方式要付出什么代价？',
  'Once it is open the same: the start by polling costs requests, bytes and connections.':
    '连接打开之后没有差别：先轮询的启动方式要多付出请求、字节和连接。',
  'What does silence cost, when an event comes only every few seconds?':
    '每隔几秒才来一个事件时，静默要付出什么代价？',
  'Where nothing happens streams and long polls cost nearly nothing, and short polls their headers, over and over.':
    '什么都不发生时，流和长轮询几乎没有代价，短轮询则要一遍又一遍地付出头部的代价。',
  'A server stands still for 1.4 seconds: which meter sees it?': '服务器停顿 1.4 秒：哪种计时方法能察觉？',
  'One that measures from when events were due; one that starts when the server publishes does not, for the server published nothing meanwhile.':
    '从事件应当发布的时刻开始计时的方法能察觉；从服务器发布时开始计时的方法则不能，因为服务器在停顿期间什么也没有发布。',
  'How do the main techniques compare, at a first look?': '初看之下，几种主要技术相比如何？',
  'The order is that of a longer run: streams first, within milliseconds, and short polling last by half its interval.':
    '次序与更长的运行相同：流最先，在几毫秒之内；短轮询最后，晚半个间隔。',
  'Which technique delivers a steady feed soonest, and what does each event cost?':
    '哪种技术能最快送达平稳的事件源，每个事件的代价又是多少？',
  'Streams arrive within a few milliseconds, and cost a payload and some bytes of framing; a long poll costs a request and its headers for every event; a short poll comes half its interval late.':
    '流在几毫秒之内送达，代价是有效载荷加上几个字节的成帧；长轮询的每个事件都要付出一个请求及其头部；短轮询则晚半个间隔。',
  'Quotes for everybody, a hundred a second: which technique keeps up, and at what cost?':
    '面向所有人的行情，每秒一百条：哪种技术跟得上，代价又是什么？',
  'All that stream; a long poll answers again and again, and pays with headers and CPU time.':
    '所有流式技术都跟得上；长轮询要一次又一次地响应，付出头部和 CPU 时间的代价。',
  'How does the delay grow with the number of subscribers?': '延迟如何随订阅者的数量增长？',
  'In proportion, for one process writes to them one after the other.':
    '成正比，因为只有一个进程依次写给它们。',
  'What does TLS cost, in bytes and in time?': 'TLS 在字节和时间上要付出什么代价？',
  '22 bytes more a record, and no more time than a CPU needs to encrypt some hundred bytes.':
    '每条记录多 22 字节，时间上不过是 CPU 加密几百字节所需的那一点。',
  'Can one process hold 10,000 streams, and how late is an event for all of them?':
    '一个进程能否承载 10,000 个流，一个事件要多久才能送达所有订阅者？',
  'A write takes some 10 to 25 µs where so many sockets take turns: one event a second keeps at most a quarter of a core busy, and the last of 10,000 has it after 0.1 to 0.3 s.':
    '这么多套接字轮流写入时，一次写入约需 10 到 25 µs：每秒一个事件最多占用四分之一个核心，10,000 个订阅者中的最后一个在 0.1 到 0.3 秒之后收到。',
  'Can one process serve 5,000 subscribers that poll, and Socket.IO’s as many?':
    '一个进程能否为 5,000 个轮询的订阅者服务，以及同样多的 Socket.IO 订阅者？',
  'A request takes some 100 to 150 µs. Of an event every two seconds held polls make 2,500 requests a second, all of an event at once; a short poll every 5 s makes 1,000, spread evenly: a third of one core at most.':
    '一个请求约需 100 到 150 µs。每两秒一个事件时，挂起的轮询每秒产生 2,500 个请求，同一事件的请求同时到来；每 5 秒一次的短轮询每秒产生 1,000 个请求，均匀分布：最多占用三分之一个核心。',
}
