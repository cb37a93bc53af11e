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

/** The samples of each program. */
export type Samples<Label extends string> = Readonly<Record<Label, readonly Sample[]>>

const cases = fileURLToPath(new URL('../../cases', import.meta.url))

/**
 * Runs programs, each time in a process of its own, and in turn: what the machine does meanwhile meets all of them alike. Each round
 * begins with another one.
 *
 * @param programs - by the name under which their samples come
 * @param rounds - how often each of them runs
 * @throws Error when one fails
 */
export async function measure<Label extends string>(
  programs: Readonly<Record<Label, MeasuredProgram>>,
  rounds: number,
): Promise<Samples<Label>> {
  const labels = Object.keys(programs) as Label[]
  const samples = Object.fromEntries(labels.map((label) => [label, []])) as unknown as Record<Label, Sample[]>
  for (let round = 0; round < rounds; round++) {
    const first = round % labels.length
    for (const label of [...labels.slice(first), ...labels.slice(0, first)]) {
      samples[label].push(await runProgram(programs[label]))
    }
  }
  return samples
}

/**
 * A program that is quick because it leaves something out is no peer.
 *
 * @throws Error when one did not do so many items
 */
export function checkAll(samples: readonly Sample[], count: number): void {
  const other = samples.find(({ items }) => items !== count)
  if (other) throw new Error(`${other.items} contacts instead of ${count}.`)
}

/** Runs a program once. */
async function runProgram({
  module,
  program,
  environment,
  nodeOptions = [],
  node,
}: MeasuredProgram): Promise<Sample> {
  const args = [...nodeOptions, `${cases}/run.js`, `./${module}.js`, program, JSON.stringify(environment)]
  const output = await outputOf(node ?? process.execPath, args)
  return JSON.parse(output)
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${args.slice(1, 3).join(' ')} ended with ${code}.`))
    })
  })
}
