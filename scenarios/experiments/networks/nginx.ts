import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenLocally } from '../../../clients/network/network.ts'
import { Unavailable } from '../../bench/experiment.ts'
import type { Site } from './site.ts'
import { pause } from './wait.ts'

/** Debian keeps it where only root looks. */
const PATH = `${process.env.PATH}:/usr/sbin`
const PATIENCE_MS = 5_000

/**
 * Its version.
 * @param command what it is called.
 * @throws {Unavailable} where it is not installed.
 */
export function nginxVersion(command = 'nginx'): string {
  const { status, stderr } = spawnSync(command, ['-v'], { env: { ...process.env, PATH }, encoding: 'utf8' })
  if (status !== 0) throw new Unavailable('nginx is not installed here (Debian: nginx-light).')
  return stderr.trim().split('/').at(-1) ?? ''
}

/**
 * Starts an nginx with one server for each list of directives of `location /`, on ports of their own.
 * @param main directives before all others.
 * @returns the URLs, by the lists' names, and its one process.
 */
export async function startNginx<Name extends string>(
  site: Site,
  locations: Record<Name, readonly string[]>,
  signal: AbortSignal,
  main = '',
): Promise<{ urls: Record<Name, string>; pid: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'pushlab-nginx-'))
  let child: ChildProcess | undefined
  site.endWith(async () => {
    try {
      if (child) await end(child)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
  const names = Object.keys(locations) as Name[]
  const ports = await freePorts(names.length)
  const servers = names.map((name, i) => {
    const directives = locations[name].map((line) => `${line};`).join(' ')
    return `server { listen 127.0.0.1:${ports[i]}; location / { ${directives} } }`
  })
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  // As root it gives its folders to nobody, whom a user namespace may not know.
  const user = process.getuid?.() === 0 ? 'user root; ' : ''
  const configuration = `${main}${user}daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 20000; }
http { access_log off; ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
${servers.join('\n')} }`
  const file = join(folder, 'nginx.conf')
  await writeFile(file, configuration)
  child = spawn('nginx', ['-p', folder, '-c', file, '-e', 'stderr'], {
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // What cannot be started is told by its port, on which nothing listens.
  child.on('error', () => {})
  for (const port of ports) await listening(port, signal)
  const urls = names.map((name, i) => [name, `http://127.0.0.1:${ports[i]}`])
  return { urls: Object.fromEntries(urls) as Record<Name, string>, pid: child.pid as number }
}

/** Ends it, by force where it does not heed; resolves once it is gone. */
async function end(child: ChildProcess): Promise<void> {
  // Without a number it never began.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await exited
  clearTimeout(force)
}

/** nginx takes no port 0. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(servers.map(listenLocally))
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

async function listening(port: number, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(20, signal)) {
    const socket = connect(port, '127.0.0.1')
    const accepted = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (accepted) return
  }
  throw new Error(`nginx does not listen on port ${port}.`)
}
