import { createDecipheriv, createHmac } from 'node:crypto'
import { type Dissector, overPieces, type Piece, type Span } from './span.ts'

/** What it takes to read one direction: its traffic secrets (RFC 8446 section 7.1). */
export interface TlsKeys {
  handshake: Buffer
  traffic: Buffer
}

const KEY_LOG_LINE = /^((?:CLIENT|SERVER)_\w+) [0-9a-f]{64} ((?:[0-9a-f]{2})+)$/i

/** Reads the NSS key log lines of one connection; undefined where a secret is missing. */
export function readKeyLog(lines: readonly string[]): { up: TlsKeys; down: TlsKeys } | undefined {
  const secrets = new Map<string, Buffer>()
  for (const line of lines) {
    const [, label, secret] = KEY_LOG_LINE.exec(line.trim()) ?? []
    if (label && secret) secrets.set(label, Buffer.from(secret, 'hex'))
  }
  const keysOf = (side: string): TlsKeys | undefined => {
    const handshake = secrets.get(`${side}_HANDSHAKE_TRAFFIC_SECRET`)
    const traffic = secrets.get(`${side}_TRAFFIC_SECRET_0`)
    return handshake && traffic && { handshake, traffic }
  }
  const up = keysOf('CLIENT')
  const down = keysOf('SERVER')
  return up && down && { up, down }
}

/**
 * One direction of a TLS 1.3 connection (RFC 8446 section 5). The content of all its application data is read by
 * `inner` as a whole, over the seams of the records. Without keys only what precedes encryption can be told.
 */
export function overTls(keys: TlsKeys | undefined, inner: Dissector): Dissector {
  return (bytes) => {
    const reader = new RecordReader(keys)
    const around: Span[] = []
    const pieces: Piece[] = []
    const contents: Buffer[] = []
    let at = 0
    const label = (end: number, what: string) => {
      if (end > at) around.push({ start: at, end, class: 'tls', label: what })
      at = end
    }
    while (at < bytes.length) {
      const fragment = at + HEADER
      if (fragment > bytes.length) break
      const end = fragment + (((bytes[at + 3] as number) << 8) | (bytes[at + 4] as number))
      if (end > bytes.length) break
      const record = reader.read(bytes.subarray(at, fragment), bytes.subarray(fragment, end))
      if (!record) break
      const { content } = record
      if (!content) {
        label(end, record.label)
        continue
      }
      label(fragment, 'record header')
      if (content.length > 0) pieces.push({ start: at, end: at + content.length })
      contents.push(content)
      at += content.length
      label(at + 1, 'content type')
      label(end - TAG, 'padding')
      label(end, 'authentication tag')
    }
    if (at < bytes.length) around.push({ start: at, end: bytes.length, class: 'unparsed', label: UNREADABLE })
    const inside = overPieces(inner(Buffer.concat(contents)), pieces)
    return [...around, ...inside].sort((a, b) => a.start - b.start)
  }
}

const UNREADABLE = 'not a record that can be decrypted, or cut short'

const HEADER = 5
const TAG = 16

/** Sections 5.1 and 5.2: how much a record may hold, in plaintext and with what encryption adds. */
const MAX_PLAINTEXT = 2 ** 14
const MAX_CIPHERTEXT = MAX_PLAINTEXT + 256

/** Content types, section 5.1. */
const CHANGE_CIPHER_SPEC = 20
const ALERT = 21
const HANDSHAKE = 22
const APPLICATION_DATA = 23

/** Types of handshake messages, section 4. */
const CLIENT_HELLO = 1
const SERVER_HELLO = 2
const FINISHED = 20
const KEY_UPDATE = 24
const MESSAGES: Record<number, string> = {
  [CLIENT_HELLO]: 'ClientHello',
  [SERVER_HELLO]: 'ServerHello',
  4: 'NewSessionTicket',
  5: 'EndOfEarlyData',
  8: 'EncryptedExtensions',
  11: 'Certificate',
  13: 'CertificateRequest',
  15: 'CertificateVerify',
  [FINISHED]: 'Finished',
  [KEY_UPDATE]: 'KeyUpdate',
  25: 'CompressedCertificate',
}

/** Cipher suites by their AEAD; which secrets they can have tells from the length of their hash. */
const SUITES = [
  { aead: 'aes-128-gcm', keyLength: 16, hash: 'sha256', hashLength: 32 },
  { aead: 'chacha20-poly1305', keyLength: 32, hash: 'sha256', hashLength: 32 },
  { aead: 'aes-256-gcm', keyLength: 32, hash: 'sha384', hashLength: 48 },
] as const
type Suite = (typeof SUITES)[number]

/** What a record is; the content of application data, and a label of all others. */
interface TlsRecord {
  label: string
  content?: Buffer
}

/** Reads the records of one direction, each with the state that those before it have led to. */
class RecordReader {
  readonly #keys: TlsKeys | undefined
  /** Keys that the next protected record may have; one, once it is known which suite was negotiated. */
  #protections: Protection[]
  #phase: 'plaintext' | 'handshake' | 'traffic' = 'plaintext'
  /** The header of the handshake message that is being read, so far, and how much of its body is to come. */
  #messageHeader: number[] = []
  #messageRest = 0

