import v8 from 'node:v8'
import vm from 'node:vm'
import { settle } from './deferred.ts'

/** Makes a function that collects garbage, without a flag at the start of the process. */
export function garbageCollector(): () => Promise<void> {
  v8.setFlagsFromString('--expose-gc')
  const collect: unknown = vm.runInNewContext('gc')
  if (typeof collect !== 'function') throw new TypeError('This engine does not let garbage be collected.')
  return async () => {
    await settle()
    collect()
    await settle()
  }
}
