import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** So much text is kept in memory before any of it goes to the file, in UTF-16 code units. */
const MAX_HELD = 4 * 1024 * 1024

const CIPHER = 'aes-256-ctr'

interface Extent {
  readonly at: number
  readonly bytes: number
}

/**
 * Lines of text by partition, in a file of the system's temporary folder once they are many: so memory stays flat. The file is encrypted
 * with a key that is nowhere but in memory, and is removed at the end; where the system allows it, it has no name from the beginning.
 */
export class Scratch implements AsyncDisposable {
  readonly #held: string[][]
  readonly #extents: Extent[][]
  readonly #key = randomBytes(32)
  #heldLength = 0
  #end = 0
  #file: FileHandle | undefined
  #folder: string | undefined
  #writing = Promise.resolve()

  constructor(partitions: number) {
    this.#held = Array.from({ length: partitions }, () => [])
    this.#extents = Array.from({ length: partitions }, () => [])
  }

  /** Adds a line. Where this gives a promise, wait for it before the next one. */
  add(partition: number, line: string): Promise<void> | undefined {
    this.#held[partition]?.push(line)
    this.#heldLength += line.length
    if (this.#heldLength < MAX_HELD) return undefined
    // Two that add at the same time must not write at one place.
    this.#writing = this.#writing.then(() => this.#flush())
    return this.#writing
  }

  /** All lines of a partition, in the order in which they were added. */
  async read(partition: number): Promise<string[]> {
    await this.#writing
    const lines: string[] = []
    for (const { at, bytes } of this.#extents[partition] ?? []) {
      const block = await this.#block(at, bytes)
      const cipher = createDecipheriv(CIPHER, this.#key, counter(at))
      lines.push(...cipher.update(block).toString().split('\n'))
    }
    lines.push(...(this.#held[partition] ?? []))
    return lines
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Whoever wrote gets the error.
    await this.#writing.catch(() => undefined)
    await this.#file?.close()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  async #block(at: number, bytes: number): Promise<Buffer> {
    const block = Buffer.alloc(bytes)
    for (let done = 0; done < bytes; ) {
      const { bytesRead = 0 } = (await this.#file?.read(block, done, bytes - done, at + done)) ?? {}
      if (bytesRead === 0) throw new Error('The temporary file has been cut short by somebody else.')
      done += bytesRead
    }
    return block
  }

  async #flush(): Promise<void> {
    if (this.#heldLength < MAX_HELD) return
    const blocks: Buffer[] = []
    const start = this.#end
    for (const [partition, lines] of this.#held.entries()) {
      if (lines.length === 0) continue
      const cipher = createCipheriv(CIPHER, this.#key, counter(this.#end))
      const block = cipher.update(lines.join('\n'))
      this.#extents[partition]?.push({ at: this.#end, bytes: block.length })
      blocks.push(block)
      this.#end += block.length
      this.#held[partition] = []
    }
    this.#heldLength = 0
    const file = await this.#open()
    const whole = Buffer.concat(blocks)
    for (let done = 0; done < whole.length; ) {
      done += (await file.write(whole, done, whole.length - done, start + done)).bytesWritten
    }
  }

  async #open(): Promise<FileHandle> {
    if (this.#file) return this.#file
    this.#folder = await mkdtemp(join(tmpdir(), 'anycontact-'))
    this.#file = await open(join(this.#folder, 'scratch'), 'wx+', 0o600)
    // A file that has no name is gone with its process, however that ends. Windows keeps the name while it is open.
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined)
    return this.#file
  }
}

/** No two blocks begin at one place, and none is longer than the counter's other half can count. */
function counter(at: number): Buffer {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(at), 0)
  return counter
}
