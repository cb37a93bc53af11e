/** A program with its arguments, and what is around it. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole of its environment: nothing of the test's goes to it. */
  readonly env: Readonly<Record<string, string>>
}
