import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of profiles beside a run's records. */
export const PROFILES = 'profile'

/** What the folder of a profile that is not ready yet ends with. */
export const UNFINISHED = '.part'

/** A profile that can be looked at. */
export interface ProfileLink {
  /** What was profiled and with what: `sse-fan-out-flame`. */
  title: string
  /** Of its file, relative to the run's folder, with `/` on every system. */
  path: string
}

/**
 * The profiles beside a run, as `pushlab profile` writes them, sorted by name; none where there is no such
 * folder.
 */
export function profileLinks(folder: string): ProfileLink[] {
  const profiles = join(folder, PROFILES)
  if (!existsSync(profiles)) return []
  return readdirSync(profiles, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith(UNFINISHED))
    .flatMap(({ name }) =>
      readdirSync(join(profiles, name))
        .filter((file) => file.endsWith('.html') || file.endsWith('.cpuprofile'))
        .map((file) => ({ title: name, path: `${PROFILES}/${name}/${file}` })),
    )
    .sort((a, b) => a.path.localeCompare(b.path))
}
