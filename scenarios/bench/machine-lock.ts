import { readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { PushlabError } from '../../server/error.ts'
import { livingOwner, ownerName, readLock, removeLock } from './owner.ts'

/** Names another file, for who has reasons; empty: no lock. */
export const LOCK_VARIABLE = 'PUSHLAB_LOCK'

/** The file that says what measures on this machine, one for each user. */
export function lockFile(): string {
  return process.env[LOCK_VARIABLE] ?? join(tmpdir(), `pushlab-${userInfo().uid}.lock`)
}

/**
 * Lets one measurement run on this machine at a time: two would measure each other. The file holds the name of the process, the
 * namespace that its number belongs to, and what it does.
 * @param what for whoever is kept out: the folder of a run.
 * @param share measures beside others.
 * @throws {PushlabError} BUSY where another process that lives has it, or the file cannot be written.
 */
export async function alone<Result>(
  what: string,
  share: boolean | undefined,
  measure: () => Promise<Result>,
): Promise<Result> {
  const file = lockFile()
  if (share || file === '') return measure()
  const own = takeLock(file, what)
  try {
    return await measure()
  } finally {
    if (readLock(file) === own) removeLock(file)
  }
}

function takeLock(file: string, what: string): string {
  refuseWhileBusy(file)
  const own = `${ownerName(process.pid)}\n${namespace()}\n${what}`
  try {
    // Who has left it behind is gone.
    rmSync(file, { force: true })
    // Not over the file of one that came in between.
    writeFileSync(file, own, { flag: 'wx' })
  } catch (cause) {
    refuseWhileBusy(file)
    const message = `Cannot write the lock ${file} (${(cause as Error).message}). Remove it, or measure without: --share`
    throw new PushlabError('BUSY', message, { cause })
  }
  return own
}

function refuseWhileBusy(file: string): void {
  const [owner = '', itsNamespace, what] = readLock(file).split('\n')
  if (itsNamespace === undefined) return
  const isSeen = itsNamespace === namespace()
  const pid = isSeen ? livingOwner(owner) : Number.parseInt(owner, 10)
  if (!pid || pid === process.pid) return
  throw new PushlabError(
    'BUSY',
    isSeen
      ? `Process ${pid} is measuring on this machine (${what}): both would be slower, and neither would know. Wait for it, end it (kill -INT ${pid}), or measure beside it: --share`
      : `Process ${pid} of another container may be measuring on this machine (${what}); whether it still lives cannot be seen from here. Measure beside it: --share. If it has ended, remove ${file}`,
  )
}

/** In which a process number means something: another in another container. */
function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
