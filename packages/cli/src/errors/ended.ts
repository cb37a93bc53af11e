/** Ends a command that has said itself what there is to say. */
export class Ended extends Error {
  override readonly name = 'Ended'
  readonly exitCode: number

  constructor(exitCode: number) {
    super('The command has ended.')
    this.exitCode = exitCode
  }
}

/** What ended a command in the middle, with how far it was and how to go on. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished'
  /** Whole sentences, said after what ended it. */
  readonly soFar: string

  constructor(cause: unknown, soFar: string) {
    super('The command was not finished.', { cause })
    this.soFar = soFar
  }
}
