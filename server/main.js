// For people: main.ts, after a look at whether this Node.js can run TypeScript.
import { runHere } from './runtime.js'

await runHere('"make server"', () => import('./main.ts'))
