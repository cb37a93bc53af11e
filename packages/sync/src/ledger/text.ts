const NEEDS_ESCAPE = /[\\\0\p{Surrogate}]/u
const ESCAPABLE = /[\\\0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const ESCAPED = /\\u([0-9a-f]{4})/g

/**
 * Text as a store keeps it, where the store takes neither a NUL nor half of a surrogate pair: SQLite's drivers cut at the first and
 * replace the second, PostgreSQL refuses both. Those and backslashes become `\u` and four digits; all other text stays as it is.
 * Different texts stay different.
 */
export function storedText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text.replace(ESCAPABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** What {@link storedText} was made of. */
export function givenText(stored: string): string {
  if (!stored.includes('\\')) return stored
  return stored.replace(ESCAPED, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
