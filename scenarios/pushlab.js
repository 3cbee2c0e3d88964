#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { runHere } from '../server/runtime.js'

await runHere('"npx pushlab" or "make"', async () => {
  const { enableCompileCache } = await import('node:module')
  const folder = fileURLToPath(new URL('../node_modules/.cache/pushlab/compiled', import.meta.url))
  // The processes that it starts find it there; whoever has one of their own, or none (NODE_DISABLE_COMPILE_CACHE), is heeded.
  process.env.NODE_COMPILE_CACHE ??= folder
  enableCompileCache()
  await (await import('./cli.ts')).run()
})
