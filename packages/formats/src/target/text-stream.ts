import { iterableStream } from '@anycontact/core/adapter-kit'

/** A chunk is handed on at this length: records one by one would cost more than the printing does. */
const CHUNK_CHARACTERS = 8192

/** Text that is made as it is read, once, by `for await` too. */
export type TextStream = ReadableStream<string> & AsyncIterable<string>

/**
 * Prints items as they are asked for: nothing is taken of them before the first read, and no more than is read. A chunk holds whole
 * records. Cancelling the stream ends the items. When they fail, what came before is handed out, and then the stream fails with the same
 * error.
 *
 * @param items - anything to iterate over
 * @param print - the text of an item; what it throws fails the stream as the items would
 */
export function textStream<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  print: (item: Item, index: number) => string,
): TextStream {
  return iterableStream(new ReadableStream(new Printer(items, print), { highWaterMark: 0 }))
}

class Printer<Item> implements UnderlyingDefaultSource<string> {
  readonly #open: () => Iterator<Item> | AsyncIterator<Item>
  readonly #print: (item: Item, index: number) => string
  #items: Iterator<Item> | AsyncIterator<Item> | undefined
  #count = 0
  #isLeft = false
  #failure: { readonly error: unknown } | undefined

  constructor(items: Iterable<Item> | AsyncIterable<Item>, print: (item: Item, index: number) => string) {
    this.#open = () =>
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
    this.#print = print
  }

  async pull(controller: ReadableStreamDefaultController<string>): Promise<void> {
    if (this.#failure) throw this.#failure.error
    const { text, isEnd } = await this.#read()
    if (this.#isLeft) return
    if (text !== '') controller.enqueue(text)
    if (isEnd) controller.close()
  }

  async cancel(): Promise<void> {
    this.#isLeft = true
    await this.#end()
  }

  /** Not by way of a loop over the items, which would wait for the one that is awaited. */
  async #end(): Promise<void> {
    await this.#items?.return?.()
  }

  /** Reads until a chunk is full. A failure is kept for later when there is text to hand out first. */
  async #read(): Promise<{ readonly text: string; readonly isEnd: boolean }> {
    let text = ''
    try {
      this.#items ??= this.#open()
      while (text.length < CHUNK_CHARACTERS && !this.#isLeft) {
        const next = await this.#items.next()
        if (next.done) return { text, isEnd: true }
        text += this.#printed(next.value)
      }
    } catch (error) {
      if (text === '') throw error
      this.#failure = { error }
    }
    return { text, isEnd: false }
  }

  #printed(item: Item): string {
    try {
      return this.#print(item, this.#count++)
    } catch (error) {
      // The items did not fail, so they must be told; their answer would only hide this error.
      this.#end().catch(() => undefined)
      throw error
    }
  }
}
