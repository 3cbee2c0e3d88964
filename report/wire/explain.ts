/** Why some bytes are on the wire, and where that is laid down. */
export interface Explanation {
  /** One sentence. */
  text: string
  specification: Specification
}

export interface Specification {
  title: string
  url: string
}

const rfc = (number: number, section: string): Specification => ({
  title: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#${/^[A-Z]/.test(section) ? 'appendix' : 'section'}-${section}`,
})
const standard = (title: string, url: string): Specification => ({ title, url })

const HTML = 'https://html.spec.whatwg.org/multipage'
const eventStream = standard('HTML §9.2.6', `${HTML}/server-sent-events.html#event-stream-interpretation`)
const eventStreamSyntax = standard('HTML §9.2.5', `${HTML}/server-sent-events.html#parsing-an-event-stream`)
const scriptElement = standard('HTML §4.12.1', `${HTML}/scripting.html#the-script-element`)
const engineIo = (section: string) =>
  standard('Engine.IO protocol', `https://socket.io/docs/v4/engine-io-protocol/#${section}`)
const socketIo = (section: string) =>
  standard('Socket.IO protocol', `https://socket.io/docs/v4/socket-io-protocol/#${section}`)
const xmlSocket = standard(
  'Adobe: XMLSocket',
  'https://help.adobe.com/en_US/FlashPlatform/reference/actionscript/3/flash/net/XMLSocket.html',
)
const policyFile = standard(
  'Adobe: socket policy files',
  'https://help.adobe.com/en_US/as3/dev/WS5b3ccc516d4fbf351e63e3d118a9b90204-7c60.html',
)
const ndjson = standard('NDJSON', 'https://github.com/ndjson/ndjson-spec')
const json = rfc(8259, '4')
const fetchMetadata = (name: string) =>
  standard('Fetch Metadata', `https://www.w3.org/TR/fetch-metadata/#${name}-header`)
const clientHint = (name: string) =>
  standard('User-Agent Client Hints', `https://wicg.github.io/ua-client-hints/#${name}`)

/** Of bytes that end before what they are is whole, or are something else. */
const cutShort = (bytes: string, specification: Specification) =>
  [`${bytes}: counted, but not guessed at.`, specification] as const

type Explanations = Readonly<Record<string, readonly [text: string, specification: Specification]>>

