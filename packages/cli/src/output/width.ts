import stringWidth from 'fast-string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const ELLIPSIS = '…'

/**
 * How many columns of a terminal a text takes: two for a wide character (CJK, emoji), none for a mark on another one. Added up by
 * what is read as one character, so that the width of a line is that of its parts.
 */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += stringWidth(segment)
  return width
}

/** Cuts text to a width, never within a character; what was cut ends in `…`. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let used = 0
  let end = 0
  for (const { segment, index } of graphemes.segment(text)) {
    used += stringWidth(segment)
    if (used > width - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end)}${ELLIPSIS}`
}
