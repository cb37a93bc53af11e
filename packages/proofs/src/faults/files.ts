import { readFileSync, writeFileSync } from 'node:fs'

/** A file that is made: written, or compared with what it would be. */
export class MadeFile {
  readonly #url: URL
  readonly #name: string

  /** @param name - its path from the repository's root */
  constructor(name: string) {
    this.#name = name
    this.#url = new URL(`../../../../${name}`, import.meta.url)
  }

  read(): string {
    try {
      return readFileSync(this.#url, 'utf8')
    } catch {
      return ''
    }
  }

  write(text: string): void {
    writeFileSync(this.#url, text)
    console.log(`${this.#name} is up to date.`)
  }

  /** Prints where it differs, and tells whether it does not. */
  check(text: string): boolean {
    const [old, made] = [this.read().split('\n'), text.split('\n')]
    const [oldLines, madeLines] = [new Set(old), new Set(made)]
    const gone = old.filter((line) => !madeLines.has(line)).map((line) => `- ${line}`)
    const fresh = made.filter((line) => !oldLines.has(line)).map((line) => `+ ${line}`)
    if (this.read() === text) {
      console.log(`${this.#name} is what the table comes to.`)
      return true
    }
    console.error(`${this.#name} is stale: run \`pnpm faults\`.`)
    for (const line of [...gone, ...fresh].slice(0, 40)) console.error(line)
    return false
  }
}
