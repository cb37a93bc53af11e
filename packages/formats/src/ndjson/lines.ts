/** A line of a file. */
export interface Line {
  /** Without its line end; empty where the line is too long to be kept. */
  readonly text: string
  /** Which line it is, from 1. */
  readonly line: number
  readonly isTooLong: boolean
}

/** A longer line is no contact, and is passed over without being kept: 16 million characters. */
export const MOST_CHARACTERS = 16 * 1024 * 1024

/**
 * Cuts text into lines, which end in a line feed, with or without a carriage return before it.
 *
 * @param parts - the text, cut anywhere
 * @returns the lines in the batches in which they are complete: a promise a line would cost more than the line
 */
export async function* readLines(
  parts: AsyncIterable<string>,
): AsyncGenerator<readonly Line[], void, undefined> {
  /** What has come of the line that is not complete; nothing where it is too long. */
  let begun: string[] = []
  let length = 0
  let line = 1
  const add = (text: string): void => {
    length += text.length
    if (length > MOST_CHARACTERS) begun = []
    else begun.push(text)
  }
  const complete = (): Line => {
    const isTooLong = length > MOST_CHARACTERS
    const text = begun.join('')
    begun = []
    length = 0
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, line: line++, isTooLong }
  }
  for await (const part of parts) {
    const lines: Line[] = []
    let start = 0
    for (let end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n', start)) {
      add(part.slice(start, end))
      lines.push(complete())
      start = end + 1
    }
    if (start < part.length) add(part.slice(start))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [complete()]
}
