import type { Catalogue } from '../say.ts'

/** What stands beside the real bytes of one event: report/wire. Labels that rows have are in experiments.ts. */
export const wire: Catalogue = {
  // The section
  'Open a technique to read every byte that one event took, as captured on a socket of this machine.':
    '展开一种技术，即可逐字节查看一个事件的开销，这些字节是在本机的套接字上捕获的。',
  'one event: {0}': '一个事件：{0}',
  '{0} B = {1}': '{0} B = {1}',
  '{0} B': '{0} B',
  '{0} payload': '{0} 有效载荷',
  '{0} framing': '{0} 成帧',
  '{0} compressed': '{0} 压缩',
  '{0} header': '{0} 头部',
  '{0} handshake': '{0} 握手',
  '{0} control': '{0} 控制',
  '{0} TLS': '{0} TLS',
  '{0} unparsed': '{0} 未解析',
  'What it took to begin: {0}': '开始时的开销：{0}',
  'What came after: {0}': '此后：{0}',
  'To see it again:': '要亲自再看一次：',
  'client → server': '客户端 → 服务器',
  'server → client': '服务器 → 客户端',
  'connection {0}, {1} B': '连接 {0}，{1} B',
  'and {0} bytes more': '另有 {0} 个字节',

  // The legend
  'bold, underlined': '粗体，下划线',
  'The encoded event itself: what the application wanted to say.':
    '编码后的事件本身：应用程序真正想说的内容。',
  'italic, dotted line below': '斜体，下方点线',
  'Marks where an event begins and ends, and what kind it is: fields, delimiters, frame headers, chunk sizes.':
    '标明事件在哪里开始、在哪里结束、属于哪一类：字段、分界行、帧头、分块大小。',
  'bold italic, line above': '粗斜体，上划线',
  'Events and their framing behind a compression, where they can no longer be told apart.':
    '经过压缩的事件及其成帧，两者已无法区分。',
  plain: '普通字体',
  'Start lines and header sections of HTTP messages.': 'HTTP 消息的起始行和头部段。',
  'dashed line below': '下方虚线',
  "The same of WebSocket's opening handshake, which comes once for a connection.":
    'WebSocket 打开握手的起始行和头部段，每条连接只有一次。',
  'wavy line below': '下方波浪线',
  'What is said besides events: cursors, heartbeats, pings, closing, settings of a connection.':
    '事件以外的内容：游标、心跳、ping、关闭、连接的设置。',
  'double line below': '下方双线',
  "TLS's own handshake, and what it adds to each of its records.":
    'TLS 自身的握手，以及它给每个记录增加的内容。',
  'lines above and below': '上下都有线',
  'Cut short or not understood: always counted, never guessed at.':
    '被截断或无法理解的内容：始终计数，从不猜测。',
  'not printable': '不可打印',
  'Carriage return, line feed, and in a box other bytes in hexadecimal.':
    '回车、换行，以及方框中以十六进制表示的其他字节。',

  // The tables
  times: '次数',
  bytes: '字节',
  class: '类别',
  'what it is': '是什么',
  'why it is there': '为什么在这里',
  specification: '规范',
  'as above': '同上',
  '{0} ×': '{0} 次',
  'head of a request': '请求的首部',
  'head of an answer': '响应的首部',
  'Its lines are explained below for all techniques together.': '其中各行在下方统一说明，适用于所有技术。',
  'What each line of an HTTP header section is there for': 'HTTP 头部段的每一行有什么用',

  // The bits of a WebSocket frame header
  'The bits of the frame header {0}': '帧头 {0} 的各个位',
  bits: '位',
  field: '字段',
  here: '在这里',
  opcode: '操作码',
  'payload length': '有效载荷长度',
  'extended payload length': '扩展的有效载荷长度',
  'the last frame of its message': '消息的最后一帧',
  'more frames of its message follow': '这条消息后面还有帧',
  'no extension is at work': '没有使用扩展',
  'compressed by permessage-deflate': '经 permessage-deflate 压缩',
  'an extension is at work': '使用了扩展',
  'goes on with the message before': '接续前面的消息',
  'a text message': '文本消息',
  'a binary message': '二进制消息',
  'closes the connection': '关闭连接',
  'a ping': 'ping',
  'a pong': 'pong',
  reserved: '保留',
  'masked, as everything that a client sends': '有掩码，客户端发送的一切都如此',
  'not masked: it comes from the server': '没有掩码：来自服务器',
  'the next 16 bits say it': '由后面的 16 位给出',
  'the next 64 bits say it': '由后面的 64 位给出',
  '{0} bytes': '{0} 个字节',
  unmasked: '去掩码后',

  // Labels
  'header field {0}': '头部字段 {0}',
  'field {0}': '字段 {0}',
  'call of {0}': '对 {0} 的调用',
  'alert {0}': '警报 {0}',
  'alert, close_notify': '警报 close_notify',
  'coded content': '编码后的内容',
  'not an HTTP message, or cut short': '不是 HTTP 消息，或被截断',
  'more of what is too long': '过长内容的后续部分',
  'not a chunk, or cut short': '不是分块，或被截断',
  'not JSON, or cut short': '不是 JSON，或被截断',
  'not a call, or cut short': '不是调用，或被截断',
  'element cut short': '被截断的元素',
  'not multipart, or cut short': '不是 multipart，或被截断',
  'part cut short': '被截断的部分',
  'event cut short': '被截断的事件',
  'frame header, continuation': '帧头，接续',
  'deflated payload data': '压缩后的有效载荷数据',
  'not a frame, or cut short': '不是帧，或被截断',
  'connection preface': '连接前言',
  'DATA frame header': 'DATA 帧的帧头',
  'pad length': '填充长度',
  padding: '填充',
  'record header': '记录头',
  'content type': '内容类型',
  'authentication tag': '认证标签',
  'handshake record': '握手记录',
  'not a record that can be decrypted, or cut short': '不是可以解密的记录，或被截断',

  // Specifications
  'Engine.IO protocol': 'Engine.IO 协议',
  'Socket.IO protocol': 'Socket.IO 协议',
  'Adobe: socket policy files': 'Adobe：套接字策略文件',
  'Adobe: XMLSocket': 'Adobe：XMLSocket',
  'nginx: proxy_buffering': 'nginx：proxy_buffering',

  // HTTP/1.1
  'Method, target and version: what the client asks for.': '方法、目标和版本：客户端要的是什么。',
  'How it went: 200 is an answer, 101 a change of protocol, 304 says that nothing is new.':
    '结果如何：200 是响应，101 是切换协议，304 表示没有新内容。',
  'An empty line: what follows is the body, or the next protocol.': '一个空行：后面是正文，或者下一个协议。',
  'Length of the next chunk, in hexadecimal: so a body can be sent whose length nobody knows yet.':
    '下一个分块的长度，以十六进制表示：这样就能发送长度尚不可知的正文。',
  "CR LF after a chunk's data, before the size of the next one.":
    '分块数据之后、下一个分块大小之前的 CR LF。',
  'The empty line after a chunk of size 0: the body is over.': '大小为 0 的分块之后的空行：正文到此结束。',
  'The content of a message that carries no events.': '不携带事件的消息的内容。',
  'The body as gzip or Brotli has coded it: event and framing cannot be told apart in it.':
    '经 gzip 或 Brotli 编码的正文：其中的事件与成帧无法区分。',
  'Bytes that are no complete HTTP message: counted, but not guessed at.':
    '不构成完整 HTTP 消息的字节：只计数，不猜测。',
  'What follows of bytes that are too many to be read as one: counted, but not guessed at.':
    '字节太多，无法作为一个整体读取，这是其后续部分：只计数，不猜测。',
  'Bytes that are no complete chunk: counted, but not guessed at.': '不构成完整分块的字节：只计数，不猜测。',

  // Polls
  'The event itself: the same bytes whatever the technique.': '事件本身：无论哪种技术，字节都相同。',
  'The cursor to ask with next time, and where the list of events begins.':
    '下次请求要带的游标，以及事件列表的开头。',
  'JSON that has no list of events.': '没有事件列表的 JSON。',
  'The comma between two events of one answer.': '同一个响应中两个事件之间的逗号。',
  'Closes the list of events and the object around it.': '结束事件列表以及包含它的对象。',
  'Bytes that are no complete JSON: counted, but not guessed at.': '不构成完整 JSON 的字节：只计数，不猜测。',
  'Calls the function that the page named in the URL: a script can hand data over only by calling something.':
    '调用页面在 URL 中指定的函数：脚本只有通过调用才能交出数据。',
  'Closes the call: now the script is complete and runs.': '结束调用：此时脚本完整，开始执行。',
  'Bytes that are no complete call: counted, but not guessed at.': '不构成完整调用的字节：只计数，不猜测。',
  'The question, which the server answers only when it has an event.':
    '客户端的询问，服务器要等到有事件时才回答。',

  // The page of iframe streaming, multipart, lines
  'The beginning of the hidden page, which then never ends.': '隐藏页面的开头，这个页面从此不会结束。',
  'Opens a script that hands the event to the page around the iframe.':
    '开始一段脚本，由它把事件交给 iframe 外面的页面。',
  'The event itself, as the argument of the call; a < in it is escaped, so that no text can end the script.':
    '事件本身，作为调用的参数；其中的 < 经过转义，因此任何文本都无法提前结束脚本。',
  'Closes the call and the script: a browser runs it as soon as it has this end tag.':
    '结束调用和脚本：浏览器一收到这个结束标签就执行它。',
  'An element without its end: counted, but not guessed at.': '没有结尾的元素：只计数，不猜测。',
  'A call that is no event: where the stream starts, a heartbeat, a gap, the end.':
    '不是事件的调用：流从哪里开始、心跳、缺口、结束。',
  'The boundary before the first part.': '第一个部分之前的分界。',
  'Says of what media type the part is, and ends with an empty line.': '说明这个部分的媒体类型，以空行结尾。',
  'The boundary after a part: only with it does the receiver know that the part is complete.':
    '部分之后的分界：接收方收到它才知道这个部分已经完整。',
  'Bytes that are no multipart body: counted, but not guessed at.':
    '不构成 multipart 正文的字节：只计数，不猜测。',
  'A part without its end: counted, but not guessed at.': '没有结尾的部分：只计数，不猜测。',
  'Ends the line and so the event; JSON on one line has no line feed inside.':
    '结束这一行，也就结束了事件；单行 JSON 内部没有换行符。',
  "The technique's own message: the cursor that a stream starts from, a heartbeat, a gap, the end.":
    '技术自身的消息：流开始处的游标、心跳、缺口、结束。',
  'A message without its end: counted, but not guessed at.': '没有结尾的消息：只计数，不猜测。',
  'Asks once; after the answer begins nothing of HTTP follows.':
    '只请求一次；响应开始之后就不再有任何 HTTP 的内容。',

  // Event streams
  'The event itself, as the value of its data field.': '事件本身，即 data 字段的值。',
  'Says that what follows on this line is data of the event.': '说明这一行后面的内容是事件的数据。',
  'A line break within the data: every line has a data field of its own.':
    '数据内部的换行：每一行都有自己的 data 字段。',
  'Ends the field.': '结束这个字段。',
  'Sets the last event ID, which the browser sends back when it reconnects.':
    '设置最后事件 ID，浏览器重新连接时会把它发回来。',
  'An empty line: now the browser dispatches the event.': '一个空行：浏览器此时派发事件。',
  'How many milliseconds to wait before reconnecting.': '重新连接之前要等待的毫秒数。',
  "Names the event's type: here it is something besides the feed.":
    '指明事件的类型：这里表示它不属于事件源。',
  'An empty line: ends what is no event of the feed; without data nothing is dispatched.':
    '空行：结束一组不属于事件源的字段；没有数据的字段不会派发任何事件。',
  'A line with a colon in front, which is ignored: it keeps the connection alive.':
    '以冒号开头的一行，会被忽略：用来保持连接不断。',
  'A block without its empty line, which a browser discards.': '没有以空行结尾的块，浏览器会丢弃它。',
  'A field that a browser ignores.': '浏览器会忽略的字段。',

  // WebSocket
  'FIN, opcode 1 (text), MASK and the payload length, in 2, 4 or 10 bytes.':
    'FIN、操作码 1（文本）、MASK 和有效载荷长度，占 2、4 或 10 个字节。',
  'FIN, opcode 2 (binary), MASK and the payload length, in 2, 4 or 10 bytes.':
    'FIN、操作码 2（二进制）、MASK 和有效载荷长度，占 2、4 或 10 个字节。',
  'A frame that goes on with the message before it.': '接续前面那条消息的帧。',
  'Opcode 8: the sender closes the connection.': '操作码 8：发送方关闭连接。',
  'Opcode 9: asks the other side whether it is still there.': '操作码 9：询问对方是否还在。',
  'Opcode 10: the answer to a ping.': '操作码 10：对 ping 的回答。',
  'Random bytes that the payload is XORed with, for no page may choose what proxies on the way read.':
    '与有效载荷进行异或的随机字节，这样页面就无法决定途中的代理读到什么。',
  'What the frame carries: a binary event, or in a control frame why it was sent.':
    '帧携带的内容：二进制事件，或者控制帧的发送原因。',
  'A message that permessage-deflate has compressed: event and framing cannot be told apart in it.':
    '经 permessage-deflate 压缩的消息：其中的事件与成帧无法区分。',
  'Bytes that are no complete frame: counted, but not guessed at.': '不构成完整帧的字节：只计数，不猜测。',
  'The cursor from which the events come, as a text message of its own.':
    '事件从哪个游标开始，单独用一条文本消息说明。',

  // Engine.IO, Socket.IO, XMLSocket
  'A packet by which Engine.IO or Socket.IO opens, upgrades, checks or closes its connection.':
    'Engine.IO 或 Socket.IO 用来打开、升级、检查或关闭连接的报文。',
  '4 is a message of Engine.IO, 2 in it an event of Socket.IO; then JSON begins, with the name of the event.':
    '4 表示 Engine.IO 的消息，其中的 2 表示 Socket.IO 的事件；随后是 JSON，以事件名开头。',
  'Closes the JSON.': '结束这段 JSON。',
  'Stands between two packets in the body of one poll.': '位于同一次轮询正文中的两个报文之间。',
  'A zero byte ends every message.': '每条消息都以一个零字节结尾。',
  'First the policy file, without which Flash opens no socket; then the subscription, and the cursor.':
    '先是策略文件，没有它 Flash 就不会打开套接字；然后是订阅和游标。',
  'A message without its zero byte: counted, but not guessed at.': '没有零字节结尾的消息：只计数，不猜测。',

  // HTTP/2
  'By this a client begins: what speaks only HTTP/1.1 fails at it.':
    '客户端以此开头：只懂 HTTP/1.1 的一方会在这里失败。',
  'Length, type, flags and stream of a frame of content, in 9 bytes.':
    '内容帧的长度、类型、标志和流，共 9 个字节。',
  'How much padding ends the frame.': '帧末尾有多少填充。',
  'The header section, compressed by HPACK.': '经 HPACK 压缩的头部段。',
  'Which stream should come first; deprecated.': '哪个流优先；已弃用。',
  'Ends one stream at once, and says why.': '立即结束一个流，并说明原因。',
  'What the sender is prepared to take, such as how many streams at once.':
    '发送方能够接受什么，例如同时可有多少个流。',
  'Confirms that the settings are in force.': '确认设置已经生效。',
  'Announces an answer that nobody has asked for yet.': '预告一个尚未有人请求的响应。',
  'Measures the round trip, or checks that the connection lives.': '测量往返时间，或检查连接是否仍然有效。',
  'The answer to a ping.': '对 ping 的回答。',
  'Says that the connection takes no new streams, and why.': '说明这条连接不再接受新的流，以及原因。',
  'Allows the other side to send so many bytes more.': '允许对方再发送这么多字节。',
  'Goes on with a header section that was too long for one frame.': '接续一帧放不下的头部段。',
  'A frame of an extension, which a receiver ignores.': '某个扩展的帧，接收方会忽略它。',

  // TLS
  'Type, version and length of a record, which may hold 16 kB.':
    '记录的类型、版本和长度，一个记录最多 16 kB。',
  'The true type of the record, encrypted behind its content so that nobody on the way sees it.':
    '记录的真实类型，加密后放在内容之后，途中无人能看到。',
  'Bytes without meaning, by which the true length can be hidden.': '没有含义的字节，可用来隐藏真实长度。',
  'Proves that nobody has changed the record: 16 bytes for each, however short it is.':
    '证明记录未被改动：无论记录多短，每个都要 16 个字节。',
  'Without meaning in TLS 1.3: it is sent for old devices on the way that expect it.':
    '在 TLS 1.3 中没有含义：只是为了途中期待它的旧设备而发送。',
  "The client's versions, cipher suites, key share and the name of the server.":
    '客户端支持的版本、密码套件、密钥份额，以及服务器的名称。',
  "The server's choice among them, and its own key share.": '服务器从中作出的选择，以及它自己的密钥份额。',
  'What else was agreed, such as HTTP/2; from here on all is encrypted.':
    '其他约定，例如 HTTP/2；从这里开始全部加密。',
  'Asks the client for a certificate of its own.': '要求客户端出示自己的证书。',
  'Whose public key the server has; with a chain of issuers the longest message.':
    '服务器的公钥属于谁；带上签发者链时，这是最长的消息。',
  'A certificate, compressed.': '压缩后的证书。',
  "A signature: the server holds the certificate's private key.": '一个签名：证明服务器持有证书的私钥。',
  'A checksum over the whole handshake: nobody has changed it.': '整个握手的校验值：证明握手未被改动。',
  'With it the client can resume later, with a shorter handshake.': '客户端以后可凭它恢复会话，握手更短。',
  'Ends what a resuming client has sent before the handshake was over.':
    '结束恢复会话的客户端在握手完成之前发送的数据。',
  'From the next record on a new key is used.': '从下一个记录开始使用新密钥。',
  'A part of a handshake message that did not fit into one record.': '一个记录放不下的握手消息的一部分。',
  'Says that no more will be sent, so that nobody can cut the end off unseen.':
    '说明不会再发送内容，这样就没有人能悄悄截去结尾。',
  'Bytes that are no complete record, or whose key is missing: counted, but not guessed at.':
    '不构成完整记录或缺少密钥的字节：只计数，不猜测。',
  'Says what went wrong.': '说明出了什么错。',
  'A handshake message that this report does not know.': '本报告不认识的握手消息。',
  'Several handshake messages that share one record.': '共用一个记录的多条握手消息。',

  // Header fields
  'A header field that this report does not know.': '本报告不认识的头部字段。',
  'Which media types the client can use.': '客户端能使用哪些媒体类型。',
  'Which compressions the client can undo.': '客户端能解开哪些压缩。',
  'Which languages the reader prefers.': '读者偏好哪些语言。',
  'Whether a page of another origin may read the answer to a request with cookies.':
    '对于带 Cookie 的请求，其他源的页面是否可以读取响应。',
  'Pages of which origin may read the answer.': '哪个源的页面可以读取响应。',
  'Says how caches are to treat it: no-store forbids keeping it, no-cache using it unasked.':
    '说明缓存应如何处理：no-store 禁止保存，no-cache 禁止未经询问就使用。',
  'Whether the connection stays open after this, or with Upgrade changes its protocol.':
    '此后连接是否保持打开；若为 Upgrade，则是否切换协议。',
  'By what the content is compressed.': '内容用什么方式压缩。',
  'Length of the body in bytes: so the receiver knows where it ends.':
    '正文的字节长度：接收方由此知道它在哪里结束。',
  'The media type of the content, by which the receiver reads it.': '内容的媒体类型，接收方据此读取内容。',
  'What the server has set before, such as who is signed in: sent with every request.':
    '服务器先前设置的内容，例如登录者的身份：随每个请求发送。',
  'When the answer was made: caches compute its age from it.': '响应何时生成：缓存据此计算它的年龄。',
  'Names this state of the content, so that the client can ask whether it is still the same.':
    '标识内容的当前状态，使客户端可以询问它是否仍未改变。',
  'Which site is meant: one address can serve many.': '指的是哪个站点：同一个地址可以服务多个站点。',
  'The ETag that the client knows: where it still holds, 304 without a body is enough.':
    '客户端已知的 ETag：若仍然有效，一个没有正文的 304 就够了。',
  'How long the server keeps the connection without a request.': '没有请求时服务器把连接保持多久。',
  'Which feed the cursor is of: its numbers mean nothing in another, after a restart for example.':
    '游标属于哪个事件源：它的编号在另一个事件源里没有意义，例如重启之后。',
  'The cursor: up to which event the client has all.': '游标：客户端已经收全到哪个事件。',
  "The page's origin, by which a server can turn away requests of other sites' pages.":
    '页面的源，服务器可据此拒绝其他站点页面的请求。',
  'no-cache, as caches before HTTP/1.1 understood it.': 'no-cache，供 HTTP/1.1 之前的缓存理解。',
  'How urgent the answer is, and whether its parts are of use by themselves.':
    '响应有多紧急，以及它的各个部分单独是否有用。',
  'Whether somebody has asked for the page, by a click or a key.': '页面是否由用户点击或按键请求。',
  'Which page asks.': '是哪个页面在请求。',
  'Which browser asks, by brand and version.': '是哪个浏览器在请求，以品牌和版本表示。',
  'Whether the browser is on a mobile device.': '浏览器是否在移动设备上。',
  'On which operating system the browser runs.': '浏览器运行在哪个操作系统上。',
  'For what the answer will be used, such as a script.': '响应将用作什么，例如脚本。',
  'In which mode the browser asks, such as cors or navigate.':
    '浏览器以哪种模式请求，例如 cors 或 navigate。',
  'Whether the page is of the same site as the server.': '页面与服务器是否属于同一站点。',
  'A hash of the key: proves that the server speaks WebSocket and did not answer by accident.':
    '密钥的散列值：证明服务器确实懂 WebSocket，而不是碰巧作答。',
  'Extensions that are offered or chosen, such as compression.': '提出或选定的扩展，例如压缩。',
  'A random number, whose hash the server has to answer with; it keeps nothing secret.':
    '一个随机数，服务器必须用它的散列值作答；它不用于保密。',
  'Subprotocols that are offered, or the one chosen.': '提出的子协议，或选定的那一个。',
  'The version of the protocol, always 13.': '协议的版本，总是 13。',
  'What the client is to send back with every request.': '客户端在每个请求中都要发回的内容。',
  'chunked: the body comes piece by piece, its length is not known yet.':
    'chunked：正文一块一块地到来，长度尚不可知。',
  'To which protocol this connection is to change.': '这条连接要切换到哪个协议。',
  'The browser would rather have the page by HTTPS.': '浏览器更希望通过 HTTPS 得到页面。',
  'Which program asks.': '是哪个程序在请求。',
  'On which request headers the answer depends; caches need to know.':
    '响应取决于哪些请求头部；缓存需要知道。',
  'no: asks nginx to pass each piece on at once instead of collecting them.':
    'no：要求 nginx 立即转发每一块内容，而不是攒起来。',
  'nosniff: the browser is to trust the content type, and guess none.':
    'nosniff：要求浏览器相信内容类型，不要自行猜测。',
}
