import { createRequire } from 'node:module'
import { type IPty, spawn } from '@lydell/node-pty'
import type { Command } from './command.ts'
import { within } from './within.ts'

// A module of CommonJS whose names Node does not see.
const { Terminal: Model }: typeof import('@xterm/headless') = createRequire(import.meta.url)(
  '@xterm/headless',
)

/** How large the terminal is, in characters. */
export interface Size {
  readonly columns?: number
  readonly rows?: number
}

/** How a program ended. */
export interface Ended {
  readonly code: number
  /** The number of the signal that ended it; 0 without one. */
  readonly signal: number
}

/** A program on a terminal of its own: what a person sees, and what he presses. */
export class Terminal implements AsyncDisposable {
  readonly #pty: IPty
  readonly #model: InstanceType<typeof Model>
  readonly #ended: Promise<Ended>
  readonly #titles: string[] = []
  #isOver = false
  #raw = ''

  constructor({ file, args, cwd, env }: Command, { columns = 80, rows = 40 }: Size = {}) {
    this.#model = new Model({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
    this.#model.onTitleChange((title) => this.#titles.push(title))
    this.#pty = spawn(file, [...args], {
      name: env.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env,
    })
    this.#pty.onData((text) => {
      this.#raw += text
      this.#model.write(text)
    })
    // The answers of the terminal to questions of the program, as real ones give them.
    this.#model.onData((text) => {
      if (!this.#isOver) this.#pty.write(text)
    })
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal = 0 }) => {
        this.#isOver = true
        resolve({ code: exitCode, signal })
      })
    })
  }

  get pid(): number {
    return this.#pty.pid
  }

  /** All that the program has sent, control characters included. */
  get raw(): string {
    return this.#raw
  }

  /** Titles that the program has given to the window. */
  get titles(): readonly string[] {
    return this.#titles
  }

  /** Types text, or presses a key: `\u0003` is Ctrl-C. */
  press(keys: string): void {
    this.#pty.write(keys)
  }

  /** What is on the screen and has left it above, line by line, without blanks at the ends. */
  async lines(): Promise<readonly string[]> {
    return (await this.#rows()).map(({ text }) => text.trimEnd())
  }

  /** The lines as the program has ended them: one that was too long for the screen is one. */
  async wholeLines(): Promise<readonly string[]> {
    const whole: string[] = []
    for (const { text, goesOn } of await this.#rows()) {
      if (goesOn) whole.push(`${whole.pop() ?? ''}${text}`)
      else whole.push(text)
    }
    return whole.map((line) => line.trimEnd())
  }

  /**
   * The column in which a text begins, counted in cells of the terminal, in which a wide character takes two.
   *
   * @returns one for each line that has the text
   */
  async columnsOf(text: string): Promise<readonly number[]> {
    await this.#settled()
    const { active } = this.#model.buffer
    return Array.from({ length: active.length }, (_, at) => active.getLine(at)).flatMap((line) => {
      const before = line?.translateToString(false)
      const at = before?.indexOf(text) ?? -1
      if (line === undefined || at < 0) return []
      for (let cell = 0; cell < line.length; cell += 1) {
        if (line.translateToString(false, 0, cell).length >= at) return [cell]
      }
      return []
    })
  }

  /** Waits until the program has sent something; fails where it ends without, or after a while. */
  async until(wanted: string | RegExp): Promise<void> {
    const isThere = (): boolean =>
      typeof wanted === 'string' ? this.#raw.includes(wanted) : wanted.test(this.#raw)
    await within(
      new Promise<void>((resolve, reject) => {
        if (isThere()) return resolve()
        const listening = this.#pty.onData(() => {
          if (!isThere()) return
          listening.dispose()
          resolve()
        })
        void this.#ended.then(({ code }) => {
          listening.dispose()
          if (isThere()) resolve()
          else reject(new Error(`The program ended with ${code} and never sent ${wanted}.\n${this.#raw}`))
        })
      }),
      () => `The program has not sent ${wanted}.\n${this.#raw}`,
    )
  }

  /** Waits for something that happens while the program runs; fails where it ends before. */
  async during(awaited: Promise<void>): Promise<void> {
    const ended = this.#ended.then(({ code }) => {
      throw new Error(`The program ended with ${code}.\n${this.#raw}`)
    })
    await Promise.race([awaited, ended])
  }

  /** Waits for the end of the program. */
  async ended(): Promise<Ended> {
    return await within(this.#ended, () => `The program does not end.\n${this.#raw}`)
  }

  /** Ends the program at once, as the system does. */
  async kill(): Promise<void> {
    if (!this.#isOver) process.kill(this.#pty.pid, 'SIGKILL')
    await this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    this.#model.dispose()
  }

  /** The rows of the screen, up to the last that has something. */
  async #rows(): Promise<readonly { readonly text: string; readonly goesOn: boolean }[]> {
    await this.#settled()
    const { active } = this.#model.buffer
    const rows = Array.from({ length: active.length }, (_, at) => active.getLine(at)).map((line) => ({
      text: line?.translateToString(true) ?? '',
      goesOn: line?.isWrapped === true,
    }))
    const last = rows.findLastIndex(({ text }) => text.trimEnd() !== '')
    return rows.slice(0, last + 1)
  }

  /** Resolves when the model has drawn what has come. */
  async #settled(): Promise<void> {
    await new Promise<void>((resolve) => this.#model.write('', resolve))
  }
}
