import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type EmulatorServer,
  type Fault,
  type FaultQueue,
} from '@anycontact/emulator'
import type { Command } from './command.ts'
import { Gate } from './gate.ts'
import { BIN, NEWEST, type NodeVersion } from './nodes.ts'
import { type Piped, runPiped } from './pipe.ts'
import { type Size, Terminal } from './terminal.ts'

/** Has no emulators at their usual port, whatever else this machine runs. */
const ALONE = `--import=data:text/javascript,${encodeURIComponent(
  `const { fetch } = globalThis
   globalThis.fetch = async (input, init) => {
     if (new URL(input.url ?? input).port === '4010') throw new TypeError('fetch failed')
     return fetch(input, init)
   }`,
)}`

/** How the program is to be run. */
export interface SceneOptions {
  readonly node?: NodeVersion
  /** @default empty emulators */
  readonly emulator?: (options: EmulatorOptions) => Emulator
}

/** What is given beside the arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Whether the program is not told where the emulators of the test are. */
  readonly alone?: boolean | undefined
}

/** A new user's place: an empty folder, an empty home, and emulators that this process has and the program reaches by their address. */
export class Scene implements AsyncDisposable {
  readonly emulator: Emulator
  readonly folder: string
  readonly url: string
  readonly #home: string
  readonly #bin: string
  readonly #server: EmulatorServer
  readonly #node: NodeVersion
  readonly #gate: Gate

  private constructor(
    { emulator, gate }: { readonly emulator: Emulator; readonly gate: Gate },
    server: EmulatorServer,
    root: string,
    node: NodeVersion,
  ) {
    this.emulator = emulator
    this.#gate = gate
    this.url = server.url
    this.folder = join(root, 'work')
    this.#home = join(root, 'home')
    this.#bin = join(root, 'bin')
    this.#server = server
    this.#node = node
  }

  /** Makes one. */
  static async create({ node = NEWEST, emulator: make = createEmulator }: SceneOptions = {}): Promise<Scene> {
    const gate = new Gate()
    let time = Date.UTC(2026, 0, 31, 9)
    const emulator = make({
      // Ids and times are the same in each run of the tests.
      seed: 1,
      now: () => (time += 1),
      sleep: () => gate.pass(),
    })
    const server = await emulator.listen()
    const root = await mkdtemp(join(tmpdir(), 'anycontact-terminal-'))
    const scene = new Scene({ emulator, gate }, server, root, node)
    for (const folder of [scene.folder, scene.#home, scene.#bin]) await mkdir(folder)
    await scene.#install()
    return scene
  }

  /** A file of the folder, by its name. */
  path(name: string): string {
    return join(this.folder, name)
  }

  /** The program with arguments. */
  command(args: readonly string[], env: Readonly<Record<string, string>> = {}): Command {
    return {
      file: this.#node.path,
      args: [BIN, ...args],
      cwd: this.folder,
      env: {
        PATH: `${this.#bin}:${dirname(this.#node.path)}:/usr/local/bin:/usr/bin:/bin`,
        HOME: this.#home,
        LANG: 'C.UTF-8',
        ANYCONTACT_EMULATOR_URL: this.url,
        ...env,
      },
    }
  }

  /** Runs the program in pipes, to its end. */
  async piped(args: readonly string[], { env, input }: RunOptions = {}): Promise<Piped> {
    return await runPiped(this.command(args, env), input)
  }

  /** Starts the program on a terminal. */
  terminal(args: readonly string[], { env, ...size }: RunOptions & Size = {}): Terminal {
    return new Terminal(this.command(args, env), size)
  }

  /**
   * Runs a line of the shell on a terminal; `anycontact` in it is the program, as is `npx anycontact`. The shell makes way for a line that
   * is one command, so that keys go to that one alone.
   */
  shell(line: string, { env, alone = false, ...size }: RunOptions & Size = {}): Terminal {
    const { ANYCONTACT_EMULATOR_URL: _, ...without } = this.command([], env).env
    const around = alone ? { ...without, NODE_OPTIONS: ALONE } : this.command([], env).env
    return new Terminal({ file: '/bin/sh', args: ['-c', line], cwd: this.folder, env: around }, size)
  }

  /**
   * Holds requests back before they are applied.
   *
   * @param emulator - whose
   * @param match - which; all that come after `skip`
   */
  hold(
    emulator: { readonly faults: Pick<FaultQueue<Fault>, 'add'> },
    match: { readonly path: string; readonly skip?: number },
  ): Gate {
    this.#gate.close()
    emulator.faults.add({ ...match, times: Number.POSITIVE_INFINITY, latencyMs: 1 })
    return this.#gate
  }

  /** Puts the program where the shell finds it. */
  async #install(): Promise<void> {
    for (const [name, line] of [
      ['anycontact', `exec "${this.#node.path}" "${BIN}" "$@"`],
      ['npx', 'exec "$@"'],
    ] as const) {
      await writeFile(join(this.#bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gate.open()
    await this.#server.close()
    await rm(dirname(this.folder), { recursive: true, force: true })
  }
}
