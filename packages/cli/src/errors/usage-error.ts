/**
 * What is wrong with a command line or a configuration, found before anything was tried: exit code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