/** What the dissectors of server/wire say, whatever the technique. */
const LABELS: Explanations = {
  // HTTP/1.1
  'request line': ['Method, target and version: what the client asks for.', rfc(9112, '3')],
  'status line': [
    'How it went: 200 is an answer, 101 a change of protocol, 304 says that nothing is new.',
    rfc(9112, '4'),
  ],
  'end of header section': [
    'An empty line: what follows is the body, or the next protocol.',
    rfc(9112, '2.1'),
  ],
  'chunk size': [
    'Length of the next chunk, in hexadecimal: so a body can be sent whose length nobody knows yet.',
    rfc(9112, '7.1'),
  ],
  'end of chunk': ["CR LF after a chunk's data, before the size of the next one.", rfc(9112, '7.1')],
  'end of chunked body': ['The empty line after a chunk of size 0: the body is over.', rfc(9112, '7.1')],
  body: ['The content of a message that carries no events.', rfc(9110, '6.4')],
  'coded content': [
    'The body as gzip or Brotli has coded it: event and framing cannot be told apart in it.',
    rfc(9110, '8.4'),
  ],
  'not an HTTP message, or cut short': cutShort('Bytes that are no complete HTTP message', rfc(9112, '8')),
  'more of what is too long': cutShort(
    'What follows of bytes that are too many to be read as one',
    rfc(9112, '8'),
  ),
  'not a chunk, or cut short': cutShort('Bytes that are no complete chunk', rfc(9112, '7.1')),

  // The answer to a poll
  event: ['The event itself: the same bytes whatever the technique.', json],
  'answer up to its events': ['The cursor to ask with next time, and where the list of events begins.', json],
  'answer without events': ['JSON that has no list of events.', json],
  separator: ['The comma between two events of one answer.', rfc(8259, '5')],
  'end of answer': ['Closes the list of events and the object around it.', json],
  'not JSON, or cut short': cutShort('Bytes that are no complete JSON', rfc(8259, '2')),
  'call of the callback': [
    'Calls the function that the page named in the URL: a script can hand data over only by calling something.',
    scriptElement,
  ],
  'end of the call': ['Closes the call: now the script is complete and runs.', scriptElement],
  'not a call, or cut short': cutShort('Bytes that are no complete call', scriptElement),

  // The page of iframe streaming
  markup: ['The beginning of the hidden page, which then never ends.', rfc(6202, '3')],
  'script element': ['Opens a script that hands the event to the page around the iframe.', scriptElement],
  argument: [
    'The event itself, as the argument of the call; a < in it is escaped, so that no text can end the script.',
    standard('HTML §4.12.1.3', `${HTML}/scripting.html#restrictions-for-contents-of-script-elements`),
  ],
  'end of script element': [
    'Closes the call and the script: a browser runs it as soon as it has this end tag.',
    scriptElement,
  ],
  'element cut short': cutShort('An element without its end', scriptElement),

  // Multipart
  'first delimiter': ['The boundary before the first part.', rfc(2046, '5.1.1')],
  'header section of a part': [
    'Says of what media type the part is, and ends with an empty line.',
    rfc(2046, '5.1'),
  ],
  delimiter: [
    'The boundary after a part: only with it does the receiver know that the part is complete.',
    rfc(2046, '5.1.1'),
  ],
  'not multipart, or cut short': cutShort('Bytes that are no multipart body', rfc(2046, '5.1')),
  'part cut short': cutShort('A part without its end', rfc(2046, '5.1')),

  // Lines and messages
  'line feed': ['Ends the line and so the event; JSON on one line has no line feed inside.', ndjson],
  'message that is no event': [
    "The technique's own message: the cursor that a stream starts from, a heartbeat, a gap, the end.",
    json,
  ],
  'message cut short': cutShort('A message without its end', ndjson),

  // Event streams
  data: ['The event itself, as the value of its data field.', eventStream],
  'field data': ['Says that what follows on this line is data of the event.', eventStream],
  'line break of the data': [
    'A line break within the data: every line has a data field of its own.',
    eventStream,
  ],
  'end of line': ['Ends the field.', eventStreamSyntax],
  'field id': ['Sets the last event ID, which the browser sends back when it reconnects.', eventStream],
  'end of event': ['An empty line: now the browser dispatches the event.', eventStream],
  'field retry': ['How many milliseconds to wait before reconnecting.', eventStream],
  'field event': ["Names the event's type: here it is something besides the feed.", eventStream],
  'end of block': [
    'An empty line: ends what is no event of the feed; without data nothing is dispatched.',
    eventStream,
  ],
  comment: ['A line with a colon in front, which is ignored: it keeps the connection alive.', eventStream],
  'event cut short': ['A block without its empty line, which a browser discards.', eventStream],

  // WebSocket
  'frame header, text': [
    'FIN, opcode 1 (text), MASK and the payload length, in 2, 4 or 10 bytes.',
    rfc(6455, '5.2'),
  ],
  'frame header, binary': [
    'FIN, opcode 2 (binary), MASK and the payload length, in 2, 4 or 10 bytes.',
    rfc(6455, '5.2'),
  ],
  'frame header, continuation': ['A frame that goes on with the message before it.', rfc(6455, '5.4')],
  'frame header, close': ['Opcode 8: the sender closes the connection.', rfc(6455, '5.5.1')],
  'frame header, ping': ['Opcode 9: asks the other side whether it is still there.', rfc(6455, '5.5.2')],
  'frame header, pong': ['Opcode 10: the answer to a ping.', rfc(6455, '5.5.3')],
  'masking key': [
    'Random bytes that the payload is XORed with, for no page may choose what proxies on the way read.',
    rfc(6455, '5.3'),
  ],
  'payload data': [
    'What the frame carries: a binary event, or in a control frame why it was sent.',
    rfc(6455, '5.2'),
  ],
  'deflated payload data': [
    'A message that permessage-deflate has compressed: event and framing cannot be told apart in it.',
    rfc(7692, '7'),
  ],
  'not a frame, or cut short': cutShort('Bytes that are no complete frame', rfc(6455, '5.2')),

  // Engine.IO and Socket.IO
  'packet that is no event': [
    'A packet by which Engine.IO or Socket.IO opens, upgrades, checks or closes its connection.',
    engineIo('protocol'),
  ],
  'packet types and name of the event': [
    '4 is a message of Engine.IO, 2 in it an event of Socket.IO; then JSON begins, with the name of the event.',
    socketIo('format'),
  ],
  'end of the packet': ['Closes the JSON.', socketIo('format')],
  'record separator': [
    'Stands between two packets in the body of one poll.',
    engineIo('http-long-polling-1'),
  ],

  // XMLSocket
  NUL: ['A zero byte ends every message.', xmlSocket],

  // HTTP/2
  'connection preface': ['By this a client begins: what speaks only HTTP/1.1 fails at it.', rfc(9113, '3.4')],
  DATA: ['The content of a message that carries no events.', rfc(9113, '6.1')],
  'DATA frame header': [
    'Length, type, flags and stream of a frame of content, in 9 bytes.',
    rfc(9113, '4.1'),
  ],
  'pad length': ['How much padding ends the frame.', rfc(9113, '6.1')],
  HEADERS: ['The header section, compressed by HPACK.', rfc(9113, '6.2')],
  PRIORITY: ['Which stream should come first; deprecated.', rfc(9113, '6.3')],
  RST_STREAM: ['Ends one stream at once, and says why.', rfc(9113, '6.4')],
  SETTINGS: ['What the sender is prepared to take, such as how many streams at once.', rfc(9113, '6.5')],
  'SETTINGS ACK': ['Confirms that the settings are in force.', rfc(9113, '6.5.3')],
  PUSH_PROMISE: ['Announces an answer that nobody has asked for yet.', rfc(9113, '6.6')],
  PING: ['Measures the round trip, or checks that the connection lives.', rfc(9113, '6.7')],
  'PING ACK': ['The answer to a ping.', rfc(9113, '6.7')],
  GOAWAY: ['Says that the connection takes no new streams, and why.', rfc(9113, '6.8')],
  WINDOW_UPDATE: ['Allows the other side to send so many bytes more.', rfc(9113, '6.9')],
  CONTINUATION: ['Goes on with a header section that was too long for one frame.', rfc(9113, '6.10')],

  // TLS
  'record header': ['Type, version and length of a record, which may hold 16 kB.', rfc(8446, '5.1')],
  'content type': [
    'The true type of the record, encrypted behind its content so that nobody on the way sees it.',
    rfc(8446, '5.2'),
  ],
  padding: ['Bytes without meaning, by which the true length can be hidden.', rfc(8446, '5.4')],
  'authentication tag': [
    'Proves that nobody has changed the record: 16 bytes for each, however short it is.',
    rfc(8446, '5.2'),
  ],
  change_cipher_spec: [
    'Without meaning in TLS 1.3: it is sent for old devices on the way that expect it.',
    rfc(8446, 'D.4'),
  ],
  ClientHello: [
    "The client's versions, cipher suites, key share and the name of the server.",
    rfc(8446, '4.1.2'),
  ],
  ServerHello: ["The server's choice among them, and its own key share.", rfc(8446, '4.1.3')],
  EncryptedExtensions: [
    'What else was agreed, such as HTTP/2; from here on all is encrypted.',
    rfc(8446, '4.3.1'),
  ],
  CertificateRequest: ['Asks the client for a certificate of its own.', rfc(8446, '4.3.2')],
  Certificate: [
    'Whose public key the server has; with a chain of issuers the longest message.',
    rfc(8446, '4.4.2'),
  ],
  CompressedCertificate: ['A certificate, compressed.', rfc(8879, '4')],
  CertificateVerify: ["A signature: the server holds the certificate's private key.", rfc(8446, '4.4.3')],
  Finished: ['A checksum over the whole handshake: nobody has changed it.', rfc(8446, '4.4.4')],
  NewSessionTicket: ['With it the client can resume later, with a shorter handshake.', rfc(8446, '4.6.1')],
  EndOfEarlyData: ['Ends what a resuming client has sent before the handshake was over.', rfc(8446, '4.5')],
  KeyUpdate: ['From the next record on a new key is used.', rfc(8446, '4.6.3')],
  'handshake record': ['A part of a handshake message that did not fit into one record.', rfc(8446, '5.1')],
  'alert, close_notify': [
    'Says that no more will be sent, so that nobody can cut the end off unseen.',
    rfc(8446, '6.1'),
  ],
  'not a record that can be decrypted, or cut short': cutShort(
    'Bytes that are no complete record, or whose key is missing',
    rfc(8446, '5.2'),
  ),
}

