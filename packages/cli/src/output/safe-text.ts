/**
 * Control characters, which a terminal obeys, and those that turn the direction of text around: C0 and C1, DEL, the line and
 * paragraph separators, and Unicode's bidirectional embeddings, overrides and isolates.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The same without line breaks and tabs, for text that has more than one line. */
const UNSAFE_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Makes text of others safe to show on one line of a terminal: each control character is shown as its symbol (`␛`), others by
 * their number.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, shown)
}

/**
 * A value as one line of JSON. What a terminal would obey is escaped, which says the same in JSON, so that it is safe wherever it is
 * printed.
 */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(UNSAFE, escaped)}\n`
}

/** Makes text that has line breaks of its own safe to show on a terminal. CR before LF stays. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE_BUT_LINES, (character, at: number) =>
    character === '\r' && text[at + 1] === '\n' ? character : shown(character),
  )
}

function shown(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return escaped(character)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