  constructor(keys: TlsKeys | undefined) {
    this.#keys = keys
    this.#protections = SUITES.filter(({ hashLength }) => hashLength === keys?.handshake.length).map(
      (suite) => new Protection(suite, keys?.handshake as Buffer),
    )
  }

  /** Reads the next record; undefined where it cannot be one, or not be decrypted. */
  read(header: Uint8Array, fragment: Uint8Array): TlsRecord | undefined {
    const type = header[0] as number
    if (type === CHANGE_CIPHER_SPEC) {
      // Section 5: for the sake of middleboxes, of one byte, and never after Finished.
      const valid = this.#phase !== 'traffic' && fragment.length === 1 && fragment[0] === 1
      return valid ? { label: 'change_cipher_spec' } : undefined
    }
    if (type === APPLICATION_DATA) return this.#readProtected(header, fragment)
    if (this.#phase !== 'plaintext' || fragment.length > MAX_PLAINTEXT) return undefined
    return this.#readInner(type, fragment)
  }

  /**
   * Section 5.2: content, its type, and zeros as padding are encrypted, behind a header that says application data.
   */
  #readProtected(header: Uint8Array, fragment: Uint8Array): TlsRecord | undefined {
    if (fragment.length > MAX_CIPHERTEXT) return undefined
    for (const protection of this.#protections) {
      const plaintext = protection.open(header, fragment)
      if (!plaintext) continue
      this.#protections = [protection]
      if (this.#phase === 'plaintext') this.#phase = 'handshake'
      let typeAt = plaintext.length - 1
      while (plaintext[typeAt] === 0) typeAt--
      const type = plaintext[typeAt]
      if (type === undefined || typeAt > MAX_PLAINTEXT) return undefined
      const content = plaintext.subarray(0, typeAt)
      if (type !== APPLICATION_DATA) return this.#readInner(type, content)
      return this.#phase === 'traffic' ? { label: 'application data', content } : undefined
    }
    return undefined
  }

  #readInner(type: number, content: Uint8Array): TlsRecord | undefined {
    if (type === HANDSHAKE && content.length > 0) return this.#readMessages(content)
    if (type !== ALERT || content.length !== 2) return undefined
    return { label: content[1] === 0 ? 'alert, close_notify' : `alert ${content[1]}` }
  }

  /** Section 5.1: a record may hold several handshake messages, and a message may go on in the next record. */
  #readMessages(content: Uint8Array): TlsRecord | undefined {
    const names: string[] = []
    let at = 0
    while (at < content.length) {
      if (this.#messageHeader.length < 4) {
        const byte = content[at++] as number
        if (this.#messageHeader.push(byte) === 1) {
          // Section 2: all that follows the two hellos is encrypted.
          if (this.#phase === 'plaintext' && byte !== CLIENT_HELLO && byte !== SERVER_HELLO) return undefined
          names.push(MESSAGES[byte] ?? `handshake message ${byte}`)
        }
        const [, high = 0, middle = 0, low = 0] = this.#messageHeader
        this.#messageRest = (high << 16) | (middle << 8) | low
      }
      if (this.#messageHeader.length < 4) continue
      const part = Math.min(this.#messageRest, content.length - at)
      at += part
      this.#messageRest -= part
      if (this.#messageRest > 0) break
      const [type] = this.#messageHeader
      this.#messageHeader = []
      const secret = this.#secretAfter(type as number)
      if (!secret) continue
      // Section 5.1: no message spans a change of keys, nor shares its record with what follows.
      if (at < content.length) return undefined
      this.#protections = this.#protections.map(({ suite }) => new Protection(suite, secret))
      this.#phase = 'traffic'
    }
    return { label: names.join(', ') || 'handshake record' }
  }

  /** The secret that protects what follows a message; undefined where it stays the same. */
  #secretAfter(type: number): Buffer | undefined {
    // The Finished of an authentication after the handshake (section 4.6.2) changes nothing.
    if (type === FINISHED && this.#phase === 'handshake') return this.#keys?.traffic
    if (type === KEY_UPDATE && this.#phase === 'traffic') return this.#protections[0]?.nextSecret()
    return undefined
  }
}

/** The keys of a run of records, and how many of them they have opened. */
class Protection {
  readonly suite: Suite
  readonly #secret: Buffer
  readonly #key: Buffer
  readonly #iv: Buffer
  #sequence = 0

  constructor(suite: Suite, secret: Buffer) {
    this.suite = suite
    this.#secret = secret
    this.#key = expandLabel(suite, secret, 'key', suite.keyLength)
    this.#iv = expandLabel(suite, secret, 'iv', 12)
  }

  /**
   * Section 5.2: decrypts the next record; undefined, and as if nothing had been tried, where it is not authentic.
   */
  open(header: Uint8Array, fragment: Uint8Array): Buffer | undefined {
    if (fragment.length < TAG) return undefined
    // Section 5.3: the nonce is the record's number, as long as the IV and XORed with it.
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(this.#sequence, 6, 6)
    for (const [i, byte] of this.#iv.entries()) nonce[i] = (nonce[i] as number) ^ byte
    // The types know GCM and ChaCha20-Poly1305 by overloads that are the same.
    const decipher = createDecipheriv(this.suite.aead as 'aes-128-gcm', this.#key, nonce, {
      authTagLength: TAG,
    })
    decipher.setAAD(header)
    decipher.setAuthTag(fragment.subarray(-TAG))
    const plaintext = decipher.update(fragment.subarray(0, -TAG))
    try {
      decipher.final()
    } catch {
      return undefined
    }
    this.#sequence++
    return plaintext
  }

  /** Section 7.2: after a KeyUpdate. */
  nextSecret(): Buffer {
    return expandLabel(this.suite, this.#secret, 'traffic upd', this.suite.hashLength)
  }
}

/**
 * HKDF-Expand-Label, section 7.1, without context. No key is longer than the hash, so the first block of HKDF-Expand
 * (RFC 5869 section 2.3) is all of it.
 */
function expandLabel({ hash }: Suite, secret: Buffer, label: string, length: number): Buffer {
  const name = `tls13 ${label}`
  const info = Buffer.from([0, length, name.length, ...Buffer.from(name), 0, 1])
  return createHmac(hash, secret).update(info).digest().subarray(0, length)
}
