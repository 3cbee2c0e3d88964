// Another process that has started this one tells it what to be by messages; flags are for people.
if (process.send) (await import('./control.ts')).driveByParent()
else await (await import('./runtime.js')).runHere('"make server"', () => import('./command-line.ts'))

export {}
