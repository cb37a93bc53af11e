import { spawn } from 'node:child_process'

/** How a program ended. */
export interface Ran {
  /** Its exit code; 1 when a signal ended it. */
  readonly code: number
  /** What it wrote to standard output and standard error, in the order of arrival. */
  readonly output: string
}

/** Where and for how long a program may run. */
export interface RunOptions {
  readonly cwd?: string
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** After this time it is ended, and the call fails. 120,000 when absent. */
  readonly timeoutMs?: number
}

/** The groups of the programs that run. They do not get what a terminal sends to ours. */
const running = new Set<number>()
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function endAll(signal: NodeJS.Signals): void {
  for (const group of running) endGroup(group)
  for (const name of SIGNALS) process.off(name, endAll)
  process.kill(process.pid, signal)
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function began(group: number): void {
  if (running.size === 0) for (const name of SIGNALS) process.on(name, endAll)
  running.add(group)
}

function ended(group: number): void {
  if (running.delete(group) && running.size === 0) for (const name of SIGNALS) process.off(name, endAll)
}

/**
 * Runs a program to its end, without a shell, and collects what it writes.
 *
 * @throws Error when it cannot be started, or when its time is up. An exit code other than 0 is no error: it is in the answer.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd, env, timeoutMs = 120_000 } = options
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, because executables are often scripts that start another.
      detached: true,
    })
    const { pid } = child
    if (pid !== undefined) began(pid)
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      if (pid !== undefined) endGroup(pid)
    }, timeoutMs)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      if (pid !== undefined) ended(pid)
      if (isLate) reject(new Error(`${command} did not end within ${timeoutMs / 1000} s.\n${output}`))
      else resolve({ code: code ?? 1, output })
    })
  })
}

/** As `run`, but an exit code other than 0 is an error that holds the output. Gives the output. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await run(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}.\n${output}`)
  return output
}
