import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { captureEvent } from '../../clients/measure/capture.ts'
import { doesNotApply, registry } from '../../server/registry.ts'
import { completeVariant, type Variant, type VariantAxis } from '../../server/variant.ts'
import { byteClasses } from '../../server/wire/span.ts'
import { keysIn } from '../fixture/keys.ts'
import { chinese } from '../words/catalogue.ts'
import { classMarks } from './classes.ts'
import { explain, explanations } from './explain.ts'
import { labelText } from './labels.ts'

const WIRE = new URL('../../server/wire/', import.meta.url)
const HERE = new URL('./', import.meta.url)

function sourcesIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^(fixture|print|units)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
}

/** What the dissectors say: every string constant of theirs that is a word or more, but for these. */
const NO_LABELS = new Set<string>([
  ...byteClasses,
  ...['aes-128-gcm', 'chacha20-poly1305', 'aes-256-gcm', 'sha256', 'sha384', 'key', 'iv', 'traffic upd'],
  ...[
    'CLIENT',
    'SERVER',
    'hex',
    'latin1',
    'plaintext',
    'traffic',
    'application data',
    'TlsKeys',
    'content-encoding',
  ],
  ...[
    'content-length',
    'transfer-encoding',
    'push',
    'pushlab',
    'ofStream',
    'upgrade',
    'identity',
    'class',
    'chunked',
    'bad',
    'x-accel-buffering',
  ],
  // Opcodes and calls, of which a label has a prefix.
  ...['continuation', 'text', 'binary', 'close', 'ping', 'pong'],
])

function labelsInSources(): string[] {
  const constants = sourcesIn(WIRE).flatMap((source) => {
    const code = source.replaceAll(/^import .*$|\/\*\*[\s\S]*?\*\/|^ *\/\/.*$/gm, '')
    return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'/g)].map(([, text = '']) => text)
  })
  const words = constants.filter((text) => /^[A-Za-z][\w ,-]+$/.test(text) && !NO_LABELS.has(text))
  return [...new Set(words)]
}

/** Labels that are put together. */
const MADE = [
  ...['text', 'binary', 'continuation', 'close', 'ping', 'pong'].map((kind) => `frame header, ${kind}`),
  ...['field id', 'field event', 'field data', 'field retry', 'field x', 'call of pushGap'],
  // Of units.ts, whose other words are no labels.
  'more of what is too long',
  ...['SETTINGS ACK', 'PING ACK', 'frame of unknown type 12', 'alert 40', 'handshake message 99'],
  ...['EncryptedExtensions, Certificate, CertificateVerify, Finished', 'header field x-unheard-of'],
]

const VARIANTS: Partial<Variant>[] = [
  {},
  { tls: true },
  { http: '2' },
  { contentCoding: 'gzip' },
  { perMessageDeflate: true },
  { headers: 'browser', cookieBytes: 40 },
  { payload: 'binary' },
  { conditional: true },
  { keepAlive: false },
]

describe('explanations', () => {
  test('are there for every label in the sources of the dissectors', () => {
    const labels = labelsInSources()
    expect(labels.length).toBeGreaterThan(80)
    expect(labels.filter((label) => !explain(label, 'sse'))).toEqual([])
    expect(MADE.filter((label) => !explain(label, 'sse'))).toEqual([])
  })

  test('are there for every label that any technique has on a wire, and not by a fallback', async () => {
    const unknown = new Set<string>()
    const labels = new Set<string>()
    for (const { name, deviations } of registry) {
      const its = VARIANTS.filter((variant) =>
        Object.keys(variant).every((axis) => !doesNotApply(name, axis as VariantAxis)),
      )
      const captures = await Promise.all([
        ...its.map((variant) => captureEvent(name, { payloadBytes: 100, variant: completeVariant(variant) })),
        ...(deviations?.publish ? [] : [captureEvent(name, { payloadBytes: 100, publish: true })]),
      ])
      for (const { connections } of captures) {
        for (const { label } of connections.flatMap(({ up, down }) => [...up.spans, ...down.spans])) {
          labels.add(label)
          const { text = 'does not know' } = explain(label, name) ?? {}
          if (/does not know|a browser ignores/.test(text)) unknown.add(label)
        }
      }
    }
    expect(labels.size).toBeGreaterThan(80)
    expect([...unknown]).toEqual([])
  })

  test('are one sentence each, with an exact place in a specification', () => {
    for (const { text, specification } of explanations) {
      expect(text).toMatch(/^[^.]*(?:\S\.\S[^.]*)*\.$/)
      expect(text.length).toBeLessThanOrEqual(110)
      expect(specification.title).not.toBe('')
      expect(specification.url).toMatch(/^https:\/\/[\w./-]+(#[\w.-]+)?$/)
    }
    expect(explain('change_cipher_spec', '')?.specification.url).toMatch(/rfc8446#appendix-D\.4$/)
  })

  test('of a label that nobody gives are not there', () => {
    for (const label of ['no such label', 'toString', '__proto__', 'constructor'])
      expect(explain(label, 'sse')).toBeUndefined()
  })

  test('are of a technique where it means something of its own', () => {
    expect(explain('message that is no event', 'xml-socket')?.text).toContain('policy file')
    expect(explain('message that is no event', 'toString')?.text).toContain('own message')
  })
})

describe('Chinese', () => {
  const isChinese = (english: string) => /\p{Script=Han}/u.test(chinese.of(english) ?? '')

  test('is there for every explanation, and for what classes are', () => {
    expect(explanations.map(({ text }) => text).filter((text) => !isChinese(text))).toEqual([])
    const marks = Object.values(classMarks).flatMap(({ mark, text }) => [mark, text])
    expect(marks.filter((text) => !isChinese(text))).toEqual([])
  })

  test('is there for every text of this folder that is put into words', () => {
    const keys = sourcesIn(HERE).flatMap(keysIn)
    expect(keys.length).toBeGreaterThan(30)
    expect(keys.filter((key) => chinese.of(key) === undefined)).toEqual([])
  })

  test('is there for every label, but for the names that HTTP/2 and TLS give their frames and messages', () => {
    const labels = [...labelsInSources(), ...MADE].filter((label) => !/^[A-Z_]+( ACK)?$/.test(label))
    const others = labels.filter((label) => !/^([A-Z][a-z]+)+(, ([A-Z][a-z]+)+)*$/.test(label))
    const english = others.filter((label) => labelText(label).in(chinese) === String(labelText(label)))
    const names = ['change_cipher_spec', 'frame of unknown type 12', 'handshake message 99', 'EndOfEarlyData']
    expect(english.filter((label) => !names.includes(label))).toEqual([])
  })
})
