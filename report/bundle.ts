import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, OutputFile } from 'esbuild'
import { PushlabError } from '../server/error.ts'

/** How a script for a page is bundled: all that it imports in one text. The same bytes every time. */
export function bundlingOf(entry: URL) {
  return {
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    // Where a script and a style sheet would be written.
    outdir: 'out',
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  } as const satisfies BuildOptions
}

/** What has been bundled, as texts that can stand in a page: the first `</script` would end a script, wherever it is. */
export function bundled(files: readonly OutputFile[]): { script: string; style: string } {
  const textOf = (extension: string) => files.find(({ path }) => path.endsWith(extension))?.text ?? ''
  return {
    script: endless(textOf('.js')),
    style: textOf('.css').replaceAll('</style', '<\\/style'),
  }
}

const endless = (script: string) => script.replaceAll('</script', '<\\/script')

/** A text's name in a Content-Security-Policy (CSP, section 2.3.1): nothing but it may stand there. */
export function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

const ESBUILD = fileURLToPath(import.meta.resolve('esbuild/bin/esbuild'))
const TIMEOUT_MS = 60_000

let script: string | undefined

/**
 * The one script of the report's page: `page/main.ts` with what it imports, the analysis of the report and Chart.js among
 * it, so that the page computes as the report does.
 * @throws {PushlabError} TOO_FEW_DESCRIPTORS where this process can open no more files; CHILD_FAILED where esbuild fails, or takes a minute.
 */
export function pageScript(): string {
  if (script !== undefined) return script
  const [main, instead] = ['./page/main.ts', './page/no-histograms.ts'].map(
    (file) => new URL(file, import.meta.url),
  ) as [URL, URL]
  const { entryPoints, write: _, outdir: __, ...options } = bundlingOf(main)
  const flags = Object.entries(options).map(
    ([name, value]) =>
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${value === true ? '' : `=${value}`}`,
  )
  const alias = `--alias:hdr-histogram-js=${fileURLToPath(instead)}`
  try {
    // Not esbuild's buildSync, which waits for a thread of its own, and for ever where that finds no descriptor left.
    const text = execFileSync(ESBUILD, [...entryPoints, ...flags, alias], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: Number.POSITIVE_INFINITY,
      timeout: TIMEOUT_MS,
    })
    script = endless(text)
    return script
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const few = code === 'EMFILE' || code === 'ENFILE'
    throw new PushlabError(
      few ? 'TOO_FEW_DESCRIPTORS' : 'CHILD_FAILED',
      `Cannot write a report (${message.split('\n')[0]}).${few ? ' Raise the limit: ulimit -n.' : ''}`,
      { cause },
    )
  }
}
