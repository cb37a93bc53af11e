/** What is escaped: control and format characters, all that shows nothing, and halves of a pair. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** What may stand alone between two characters that are seen: the joiners of Persian and of emoji, and the choice of an emoji's look. */
const JOINERS = /^(?:\u200C|\u200D|\uFE0E|\uFE0F)$/

/**
 * Makes text whose every character can be seen: no control character, no change of direction, none of the invisible characters in
 * which messages are hidden. Each becomes `[U+202E]`; line ends and tabs stay.
 */
function safeText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, (character, at: number, whole: string) => {
    if (character === '\n' || character === '\t') return character
    if (JOINERS.test(character) && isSeen(whole[at - 1]) && !JOINERS.test(whole[at + 1] ?? ''))
      return character
    const code = character.codePointAt(0) ?? 0
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
}

/** Whether the last unit before a joiner belongs to a character that is seen. */
function isSeen(unit: string | undefined): boolean {
  if (unit === undefined) return false
  // The second half of an emoji, or of a tag: a tag has been escaped itself, so a joiner behind it hides nothing more.
  if (/[\uDC00-\uDFFF]/.test(unit)) return true
  return unit === '\uFE0F' || !/[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(unit)
}

/** Text that was cut short, or not. */
export interface CutText {
  readonly text: string
  readonly isCut: boolean
}

/** What is put behind text that was cut short. It can be written by anyone: that a field was cut is told beside it, too. */
const cutMark = (length: number): string => `… [cut: ${length} characters]`

/**
 * Makes text safe, and cuts it where it would take more room.
 *
 * @param room - how many characters it may take in an answer, as {@link toJsonText} writes it; the mark comes on top
 */
export function cutText(text: string, room: number): CutText {
  // Nothing gets shorter by being made safe but line ends, whose two characters stay two in JSON.
  const safe = safeText(text.slice(0, room + 1))
  let taken = 0
  let end = 0
  for (const character of safe) {
    taken += roomOf(character)
    if (taken > room) return { text: `${safe.slice(0, end)}${cutMark(text.length)}`, isCut: true }
    end += character.length
  }
  return { text: safe, isCut: false }
}

function roomOf(character: string): number {
  if (character === '<' || character === '>') return 6
  return /["\\\n\t]/.test(character) ? 2 : character.length
}

/** JSON in which no tag can be read, so that text cannot end what an application puts around it. The same JSON when it is parsed. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[<>]/g, (sign) => (sign === '<' ? '\\u003c' : '\\u003e'))
}
