import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

/** What both kinds of tests go by. */
const common = {
  pool: 'forks' as const,
  // Child processes and the browser may use the host's locale and colours; the assertions may not.
  // Tests measure beside each other.
  env: { NO_COLOR: '1', PUSHLAB_LOCK: '' },
}
const PAGES = '**/*.page.test.ts'
/** They plant some milliseconds, and find them again. */
const ALONE = ['clients/instrument.test.ts', 'scenarios/bench/parts.test.ts']
/** It runs every command that the READMEs show. */
const COMMANDS = 'scenarios/readme-commands.test.ts'

// The processes that tests start find there what others have compiled.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/pushlab/compiled', import.meta.url),
)

export default defineConfig({
  test: {
    // Real sockets, child processes and a browser, most of whose time is waiting: one file more than cores at once.
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...common,
          name: 'tests',
          include: ['{server,clients,scenarios,results,report}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PAGES, ...ALONE, COMMANDS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Beside other files they would find those. package.json's script runs one at a time, and what else the machine does
        // may hide what was planted twice, but not three times.
        test: {
          ...common,
          name: 'instrument',
          include: ALONE,
          retry: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { ...common, name: 'readme', include: [COMMANDS] } },
      {
        // The classroom in a real browser: its pages one by one, and every lesson walked from its first page to its last.
        // Walks wait for what lessons wait for, and so some go on at a time.
        test: {
          ...common,
          name: 'classroom',
          include: [`scenarios/classroom/${PAGES}`, 'scenarios/classroom/walk/*.walk.ts'],
          // More browsers at a time starve each other, and what starves misses what its lesson waits for. For the
          // same reason package.json's script runs two files at once.
          maxConcurrency: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
