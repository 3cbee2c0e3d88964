import type { Catalogue } from '../say.ts'

/** What the registry says of techniques, and why cells are left out. */
export const facts: Catalogue = {
  'the client, with a request at every tick of a timer': '客户端，定时器每次触发时发出一个请求',
  'the client, with a request for every batch, which the server holds':
    '客户端，为每批事件发出一个请求，由服务器挂起',
  'the client, with a script element for every batch, whose request the server holds':
    '客户端，为每批事件插入一个 script 元素，其请求由服务器挂起',
  'the client, once, with a hidden iframe': '客户端，一次，使用隐藏的 iframe',
  'the client, once': '客户端，一次',
  'the client, once, with an opening handshake': '客户端，一次，通过建立连接的握手',
  'the client, once, after it has read the policy file': '客户端，一次，在读取策略文件之后',
  'the client, with long polls that are upgraded to WebSocket': '客户端，先用长轮询，再升级到 WebSocket',
  "the feed's ID and the cursor in every request": '每个请求中的事件源 ID 和游标',
  "the feed's ID and the cursor in the script's URL": '脚本 URL 中的事件源 ID 和游标',
  "the feed's ID and the cursor in the iframe's URL": 'iframe 的 URL 中的事件源 ID 和游标',
  "the feed's ID and the cursor in the URL": 'URL 中的事件源 ID 和游标',
  "the page's own code, with the feed's ID and the cursor in headers":
    '页面自己的代码，用头部中的事件源 ID 和游标',
  'Last-Event-ID, sent by the browser itself; which feed it is of, the page says where that has changed':
    'Last-Event-ID，由浏览器自动发送；如果事件源变了，由页面说明它属于哪个事件源',
  "the feed's ID and the cursor in the URL, for a browser can set no header here":
    'URL 中的事件源 ID 和游标，因为浏览器在这里无法设置头部',
  "the feed's ID and the cursor in the client's first message": '客户端第一条消息中的事件源 ID 和游标',
  "the feed's ID and the cursor in the client's CONNECT packet": '客户端 CONNECT 报文中的事件源 ID 和游标',
  'the client stops asking': '客户端不再请求',
  'the client adds no further script element': '客户端不再插入 script 元素',
  'the page says that the feed is over': '页面说明事件源已结束',
  'the closing boundary': '收到结束分隔符',
  'the last line says so': '最后一行如此说明',
  'the server answers a reconnection with 204, or the page closes it':
    '服务器以 204 响应重新连接，或页面将其关闭',
  'either side closes, with a code that says why': '任一方关闭，并以代码说明原因',
  'either side closes': '任一方关闭',
  'either side disconnects': '任一方断开',
  'in use, wherever seconds do not matter': '在用，适合不在乎几秒延迟的场合',
  'in use, mostly as a fallback': '在用，多作为后备方案',
  'history: pages of other origins are read with CORS today': '已成历史：如今用 CORS 读取其他源的内容',
  'history: EventSource does the same without a page': '已成历史：EventSource 无需页面即可做到同样的事',
  'history for data (Firefox 22 removed XMLHttpRequest.multipart); in use for camera images':
    '用于数据已成历史（Firefox 22 移除了 XMLHttpRequest.multipart）；仍用于摄像头图像',
  'in use; readable response bodies are in every browser engine since Firefox 65':
    '在用；自 Firefox 65 起，所有浏览器引擎都支持可读的响应正文流',
  'in use; in every browser engine since Edge 79': '在用；自 Edge 79 起，所有浏览器引擎都支持',
  'in use': '在用',
  'history: Flash itself ended in 2020': '已成历史：Flash 本身已于 2020 年终止',
  'what all of the others are made of': '其他所有技术的基础',
  'The answer to a poll is at most as long as the buffer: the kernel takes it, and nothing is left that could stall.':
    '轮询的响应最多与缓冲区一样长：内核会全部接收，没有剩下什么可以停滞。',
  'The floor has no way up.': '基线没有上行通道。',
  'it owns its TCP connection and its protocol knows no TLS': '它独占自己的 TCP 连接，其协议不支持 TLS',
  'it owns its TCP connection and speaks no HTTP': '它独占自己的 TCP 连接，不使用 HTTP',
  'content codings are for the bodies of HTTP answers': '内容编码只用于 HTTP 响应的正文',
  'permessage-deflate is an extension of WebSocket': 'permessage-deflate 是 WebSocket 的扩展',
  'it does not poll on a timer': '它不按定时器轮询',
  'only an answer that is given at once can say that nothing is new': '只有立即给出的响应才能说明没有新内容',
  'it has one connection anyway': '它本来就只有一条连接',
  'it is not Socket.IO': '它不是 Socket.IO',
  'applications read it by code of their own': '应用用自己的代码读取它',
  'polls have no fan-out, bare sockets are written prepared bytes anyway, and Socket.IO frames for itself':
    '轮询没有扇出；裸套接字本来就写入预先编好的字节；Socket.IO 自己编帧',
  'what TLS, HTTP/2 and codings make of an event is another for each connection: it cannot be prepared':
    'TLS、HTTP/2 与内容编码使同一事件在每条连接上都不同：无法预先编好',
  'it sends no HTTP request, or writes its only one by hand':
    '它不发送 HTTP 请求，或者唯一的请求是自行写出的',
  'HTTP/2 is spoken over TLS here, as in browsers': '这里与浏览器一样，只在 TLS 上使用 HTTP/2',
  'the floor has no way up': '基线没有上行通道',
}
