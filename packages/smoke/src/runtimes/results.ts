import type { Result } from '../../program/checking.js'

/**
 * Reads what a program printed: its results as JSON on the last line.
 *
 * @throws Error with the whole output, when there are none.
 */
export function resultsIn(output: string): readonly Result[] {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  let results: unknown
  try {
    results = JSON.parse(last)
  } catch {
    // Told below.
  }
  if (!isResults(results)) throw new Error(`The program gave no results.\n${output}`)
  return results
}

/** Tells whether something that came from another process is what the program gives. */
export function isResults(value: unknown): value is readonly Result[] {
  return (
    Array.isArray(value) &&
    value.every((result) => typeof result === 'object' && result !== null && typeof result.name === 'string')
  )
}