/** Labels with a name or a number in them, of which there is no list. */
const PATTERNS: readonly (readonly [RegExp, string, Specification])[] = [
  [/^header field /, 'A header field that this report does not know.', rfc(9110, '5.1')],
  [/^field /, 'A field that a browser ignores.', eventStream],
  [
    /^call of /,
    'A call that is no event: where the stream starts, a heartbeat, a gap, the end.',
    rfc(6202, '3'),
  ],
  [/^alert \d+$/, 'Says what went wrong.', rfc(8446, '6.2')],
  [/^handshake message \d+$/, 'A handshake message that this report does not know.', rfc(8446, '4')],
  [
    /^(\w+|handshake message \d+)(, (\w+|handshake message \d+))+$/,
    'Several handshake messages that share one record.',
    rfc(8446, '5.1'),
  ],
  [/^frame of unknown type \d+$/, 'A frame of an extension, which a receiver ignores.', rfc(9113, '5.5')],
]

/** By the name of the field, in lower case. */
const HEADER_FIELDS: Explanations = {
  accept: ['Which media types the client can use.', rfc(9110, '12.5.1')],
  'accept-encoding': ['Which compressions the client can undo.', rfc(9110, '12.5.3')],
  'accept-language': ['Which languages the reader prefers.', rfc(9110, '12.5.4')],
  'access-control-allow-credentials': [
    'Whether a page of another origin may read the answer to a request with cookies.',
    standard('Fetch §3.3.3', 'https://fetch.spec.whatwg.org/#http-responseheaders'),
  ],
  'access-control-allow-origin': [
    'Pages of which origin may read the answer.',
    standard('Fetch §3.3.3', 'https://fetch.spec.whatwg.org/#http-responseheaders'),
  ],
  'cache-control': [
    'Says how caches are to treat it: no-store forbids keeping it, no-cache using it unasked.',
    rfc(9111, '5.2'),
  ],
  connection: [
    'Whether the connection stays open after this, or with Upgrade changes its protocol.',
    rfc(9110, '7.6.1'),
  ],
  'content-encoding': ['By what the content is compressed.', rfc(9110, '8.4')],
  'content-length': ['Length of the body in bytes: so the receiver knows where it ends.', rfc(9110, '8.6')],
  'content-type': ['The media type of the content, by which the receiver reads it.', rfc(9110, '8.3')],
  cookie: [
    'What the server has set before, such as who is signed in: sent with every request.',
    rfc(6265, '5.4'),
  ],
  date: ['When the answer was made: caches compute its age from it.', rfc(9110, '6.6.1')],
  etag: [
    'Names this state of the content, so that the client can ask whether it is still the same.',
    rfc(9110, '8.8.3'),
  ],
  'feed-id': [
    'Which feed the cursor is of: its numbers mean nothing in another, after a restart for example.',
    rfc(9110, '16.3'),
  ],
  host: ['Which site is meant: one address can serve many.', rfc(9110, '7.2')],
  'if-none-match': [
    'The ETag that the client knows: where it still holds, 304 without a body is enough.',
    rfc(9110, '13.1.2'),
  ],
  'keep-alive': ['How long the server keeps the connection without a request.', rfc(2068, '19.7.1.1')],
  'last-event-id': [
    'The cursor: up to which event the client has all.',
    standard('HTML §9.2.4', `${HTML}/server-sent-events.html#the-last-event-id-header`),
  ],
  origin: [
    "The page's origin, by which a server can turn away requests of other sites' pages.",
    standard('Fetch §3.2', 'https://fetch.spec.whatwg.org/#origin-header'),
  ],
  pragma: ['no-cache, as caches before HTTP/1.1 understood it.', rfc(9111, '5.4')],
  priority: ['How urgent the answer is, and whether its parts are of use by themselves.', rfc(9218, '5')],
  referer: ['Which page asks.', rfc(9110, '10.1.3')],
  'sec-ch-ua': ['Which browser asks, by brand and version.', clientHint('sec-ch-ua')],
  'sec-ch-ua-mobile': ['Whether the browser is on a mobile device.', clientHint('sec-ch-ua-mobile')],
  'sec-ch-ua-platform': ['On which operating system the browser runs.', clientHint('sec-ch-ua-platform')],
  'sec-fetch-dest': ['For what the answer will be used, such as a script.', fetchMetadata('sec-fetch-dest')],
  'sec-fetch-mode': [
    'In which mode the browser asks, such as cors or navigate.',
    fetchMetadata('sec-fetch-mode'),
  ],
  'sec-fetch-user': [
    'Whether somebody has asked for the page, by a click or a key.',
    fetchMetadata('sec-fetch-user'),
  ],
  'sec-fetch-site': ['Whether the page is of the same site as the server.', fetchMetadata('sec-fetch-site')],
  'sec-websocket-accept': [
    'A hash of the key: proves that the server speaks WebSocket and did not answer by accident.',
    rfc(6455, '4.2.2'),
  ],
  'sec-websocket-extensions': [
    'Extensions that are offered or chosen, such as compression.',
    rfc(6455, '9.1'),
  ],
  'sec-websocket-key': [
    'A random number, whose hash the server has to answer with; it keeps nothing secret.',
    rfc(6455, '4.1'),
  ],
  'sec-websocket-protocol': ['Subprotocols that are offered, or the one chosen.', rfc(6455, '1.9')],
  'sec-websocket-version': ['The version of the protocol, always 13.', rfc(6455, '4.1')],
  'set-cookie': ['What the client is to send back with every request.', rfc(6265, '4.1')],
  'transfer-encoding': [
    'chunked: the body comes piece by piece, its length is not known yet.',
    rfc(9112, '6.1'),
  ],
  upgrade: ['To which protocol this connection is to change.', rfc(9110, '7.8')],
  'upgrade-insecure-requests': [
    'The browser would rather have the page by HTTPS.',
    standard('Upgrade Insecure Requests', 'https://www.w3.org/TR/upgrade-insecure-requests/#preference'),
  ],
  'user-agent': ['Which program asks.', rfc(9110, '10.1.5')],
  vary: ['On which request headers the answer depends; caches need to know.', rfc(9110, '12.5.5')],
  'x-accel-buffering': [
    'no: asks nginx to pass each piece on at once instead of collecting them.',
    standard(
      'nginx: proxy_buffering',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
    ),
  ],
  'x-content-type-options': [
    'nosniff: the browser is to trust the content type, and guess none.',
    standard('Fetch §3.6', 'https://fetch.spec.whatwg.org/#x-content-type-options-header'),
  ],
}

