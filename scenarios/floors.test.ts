import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * A file imports from its own floor or from below, and files stand in no circle. The linter refuses both where a
 * statement imports; this test shows that it does, and reads what it does not see: `new URL()`, `import()` of a made
 * path, and with them the files that are forked.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const FLOORS = ['server', 'results', 'clients', 'report', 'scenarios']

describe('the linter', () => {
  const PLANTED: Readonly<Record<string, string>> = {
    'server/up.ts': "import { load } from '../clients/load.ts'\n\nexport const doubled = load * 2\n",
    'clients/load.ts': 'export const load = 1\n',
    'results/up.ts': "import type { Page } from '../report/page.ts'\n\nexport type Pages = Page[]\n",
    'report/page.ts': 'export interface Page {\n  title: string\n}\n',
    'report/up.ts': "export { run } from '../scenarios/bench/run.ts'\n",
    'scenarios/bench/run.ts':
      "import { lesson } from '../classroom/lesson.ts'\n\nexport const run = lesson\n",
    'scenarios/classroom/lesson.ts':
      "import { page } from './fixture/page.ts'\n\nexport const lesson = page\n",
    'scenarios/classroom/fixture/page.ts': 'export const page = 1\n',
    'clients/circle.ts':
      "import type { There } from './there.ts'\n\nexport interface Here {\n  there?: There\n}\n",
    'clients/there.ts':
      "import type { Here } from './circle.ts'\n\nexport interface There {\n  here?: Here\n}\n",
    'clients/down.ts': "import { doubled } from '../server/up.ts'\n\nexport const more = doubled + 1\n",
    'server/up.test.ts': "import { load } from '../clients/load.ts'\n\nexport const tested = load\n",
  }
  let folder: string
  let found: string[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pushlab-floors-'))
    for (const file of ['biome.json', '.gitignore']) cpSync(join(ROOT, file), join(folder, file))
    for (const [file, source] of Object.entries(PLANTED)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), source)
    }
    const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
    const stdout = await new Promise<string>((resolve) => {
      const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
      execFile(process.execPath, args, { cwd: folder }, (_error, out) => resolve(out))
    })
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { path: string | { file: string } } }[]
    }
    found = diagnostics.map(({ category, location: { path } }) =>
      [typeof path === 'string' ? path : path.file, category.split('/').at(-1)].join(': '),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('refuses arrows up, circles of types, fixtures in product code and the classroom in the bench', () => {
    expect(found.sort()).toEqual([
      'clients/circle.ts: noImportCycles',
      'clients/there.ts: noImportCycles',
      'report/up.ts: noRestrictedImports',
      'results/up.ts: noRestrictedImports',
      'scenarios/bench/run.ts: noRestrictedImports',
      'scenarios/classroom/lesson.ts: noRestrictedImports',
      'server/up.ts: noRestrictedImports',
    ])
  })
})

describe('what the linter does not see', () => {
  const files = globSync(`{${FLOORS.join(',')}}/**/*.{ts,tsx,js}`, { cwd: ROOT }).filter(
    (file) => !isForTests(file),
  )

  test('no product file names one of a floor above, or of a fixture, as a URL or a module to load', () => {
    expect(files.length).toBeGreaterThan(500)
    expect(files.flatMap((file) => faultsIn(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })

  test.each([
    ["new URL('../clients/agent.ts', import.meta.url)", 'clients/agent.ts'],
    [`await import(\`../report/claims/\${name}.ts\`)`, 'report/claims/'],
    ["await import('../scenarios/cli.ts')", 'scenarios/cli.ts'],
    ["new Worker(new URL('./fixture/thread.ts', import.meta.url))", 'server/fixture/thread.ts'],
    ["fork(new URL(\n  '../results/store.ts',\n  import.meta.url,\n))", 'results/store.ts'],
  ])('would be found: %s', (source, target) => {
    expect(faultsIn('server/main.ts', source)).toEqual([`server/main.ts -> ${target}`])
    expect(faultsIn('scenarios/cli.ts', source.replace('./fixture/thread.ts', './thread.ts'))).toEqual([])
  })
})

/** Files that nobody but tests imports may look up. */
function isForTests(file: string): boolean {
  return /\.test\.ts$|\.walk\.ts$|\/walk\/|fixture/.test(file)
}

/** What a file loads from a floor above its own, or from a fixture. */
function faultsIn(file: string, source: string): string[] {
  const loaded = /(?:new URL|import)\(\s*['"`](\.[^'"`$]*)/g
  return [...source.matchAll(loaded)]
    .map(([, path = '']) => normalize(join(dirname(file), path)))
    .filter((target) => floorOf(target) > floorOf(file) || isForTests(target))
    .map((target) => `${file} -> ${target}`)
}

/** From the ground up; what lies in none, such as package.json, is below all. */
function floorOf(file: string): number {
  return FLOORS.indexOf(file.split('/')[0] ?? '')
}
