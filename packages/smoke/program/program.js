import { equal, runChecks } from './checking.js'
import { bodyChecks } from './checks/bodies.js'
import { failureChecks } from './checks/failures.js'
import { providerChecks } from './checks/providers.js'

/** @import { Bench } from './bench.js' */

/**
 * The program: the same on every runtime, and with emulators in process as over a socket.
 *
 * @param {Bench} bench
 * @param {boolean} tellsRefusals Whether the runtime tells a refused connection from one that breaks
 */
export async function runProgram(bench, tellsRefusals) {
  const alone = [...failureChecks(bench, tellsRefusals), ...bodyChecks(bench)].map((check) => ({
    ...check,
    async run() {
      await bench.reset()
      await check.run()
    },
  }))
  /** @type {Map<Promise<unknown>, unknown>} */
  const unhandled = new Map()
  // Elsewhere such a rejection ends the process.
  globalThis.addEventListener?.('unhandledrejection', ({ promise, reason }) => unhandled.set(promise, reason))
  globalThis.addEventListener?.('rejectionhandled', ({ promise }) => unhandled.delete(promise))
  const quiet = {
    name: 'no rejection was left to nobody',
    async run() {
      await new Promise((resolve) => setTimeout(resolve, 20))
      equal([...unhandled.values()].map(String), [], 'rejections')
    },
  }
  await bench.reset()
  return await runChecks([...providerChecks(bench), ...alone, quiet])
}
