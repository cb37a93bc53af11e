import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PREFIX, startCluster } from './cluster.ts'

// Keeps a server for as long as somebody holds the other end of its standard input: that end closes however the holder ends, by
// `kill -9` too, and then the server is stopped and its data removed.

const [native = '', durable] = process.argv.slice(2)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

await removeLeftBehind()
const cluster = await startCluster(native, durable === 'durable')
process.stdout.write(`${cluster.url}\n`)
const released = new Promise((resolve) => {
  process.stdin.on('end', resolve).on('error', resolve).resume()
})
await Promise.race([released, cluster.ended])
await cluster.stop()
process.exit()

/** Removes data whose keeper was killed; a server that has lost its data notices it within a minute, and ends. */
async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX) || isRunning(Number.parseInt(name.slice(PREFIX.length), 10))) continue
    // Another keeper may be removing it too; what is left the next one tries again.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It may be another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
