import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

/** What both kinds of tests go by. */
const common = {
  pool: 'forks' as const,
  // Child processes and the browser may use the host's locale and colours; the assertions may not.
  // Tests measure beside each other.
  env: { NO_COLOR: '1', PUSHLAB_LOCK: '' },
  // They end what hangs, and nothing that a busy machine makes slow.
  testTimeout: 180_000,
  hookTimeout: 180_000,
}
const PAGES = '**/*.page.test.ts'
/** Of functions that keep nothing from one test to the next. */
const PURE =
  '{results,report,clients/readers,clients/measure,scenarios/classroom/lessons,scenarios/classroom/log}/**/*.test.ts'
/** They plant some milliseconds, and find them again. */
const ALONE = ['clients/instrument.test.ts', 'scenarios/bench/parts.test.ts', 'scenarios/bench/stall.test.ts']
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
          include: ['{server,clients,scenarios}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, PAGES, PURE, ...ALONE, COMMANDS],
        },
      },
      {
        // Files share a process and what it has loaded: most of them take less time than to load it.
        test: {
          ...common,
          name: 'pure',
          include: [PURE],
          isolate: false,
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
        },
      },
    ],
  },
})
