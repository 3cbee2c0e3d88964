// Another process that has started this one tells it what to be by messages; flags are for people.
if (process.send) (await import('./control.ts')).driveByParent()
else await import('./command-line.ts')

export {}
