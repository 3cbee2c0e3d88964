import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{server,clients,scenarios,results,report}/**/*.test.ts'],
    // Real sockets, child processes and a browser: fewer files at once than cores would starve nothing.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Child processes and the browser may use the host's locale and colours; the assertions may not.
    env: { NO_COLOR: '1' },
  },
})
