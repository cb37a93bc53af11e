/** The versions of vCard. */
export type VCardVersion = '2.1' | '3.0' | '4.0'

/** What has to be escaped, and what is by habit. */
const ESCAPED = /\\([\\,;:"nN])/g
/** vCard 2.1 escapes semicolons; what writes it escapes the others too, but for line ends. */
const ESCAPED_IN_21 = /\\([\\,;:])/g

/** The text that a value stands for. Line ends are line feeds. */
export function unescapeText(value: string, version: VCardVersion): string {
  const text = value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value
  if (!text.includes('\\')) return text
  return text.replace(version === '2.1' ? ESCAPED_IN_21 : ESCAPED, (_, sign: string) =>
    sign === 'n' || sign === 'N' ? '\n' : sign,
  )
}

/** A text as a value. A line end becomes one that stays within its line. */
export function escapeText(text: string): string {
  return text.replace(/[\\,;]|\r\n?|\n/g, (sign) => (/[\r\n]/.test(sign) ? '\\n' : `\\${sign}`))
}

/** A URI as a value: commas and semicolons are part of it. */
export function escapeUri(uri: string): string {
  return uri.replace(/\\|\r\n?|\n/g, (sign) => (sign === '\\' ? '\\\\' : '\\n'))
}

/** The parts of a value that a sign stands between, unless it is escaped. The parts are still escaped. */
export function splitValue(value: string, sign: ',' | ';'): readonly string[] {
  if (!value.includes('\\')) return value.split(sign)
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++
    else if (value[at] === sign) {
      parts.push(value.slice(start, at))
      start = at + 1
    }
  }
  parts.push(value.slice(start))
  return parts
}
