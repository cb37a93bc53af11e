/** A line is not longer than this, its line end apart. */
const MOST_OCTETS = 75
/** What vCard takes for no line end, and some software does. */
const LIKE_LINE_ENDS = ['\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029']

/**
 * Prints a line, folded between characters. After a character that some software takes for a line end it is folded as well, so that
 * what follows is no property there either.
 *
 * @param line - a whole line: what ends a line in vCard has been escaped in it
 */
export function printLine(line: string): string {
  if (line.length <= MOST_OCTETS / 3 && !LIKE_LINE_ENDS.some((sign) => line.includes(sign)))
    return `${line}\r\n`
  let printed = ''
  let start = 0
  let at = 0
  let room = MOST_OCTETS
  for (const sign of line) {
    const octets = octetsOf(sign.codePointAt(0) ?? 0)
    if (octets > room) {
      printed += `${line.slice(start, at)}\r\n `
      start = at
      // One is taken by the blank.
      room = MOST_OCTETS - 1
    }
    room = LIKE_LINE_ENDS.includes(sign) ? 0 : room - octets
    at += sign.length
  }
  return `${printed}${line.slice(start)}\r\n`
}

function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
