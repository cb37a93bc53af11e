import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A program to measure: one of those that a module in `cases` exports. */
export interface MeasuredProgram {
  /** The module's name, for example `listing`. */
  readonly module: string
  /** The export's name. */
  readonly program: string
  /** What it is given. */
  readonly environment: Readonly<Record<string, unknown>>
  /** Options of Node itself, for example `--expose-gc`. @default none */
  readonly nodeOptions?: readonly string[] | undefined
  /** The Node that runs it. @default the one that runs the bench */
  readonly node?: string | undefined
}

/** What one run of a program cost, in the process alone, from the moment that it was ready. */
export interface Sample {
  /** User and system time of the process, in milliseconds. */
  readonly cpuMs: number
  readonly wallMs: number
  /** The most memory that the process ever had. */
  readonly peakMiB: number
  /** What the program says of itself, `items` at least. */
  readonly [figure: string]: number
}

/** A program, and what each run of it cost. */
export type Measured<Program extends MeasuredProgram = MeasuredProgram> = Program & {
  readonly samples: readonly Sample[]
}

const cases = fileURLToPath(new URL('../../cases', import.meta.url))

/**
 * Runs programs, each time in a process of its own, and in turn: what the machine does meanwhile meets all of them alike. Each round
 * begins with another one.
 *
 * @param rounds - how often each of them runs
 * @returns The same programs in the same order, with what they cost
 * @throws Error when one fails
 */
export async function measure<Program extends MeasuredProgram>(
  programs: readonly Program[],
  rounds: number,
): Promise<readonly Measured<Program>[]> {
  const measured = programs.map((program) => ({ ...program, samples: [] as Sample[] }))
  for (let round = 0; round < rounds; round++) {
    const first = round % measured.length
    for (const one of [...measured.slice(first), ...measured.slice(0, first)]) {
      one.samples.push(await runProgram(one))
    }
  }
  return measured
}

/** Runs one program once. */
export async function measureOnce(program: MeasuredProgram): Promise<Measured> {
  return { ...program, samples: [await runProgram(program)] }
}

/**
 * A program that is quick because it leaves something out, or damages it, is no peer.
 *
 * @throws Error when one did not do so many items, or damaged one
 */
export function checkAll(measured: Measured, count: number): void {
  checkCount(measured, count)
  const most = mostDamaged(measured)
  if (most > 0) throw new Error(`${nameOf(measured)} damages ${most} contacts.`)
}

/**
 * As {@link checkAll}, for a table that shows what is damaged.
 *
 * @throws Error when one did not do so many items
 */
export function checkCount(measured: Measured, count: number): void {
  const other = measured.samples.find(({ items }) => items !== count)
  if (other) throw new Error(`${nameOf(measured)} has ${other.items} contacts instead of ${count}.`)
}

/** How many contacts a program damaged at most. */
export function mostDamaged({ samples }: Measured): number {
  return Math.max(...samples.map(({ damaged = 0 }) => damaged))
}

const nameOf = ({ module, program }: MeasuredProgram): string => `${module}.js ${program}`

async function runProgram(measured: MeasuredProgram): Promise<Sample> {
  const { module, program, environment, nodeOptions = [], node = process.execPath } = measured
  const args = [...nodeOptions, `${cases}/run.js`, `./${module}.js`, program, JSON.stringify(environment)]
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${nameOf(measured)} ended with ${code ?? signal}.\n${errors}`.trimEnd()))
    })
  })
  return JSON.parse(output)
}
