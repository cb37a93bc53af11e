/** One promise: what it says, which files keep it, and what shows that they do. */
export interface Promised {
  /** The promise, in one sentence. */
  readonly says: string
  /** The files that keep it: `core/errors.ts` is `packages/core/src/errors.ts`. */
  readonly keptBy: readonly [string, ...string[]]
  /** The tests that prove it. The first goes red without the line below. */
  readonly provenBy: readonly [string, ...string[]]
  /** A line that keeps it, and what is put in its place to see the test go red. Absent where the compiler is what proves it. */
  readonly without?: Broken
}

/** A piece of a source that is replaced. */
export interface Broken {
  /** The file. @default the first of `keptBy` */
  readonly file?: string
  /** Text that is in the file once. */
  readonly line: string
  /** What stands there instead. @default nothing */
  readonly becomes?: string
}

/** What one of README's claims comes to. Its title is the claim's, in bold there. */
export interface Claim {
  readonly title: string
  readonly promises: readonly Promised[]
}

/** The path from the root of the repository of a file that is named in short. */
export function pathOf(short: string): string {
  const slash = short.indexOf('/')
  return `packages/${short.slice(0, slash)}/src/${short.slice(slash + 1)}`
}
