import type { Catalogue } from '../../../report/words/say.ts'

/** What the X-ray says besides what report/wire explains: scenarios/classroom/pages/xray. */
export const xray: Catalogue = {
  // The panel
  'X-ray': 'X 光',
  'Close the X-ray': '关闭 X 光',
  'Lane to look at': '查看哪条泳道',
  'X-ray of the bytes': '字节的 X 光',
  'No byte has passed yet.': '还没有任何字节经过。',
  'There is none of these yet.': '还没有这一类字节。',

  // Which bytes
  'Show the': '显示',
  'last with an event': '最近一次携带事件的字节',
  'last request': '最近的请求',
  'last answer': '最近的响应',
  'last frame or chunk': '最近的帧或分块',
  'earlier bytes': '前面的字节',
  'later bytes': '后面的字节',
  'follow the newest': '跟随最新的字节',

  // What they are
  Request: '请求',
  Answer: '响应',
  'Head of an answer that goes on': '持续响应的首部',
  'Piece of an answer': '响应的一块',
  'Request of the opening handshake': '打开握手的请求',
  'Answer of the opening handshake': '打开握手的响应',
  'WebSocket frame': 'WebSocket 帧',
  'What was left when the connection closed': '连接关闭时剩下的字节',
  'connection {0}': '连接 {0}',
  'at {0} s': '第 {0} s',
  'at {0} s, after {1} ms': '第 {0} s，历时 {1} ms',
  'carries event {0}': '携带事件 {0}',
  'carries events {0}': '携带事件 {0}',
  'carries events {0} to {1}': '携带事件 {0} 至 {1}',
  'These are its first {0} bytes; {1} more were counted and not kept. The sum above is that of all.':
    '这里是前 {0} 个字节；另有 {1} 个只计了数，没有保留。上面的总和包括全部字节。',

  // The bytes
  'Bytes as': '字节显示为',
  'text and hexadecimal': '文本和十六进制',
  'text alone': '仅文本',
  'hexadecimal alone': '仅十六进制',
  'The bytes as text: arrow keys go from span to span': '以文本显示的字节：方向键在各段之间移动',
  'The bytes in hexadecimal: arrow keys go from span to span': '以十六进制显示的字节：方向键在各段之间移动',
  'The bytes in hexadecimal and as ASCII': '以十六进制和 ASCII 显示的字节',
  offset: '偏移',
  hexadecimal: '十六进制',
  'How the bytes are marked': '字节怎样标记',

  // Why they are there
  'Why these bytes are there': '这些字节为什么在这里',
  'Point at bytes or tap them, or go from span to span with the arrow keys, to read why they are there.':
    '指向或点按字节，或用方向键在各段之间移动，即可看到它们为什么在这里。',
  'Close the explanation (Esc)': '关闭说明（Esc）',
  '{0} B, at offset {1}': '{0} B，偏移 {1}',
  '{0} B or more, at offset {1}': '至少 {0} B，偏移 {1}',
  'Laid down in': '规定于',
  "To see one event's bytes again:": '要再看一次一个事件的字节：',
  "To look at this lane's server now:": '要现在查看这条泳道的服务器：',
  Copy: '复制',
  'Copy the command {0}': '复制命令 {0}',
  'Copied.': '已复制。',
  'Selected: copy it with Ctrl+C.': '已选中：请按 Ctrl+C 复制。',

  // All bytes of a lane
  'All bytes of this lane': '这条泳道的全部字节',
  'both ways': '双向合计',
  'all classes': '所有类别',
  'Not yet compared with what the sockets counted.': '尚未与套接字的计数比较。',
  'The sockets have counted the same at the last comparison.': '最近一次比较时，套接字的计数与此相同。',
  'The sockets have counted otherwise: do not quote these numbers.':
    '套接字的计数与此不同：请勿引用这些数字。',
  "The lane's own page, {0} B, is not among them.": '泳道自身的页面（{0} B）不计在内。',
}
