import { InvalidArgumentError } from '@commander-js/extra-typings'

/** Reads a whole number from 1. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

/** The first of items; all of them without a limit. */
export async function* limited<Item>(
  items: AsyncIterable<Item>,
  limit: number | undefined,
): AsyncGenerator<Item, void, undefined> {
  let count = 0
  for await (const item of items) {
    yield item
    if (++count === limit) return
  }
}
