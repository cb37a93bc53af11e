import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server of precomputed answers, in a process of its own. */
export interface BenchServer extends AsyncDisposable {
  /**
   * Where it is.
   *
   * @param latencyMs - how long it takes for an answer: one of those that it was started with. @default 0
   */
  url(latencyMs?: number): string
}

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

/** Who can be served. */
export type ServedVendor = 'chatbotkit' | 'cognipeer' | 'hubspot'

/**
 * Starts a server that has so many contacts of each vendor.
 *
 * @param vendors - whose, where it is not to be all: a million contacts take half a gigabyte
 */
export async function startServer(
  count: number,
  latenciesMs: readonly number[] = [0],
  vendors: readonly ServedVendor[] = ['chatbotkit', 'cognipeer', 'hubspot'],
): Promise<BenchServer> {
  const args = [main, String(count), ...latenciesMs.map(String), '--vendors', vendors.join()]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exit.then(([code]) => Promise.reject(new Error(`The server ended with ${code} before it was ready.`))),
  ])
  const ports: Readonly<Record<string, number>> = JSON.parse(String(line))
  return {
    url(latencyMs = 0) {
      const port = ports[latencyMs]
      if (port === undefined) throw new Error(`The server was not started with a latency of ${latencyMs} ms.`)
      return `http://127.0.0.1:${port}`
    },
    async [Symbol.asyncDispose]() {
      // It ends with its input.
      child.stdin.end()
      await exit
    },
  }
}
