import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

let script: string | undefined

/**
 * The one script of the page: `page/main.ts` with what it imports, the analysis of the report and Chart.js among it, so
 * that the page computes as the report does. The same bytes every time.
 */
export function pageScript(): string {
  script ??= bundle()
  return script
}

function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./page/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  })
  // A script ends at the first of these, wherever it stands.
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')
}
