import { runChecks } from './checking.js'
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
  await bench.reset()
  return await runChecks([...providerChecks(bench), ...alone])
}
