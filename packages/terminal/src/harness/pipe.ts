import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Command } from './command.ts'
import { within } from './within.ts'

/** How a program in pipes ended, and what it wrote. */
export interface Piped {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A program whose input and outputs are pipes. */
export class Pipe implements AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<Piped>
  #stdout = ''
  #stderr = ''

  constructor({ file, args, cwd, env }: Command) {
    this.child = spawn(file, args, { cwd, env, stdio: 'pipe' })
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
    })
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
    // It may end before it has read all.
    this.child.stdin.on('error', () => {})
    this.#ended = new Promise((resolve, reject) => {
      this.child.on('error', reject)
      this.child.on('close', (code, signal) =>
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }),
      )
    })
  }

  /** Waits for the end of the program and of its outputs. */
  async ended(): Promise<Piped> {
    return await within(this.#ended, () => `The program does not end.\n${this.#stdout}\n${this.#stderr}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL')
    await this.#ended
  }
}

/** Runs a program to its end, in pipes. */
export async function runPiped(command: Command, input = ''): Promise<Piped> {
  await using pipe = new Pipe(command)
  pipe.child.stdin.end(input)
  return await pipe.ended()
}
