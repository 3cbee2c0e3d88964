import { build } from 'esbuild'
import { bundled, bundlingOf, digest } from '../../report/bundle.ts'

/** Where the scripts of the classroom's pages are. */
const PAGES = new URL('./pages/', import.meta.url)

/** A page as a server sends it. */
export interface BuiltPage {
  html: string
  /** The value of its Content-Security-Policy: nothing but what stands in it, and what it was told. */
  csp: string
}

export interface PageOptions {
  /** A module of pages/ that is the page's script: `student.tsx`. It may import style sheets. */
  entry: string
  title: string
  /** Further directives of its policy: `connect-src 'self'`; `script-src 'self'` adds to what it has. */
  csp: readonly string[]
  /** What stands in the body before the script. */
  body?: string
}

/** Bundles a page into one HTML text: its script and its style stand in it, and it fetches nothing. */
export async function buildPage({ entry, title, csp, body = '' }: PageOptions): Promise<BuiltPage> {
  const { outputFiles } = await build(bundlingOf(new URL(entry, PAGES)))
  const { script, style } = bundled(outputFiles)
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
<body>${body}<script>${script}</script></body>
</html>
`
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return { html, csp: join([...policy, ...csp]) }
}

/** One directive of each name, with the sources of all of them; 'none' beside others means nothing (CSP, section 6.7.2). */
function join(directives: readonly string[]): string {
  const named = Map.groupBy(directives, (directive) => directive.split(' ')[0])
  return [...named]
    .map(([name, all]) => {
      const sources = all.flatMap((directive) => directive.split(' ').slice(1))
      return [name, ...sources.filter((source) => source !== "'none'" || sources.length === 1)].join(' ')
    })
    .join('; ')
}
