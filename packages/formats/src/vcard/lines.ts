import { isBegin, isEnd, isQuotedPrintable } from './cards.ts'
import type { VCardVersion } from './escape.ts'

/** A line of a card, of which the folds have been undone. */
export interface ContentLine {
  readonly raw: string
  /** Its place in the card, from 0. */
  readonly index: number
}

const BASE64_HEAD = /^[^:]*;(?:ENCODING=)?(?:BASE64|B)[;:]/i
const BASE64_LINE = /^[A-Za-z0-9+/]+=*[ \t]*$/

/** The version that a card says it has; 3.0 where it says none that is known. */
export function versionOf(lines: readonly string[]): VCardVersion {
  const said = lines.find((line) => /^VERSION[;:]/i.test(line))
  if (said && /:[ \t]*2\.1[ \t]*$/.test(said)) return '2.1'
  return said && /:[ \t]*4\.0[ \t]*$/.test(said) ? '4.0' : '3.0'
}

/**
 * Undoes the folds of a card.
 *
 * @param lines - its lines, the first and the last included
 * @returns what is between them; of cards within the card nothing
 */
export function unfold(lines: readonly string[], version: VCardVersion): readonly ContentLine[] {
  const found: ContentLine[] = []
  let depth = 0
  let current: { parts: string[]; index: number } | undefined
  let isSoft = false
  // A folded line goes on behind it, where line ends were written twice; what is not indented does not.
  let isAfterBlank = false
  const finish = (): void => {
    if (current) found.push({ raw: current.parts.join(''), index: current.index })
    current = undefined
    isSoft = false
    isAfterBlank = false
  }
  // The end of the card is that also where the line before it would go on.
  const count = isEnd(lines.at(-1) ?? '') ? lines.length - 1 : lines.length
  for (let index = 1; index < count; index++) {
    const line = lines[index] ?? ''
    if (current && isSoft) {
      isSoft = line.endsWith('=')
      current.parts.push(isSoft ? line.slice(0, -1) : line)
    } else if (current && /^[ \t]/.test(line)) {
      isSoft = line.endsWith('=') && isQuotedPrintable(current.parts[0] ?? '')
      const part = isSoft ? line.slice(0, -1) : line
      // In vCard 2.1 a line is folded before white space, which stays.
      current.parts.push(version === '2.1' ? part : part.slice(1))
    } else if (current && !isAfterBlank && isBase64(current.parts[0] ?? '', line)) current.parts.push(line)
    else if (line === '') isAfterBlank = true
    else {
      finish()
      if (isBegin(line)) depth++
      else if (isEnd(line)) depth--
      else if (depth === 0 && line.trim() !== '') {
        isSoft = line.endsWith('=') && isQuotedPrintable(line)
        current = { parts: [isSoft ? line.slice(0, -1) : line], index }
      }
    }
  }
  finish()
  return found
}

/** Whether a line goes on with what some software does not indent. */
function isBase64(head: string, line: string): boolean {
  return BASE64_LINE.test(line) && BASE64_HEAD.test(head)
}
