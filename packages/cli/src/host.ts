import type { Readable } from 'node:stream'
import type { Clock, FetchFunction } from '@anycontact/core'

/** Where a program writes to. */
export interface Output {
  /** Whether a person reads it on a terminal. */
  readonly isTerminal: boolean
  /** How many columns the terminal has. */
  readonly columns: number
  /** Whether whoever read it has gone, as `head` goes: what is written then goes nowhere. */
  isGone(): boolean
  /** Writes text, and waits where whoever reads is slower. @throws Error where it cannot be written */
  write(text: string): Promise<void>
}

/** What a program has around it. `bin.ts` alone makes it of the process; tests make their own. */
export interface Host {
  /** For data alone. */
  readonly stdout: Output
  /** For everything else: progress, questions, errors. */
  readonly stderr: Output
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** The environment; what a `.env` file adds to it is put in. */
  readonly env: Record<string, string | undefined>
  /** The working folder. */
  readonly cwd: string
  /** Aborted by the first Ctrl-C or SIGTERM, with a {@link Stopped} as its reason. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The version of Node, as `24.1.0`. */
  readonly nodeVersion: string
  readonly fetch: FetchFunction
  /** Whether somebody at a terminal can be asked. */
  readonly canAsk: boolean
  /** Asks on the terminal; `undefined` where nobody can be asked. @throws Stopped where Ctrl-C is the answer */
  ask(question: string): Promise<boolean | undefined>
}

/** The reason of the stop that a person or the system asked for. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  /** The exit code that says so: 130 after Ctrl-C, 143 after SIGTERM. */
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(signal === 'SIGINT' ? 'Stopped by Ctrl-C.' : 'Stopped by SIGTERM.')
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}
