import v8 from 'node:v8'
import vm from 'node:vm'

/** What this process holds. */
export interface Usage {
  readonly timers: number
  /** What else keeps the process alive, sockets apart. */
  readonly others: number
  readonly heapBytes: number
}

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/** Lets everything run that is ready. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** How many sockets there are, on both sides, since the server is in this process too. */
function countSockets(): number {
  return process.getActiveResourcesInfo().filter(isSocket).length
}

/** Those that are being opened or closed count too. */
function isSocket(resource: string): boolean {
  return /^(?:TCPSocket|Connect|Shutdown|Write)Wrap$/.test(resource)
}

/** The sockets that are left, once there are no more than so many, or after the seconds for which a runtime keeps idle ones. */
export async function socketsLeft(most: number): Promise<number> {
  const until = Date.now() + 10_000
  while (countSockets() > most && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  return countSockets()
}

/** Measures what is held once everything has run that is ready, and what nobody holds is collected. */
export async function usage(): Promise<Usage> {
  if (typeof collect !== 'function') throw new TypeError('This engine does not let garbage be collected.')
  for (let round = 0; round < 3; round++) {
    await turns(20)
    collect()
  }
  const held = process.getActiveResourcesInfo()
  const timers = held.filter((resource) => resource === 'Timeout').length
  const others = held.length - timers - held.filter(isSocket).length
  return { timers, others, heapBytes: process.memoryUsage().heapUsed }
}
