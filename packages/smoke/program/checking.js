// What the checks are written with: no test runner runs on every runtime.

/**
 * @typedef {object} Check
 * @property {string} name What is to hold
 * @property {() => Promise<void>} run Throws when it does not
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [problem] Why it did not hold; absent when it did
 */

/**
 * Runs checks one after the other. One that fails stops none of the others.
 *
 * @param {readonly Check[]} checks
 * @returns {Promise<Result[]>}
 */
export async function runChecks(checks) {
  /** @type {Result[]} */
  const results = []
  for (const { name, run } of checks) {
    try {
      await limited(run(), 20_000)
      results.push({ name })
    } catch (error) {
      results.push({ name, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  return results
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @returns {Promise<T>}
 */
function limited(work, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not end within ${ms / 1000} s.`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * Compares by JSON, in which `undefined` members do not show.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} what
 */
export function equal(actual, expected, what) {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== wanted) throw new Error(`${what}: ${is} instead of ${wanted}`)
}

/**
 * @param {unknown} condition
 * @param {string} what
 * @returns {asserts condition}
 */
export function holds(condition, what) {
  if (!condition) throw new Error(`${what}: it does not hold`)
}

/**
 * What a promise is rejected with.
 *
 * @param {PromiseLike<unknown>} promise
 * @returns {Promise<unknown>}
 */
export async function failureOf(promise) {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}
