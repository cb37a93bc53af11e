/**
 * The programs of the listings again, with a look at the heap on the way. Needs `--expose-gc`.
 *
 * @typedef {import('./listing.js').Environment} Environment
 *
 * @typedef {object} Outcome
 * @property {number} items How many contacts came
 * @property {number} damaged Of how many the name was not as it is stored
 * @property {number} halfwayMiB What the heap held when half of the contacts had come, garbage collected
 * @property {number} endMiB What it held when the last one had come
 */
import * as listing from './listing.js'
import { Tally } from './tally.js'

const heapMiB = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/**
 * @param {import('./listing.js').Program} program
 * @returns {(environment: Environment) => Promise<() => Promise<Outcome>>}
 */
const watched = (program) => async (environment) => {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc.')
  const work = await program(environment)
  const heap = { halfwayMiB: 0, endMiB: 0 }
  const { add } = Tally.prototype
  Tally.prototype.add = function (/** @type {string | null | undefined} */ name) {
    add.call(this, name)
    if (this.items === environment.count / 2) heap.halfwayMiB = heapMiB()
    if (this.items === environment.count) heap.endMiB = heapMiB()
  }
  return async () => ({ ...(await work()), ...heap })
}

export const streamRaw = watched(listing.streamRaw)
export const streamOurs = watched(listing.streamOurs)
export const pagesRaw = watched(listing.pagesRaw)
export const pagesOurs = watched(listing.pagesOurs)
export const numberedRaw = watched(listing.numberedRaw)
export const numberedOurs = watched(listing.numberedOurs)
