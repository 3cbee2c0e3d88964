import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, buildSync, type OutputFile } from 'esbuild'
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
    script: textOf('.js').replaceAll('</script', '<\\/script'),
    style: textOf('.css').replaceAll('</style', '<\\/style'),
  }
}

/** A text's name in a Content-Security-Policy (CSP, section 2.3.1): nothing but it may stand there. */
export function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

let script: string | undefined

/**
 * The one script of the report's page: `page/main.ts` with what it imports, the analysis of the report and Chart.js among
 * it, so that the page computes as the report does.
 * @throws {PushlabError} TOO_FEW_DESCRIPTORS where this process can open no more files.
 */
export function pageScript(): string {
  if (script !== undefined) return script
  const [main, instead] = ['./page/main.ts', './page/no-histograms.ts'].map(
    (file) => new URL(file, import.meta.url),
  ) as [URL, URL]
  checkDescriptors()
  const alias = { 'hdr-histogram-js': fileURLToPath(instead) }
  script = bundled(buildSync({ ...bundlingOf(main), alias }).outputFiles).script
  return script
}

/** Of esbuild's thread, its process and their pipes; ten were too few, and fourteen enough. */
const NEEDED_DESCRIPTORS = 24

/** buildSync waits for a thread of esbuild's, and for ever where that found no descriptor left. */
function checkDescriptors(): void {
  const held: number[] = []
  try {
    while (held.length < NEEDED_DESCRIPTORS) held.push(openSync(import.meta.filename, 'r'))
  } catch (cause) {
    const message = `Cannot write a report (${(cause as Error).message}). Raise the limit: ulimit -n.`
    throw new PushlabError('TOO_FEW_DESCRIPTORS', message, { cause })
  } finally {
    for (const descriptor of held) closeSync(descriptor)
  }
}
