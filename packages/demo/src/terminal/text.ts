import stringWidth from 'string-width'

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * How many columns of a terminal text takes: 2 for Chinese characters and emoji, 0 for accents that are characters of their own.
 *
 * @param text - one line, with or without escape codes for colours
 */
export function displayWidth(text: string): number {
  return stringWidth(text)
}

/**
 * Makes text from data safe to print in a cell: line ends are shown as `↵`, other control characters are left out.
 *
 * @param text - anything
 */
export function oneLine(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, '↵').replaceAll(/\p{Cc}/gu, '')
}

/**
 * Cuts text that is too wide, never inside a character that people see as one.
 *
 * @param text - one line without escape codes
 * @param width - how many columns there are, 2 or more
 */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  return fitting(text, width - displayWidth(ELLIPSIS)).trimEnd() + ELLIPSIS
}

/**
 * Breaks text into lines at blanks; a word that is wider than a line is broken too. Nothing but blanks is lost. A
 * character that is wider than a line has a line of its own.
 *
 * @param text - one line without escape codes
 * @param width - how many columns there are, 2 or more
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (displayWidth(line) > width) {
      const part = fitting(line, width) || firstCharacter(line)
      lines.push(part)
      line = line.slice(part.length)
    }
  }
  return [...lines, line]
}

/** As many characters from the beginning as fit. */
function fitting(text: string, width: number): string {
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (displayWidth(kept + segment) > width) break
    kept += segment
  }
  return kept
}

function firstCharacter(text: string): string {
  const [first] = graphemes.segment(text)
  return first?.segment ?? text
}

/**
 * Fills text up with blanks to a width.
 *
 * @param side - where the text goes
 */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'left' ? text + blanks : blanks + text
}
