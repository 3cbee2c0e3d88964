import type { ByteClass } from '../../server/wire/span.ts'
import { type Said, say } from '../words/say.ts'

/** How a class of bytes is shown. */
export interface ClassMark {
  name: string
  /** In the style sheet, short because every span has one. */
  code: string
  /** How it is told apart without colour, in words. */
  mark: string
  /** What bytes of it are there for. */
  text: string
  /** So many bytes of it, as a term of a sum. */
  amount(bytes: string): Said
}

/** Every class, in the order in which sums name them. */
export const classMarks: Readonly<Record<ByteClass, ClassMark>> = {
  payload: {
    name: 'payload',
    code: 'p',
    mark: 'bold, underlined',
    text: 'The encoded event itself: what the application wanted to say.',
    amount: (bytes) => say`${bytes} payload`,
  },
  framing: {
    name: 'framing',
    code: 'f',
    mark: 'italic, dotted line below',
    text: 'Marks where an event begins and ends, and what kind it is: fields, delimiters, frame headers, chunk sizes.',
    amount: (bytes) => say`${bytes} framing`,
  },
  compressed: {
    name: 'compressed',
    code: 'z',
    mark: 'bold italic, line above',
    text: 'Events and their framing behind a compression, where they can no longer be told apart.',
    amount: (bytes) => say`${bytes} compressed`,
  },
  header: {
    name: 'header',
    code: 'h',
    mark: 'plain',
    text: 'Start lines and header sections of HTTP messages.',
    amount: (bytes) => say`${bytes} header`,
  },
  handshake: {
    name: 'handshake',
    code: 'k',
    mark: 'dashed line below',
    text: "The same of WebSocket's opening handshake, which comes once for a connection.",
    amount: (bytes) => say`${bytes} handshake`,
  },
  control: {
    name: 'control',
    code: 'c',
    mark: 'wavy line below',
    text: 'What is said besides events: cursors, heartbeats, pings, closing, settings of a connection.',
    amount: (bytes) => say`${bytes} control`,
  },
  tls: {
    name: 'TLS',
    code: 't',
    mark: 'double line below',
    text: "TLS's own handshake, and what it adds to each of its records.",
    amount: (bytes) => say`${bytes} TLS`,
  },
  unparsed: {
    name: 'unparsed',
    code: 'u',
    mark: 'lines above and below',
    text: 'Cut short or not understood: always counted, never guessed at.',
    amount: (bytes) => say`${bytes} unparsed`,
  },
}