/** Where a technique means something of its own by a label. */
const OF_TECHNIQUE: Readonly<Record<string, Explanations>> = {
  'long-poll': {
    'request line': ['The question, which the server answers only when it has an event.', rfc(6202, '2.1')],
  },
  websocket: {
    'message that is no event': [
      'The cursor from which the events come, as a text message of its own.',
      rfc(6455, '5.6'),
    ],
  },
  'xml-socket': {
    'message that is no event': [
      'First the policy file, without which Flash opens no socket; then the subscription, and the cursor.',
      policyFile,
    ],
    'message cut short': ['A message without its zero byte: counted, but not guessed at.', xmlSocket],
  },
  'bare-tcp': {
    'request line': ['Asks once; after the answer begins nothing of HTTP follows.', rfc(9112, '3')],
  },
}

/** Every sentence there is, for whoever has to know them all: a test, a translator. */
export const explanations: readonly Explanation[] = [
  ...[LABELS, HEADER_FIELDS, ...Object.values(OF_TECHNIQUE)].flatMap((table) =>
    Object.values(table).map(([text, specification]) => ({ text, specification })),
  ),
  ...PATTERNS.map(([, text, specification]) => ({ text, specification })),
]

/** Why bytes of a label are there; undefined for a label that no dissector gives. */
export function explain(label: string, technique: string): Explanation | undefined {
  const [text, specification] = ownOf(OF_TECHNIQUE[technique], label) ??
    ownOf(LABELS, label) ??
    (label.startsWith(FIELD) ? ownOf(HEADER_FIELDS, label.slice(FIELD.length)) : undefined) ??
    patternOf(label) ?? [undefined, undefined]
  return text === undefined ? undefined : { text, specification }
}

const FIELD = 'header field '

function ownOf(table: Explanations = {}, label: string): Explanations[string] | undefined {
  return Object.hasOwn(table, label) ? table[label] : undefined
}

function patternOf(label: string): Explanations[string] | undefined {
  const [, text, specification] = PATTERNS.find(([pattern]) => pattern.test(label)) ?? []
  return text === undefined || specification === undefined ? undefined : [text, specification]
}
