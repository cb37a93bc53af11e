import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FetchFunction } from '@anycontact/core'
import { createTestClock, type TestClock } from '@anycontact/core/adapter-kit'
import { createEmulator, type Emulator } from '@anycontact/emulator'
import { onTestFinished } from 'vitest'
import type { Host, Output } from '../host.ts'
import { runCli } from '../run.ts'

/** What a test sets of a program's surroundings. */
export interface TestHostOptions {
  readonly env?: Record<string, string>
  /** Whether standard output and standard error are a terminal, of this width. */
  readonly terminal?: { readonly columns: number }
  /** All of it, or a stream that the test goes on writing to. */
  readonly stdin?: string | Readable
  /** Told of what is written to standard output as it is written. */
  readonly onStdout?: (text: string) => void
  /** The network. @default the emulators */
  readonly fetch?: FetchFunction
  /** Told of each request before it is answered; the answer waits for it. */
  readonly onRequest?: () => void | Promise<void>
  /** Told of what is written to standard error. */
  readonly onStderr?: (text: string) => void
  /** A clock of its own: on one that stands still, a run that is not awaited is as one that was killed. */
  readonly clock?: TestClock
  /** What the person at the terminal answers. */
  readonly answer?: boolean
  /** @default '24.1.0' */
  readonly nodeVersion?: string
}

/** What a run of the program printed, and how it ended. */
export interface CliRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The program in a folder of its own, with empty emulators as its network. */
export interface TestProgram {
  readonly emulator: Emulator
  /** On which pauses pass by themselves, and longer waits hold. */
  readonly clock: TestClock
  /** The working folder. */
  readonly cwd: string
  /** What a person asked for: aborts the run that is under way, or the next one; then there is a new one. */
  readonly stop: AbortController
  /** Runs the program; each run is as one of a new process. */
  run(args: readonly string[], options?: TestHostOptions): Promise<CliRun>
}

/** The names of the commands, as the help of the program lists them. */
export async function commandNames({ run }: Pick<TestProgram, 'run'>): Promise<readonly string[]> {
  const [, list = ''] = (await run(['--help'])).stdout.split('Commands:\n')
  const [commands = ''] = list.split('\n\n')
  return [...commands.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name)
}

/** Makes a program to run in a test. `ANYCONTACT_EMULATOR_URL` is set, so that `--emulator` uses the test's emulators. */
export function createTestProgram(): TestProgram {
  const cwd = mkdtempSync(join(tmpdir(), 'anycontact-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  const clock = createTestClock({ waits: (ms) => ms < 10_000 })
  const emulator = createEmulator({ now: clock.now, seed: 1 })
  let stop = new AbortController()
  return {
    emulator,
    clock,
    cwd,
    get stop() {
      return stop
    },
    async run(
      args,
      {
        env = {},
        terminal,
        stdin = '',
        answer,
        nodeVersion = '24.1.0',
        onStdout,
        fetch: network = emulator.fetch,
        onStderr,
        onRequest,
        clock: own,
      } = {},
    ) {
      const written = { stdout: '', stderr: '' }
      const output = (name: keyof typeof written): Output => ({
        isTerminal: terminal !== undefined,
        columns: terminal?.columns ?? 80,
        isGone: () => false,
        write: async (text) => {
          written[name] += text
          if (name === 'stdout') onStdout?.(text)
          else onStderr?.(text)
        },
      })
      const host: Host = {
        stdout: output('stdout'),
        stderr: output('stderr'),
        stdin: typeof stdin === 'string' ? Readable.from(stdin === '' ? [] : [stdin]) : stdin,
        env: { ANYCONTACT_EMULATOR_URL: 'http://emulator.test', ...env },
        cwd,
        signal: stop.signal,
        clock: own ?? clock,
        nodeVersion,
        fetch: async (input, init) => {
          await onRequest?.()
          return network(input, init)
        },
        canAsk: terminal !== undefined,
        ask: async () => (terminal === undefined ? undefined : answer),
      }
      const exitCode = await runCli(args, host)
      if (stop.signal.aborted) stop = new AbortController()
      return { exitCode, ...written }
    },
  }
}
