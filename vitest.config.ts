import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{server,clients,scenarios,results,report}/**/*.test.ts'],
    // Real sockets, child processes and a browser, most of whose time is waiting: one file more than cores at once.
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Child processes and the browser may use the host's locale and colours; the assertions may not.
    env: { NO_COLOR: '1' },
  },
})
