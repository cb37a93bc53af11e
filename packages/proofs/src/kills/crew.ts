import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Said, TASK, type Task } from './task.ts'

const RESOLVE_SOURCES = new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url)
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** Processes that work on one run; each place has one at a time. */
export class Crew {
  readonly #task: Omit<Task, 'start'>
  readonly #places: (Worker | undefined)[]
  readonly #failures: string[] = []
  #hasBegun = false
  #isOver = false

  constructor(task: Omit<Task, 'start'>, size: number) {
    this.#task = task
    this.#places = Array.from({ length: size }, () => undefined)
  }

  /** Whether a worker has seen the end of the run. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** What workers said that ended by themselves before the run was over. */
  get failures(): readonly string[] {
    return this.#failures
  }

  /** Fills the places that are empty, while the run is not over. */
  fill(): void {
    if (this.#isOver) return
    for (const [place, worker] of this.#places.entries()) if (!worker) this.#start(place)
  }

  /** The places whose process lives. */
  get alive(): readonly number[] {
    return [...this.#places.keys()].filter((place) => this.#places[place])
  }

  /** Kills the processes of these places at once, with no chance to do anything. @returns once they are dead */
  async kill(places: readonly number[]): Promise<void> {
    const workers = places.flatMap((place) => this.#places[place] ?? [])
    for (const { process } of workers) process.kill('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
  }

  /** Waits for all of them to end by themselves. */
  async ended(): Promise<void> {
    await Promise.all(this.#places.map((worker) => worker?.ended))
  }

  #start(place: number): void {
    const task: Task = { ...this.#task, start: !this.#hasBegun }
    const process = spawn(globalThis.process.execPath, ['--import', RESOLVE_SOURCES.href, WORKER], {
      env: { ...globalThis.process.env, [TASK]: JSON.stringify(task) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    process.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4000)
    })
    createInterface({ input: process.stdout }).on('line', (line) => {
      const { at }: Said = JSON.parse(line)
      this.#hasBegun = true
      if (at === 'end') this.#isOver = true
    })
    const ended = once(process, 'close').then(([code]) => {
      this.#places[place] = undefined
      // One that was killed has no code.
      if (typeof code === 'number' && code !== 0) this.#failures.push(errors)
    })
    this.#places[place] = { process, ended }
  }
}

interface Worker {
  readonly process: ChildProcess
  readonly ended: Promise<void>
}
