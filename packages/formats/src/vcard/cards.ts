/** A card as it is cut out of its file, or what stands between cards. */
export interface CutCard {
  /** Its lines, without line ends; those of a card that is too long are not kept. */
  readonly lines: readonly string[]
  /** The line in which it begins, from 1. */
  readonly line: number
  /** What keeps it from being read. */
  readonly problem?: 'is no card' | 'has no end' | 'is too long'
}

/** A card is not longer than this: what has no end is not kept in memory. */
const MOST_CHARACTERS = 20_000_000
/** Stands for a line that is longer than a card can be: no line of a file holds a line end. */
const TOO_LONG = '\n'

const BEGIN = /^(?:\ufeff|\u00ef\u00bb\u00bf)?BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/i
const END = /^END[ \t]*:[ \t]*VCARD[ \t]*$/i
/** The property of vCard 2.1 that a card within a card follows. */
const AGENT = /^(?:[\w-]+\.)?AGENT(?:;[^:]*)?:[ \t]*$/i
const QUOTED_PRINTABLE = /^[^:]*;(?:ENCODING=)?"?QUOTED-PRINTABLE"?[^:]*:/i

/** Whether a line begins a card. */
export function isBegin(line: string): boolean {
  return BEGIN.test(line)
}

/** Whether a line ends a card. */
export function isEnd(line: string): boolean {
  return END.test(line)
}

/** Whether a line goes on in the next one, as quoted-printable does. */
export function isQuotedPrintable(line: string): boolean {
  return QUOTED_PRINTABLE.test(line)
}

/** Cuts a file into cards. */
export class CardCutter {
  /** What the line that has not ended consists of. */
  #pieces: string[] = []
  #pieceSize = 0
  #lineCount = 0
  /** A line feed that comes next belongs to the carriage return before. */
  #isAfterReturn = false
  #open: OpenCard | undefined

  /** Takes the next part of the file, and gives the cards that end in it. */
  push(part: string): readonly CutCard[] {
    if (part === '') return []
    const text = this.#isAfterReturn && part.startsWith('\n') ? part.slice(1) : part
    this.#isAfterReturn = part.endsWith('\r')
    const lines = text.split(/\r\n|\n|\r/)
    const rest = lines.pop() ?? ''
    if (lines.length > 0) {
      lines[0] = this.#pieces.join('') + lines[0]
      this.#pieces = []
      this.#pieceSize = 0
    }
    this.#pieceSize += rest.length
    if (this.#pieceSize <= MOST_CHARACTERS) this.#pieces.push(rest)
    // A line that is too long is not kept, and makes what it is in too long.
    else this.#pieces = [TOO_LONG]
    return lines.flatMap((line) => this.#take(line))
  }

  /** Gives what is left at the end of the file. */
  end(): readonly CutCard[] {
    const rest = this.#pieces.join('')
    const cards = rest === '' ? [] : this.#take(rest)
    const left = this.#open?.leave()
    return left ? [...cards, left] : cards
  }

  #take(line: string): readonly CutCard[] {
    this.#lineCount++
    const open = this.#open
    if (open?.isCard) {
      const next = open.add(line)
      if (next === 'goes on') return []
      this.#open = next === 'begins' ? new OpenCard(line, this.#lineCount, true) : undefined
      return [next === 'begins' ? open.leave() : open.close()]
    }
    if (isBegin(line)) {
      this.#open = new OpenCard(line, this.#lineCount, true)
      return open ? [open.leave()] : []
    }
    if (open) open.add(line)
    else if (line.trim() !== '') this.#open = new OpenCard(line, this.#lineCount, false)
    return []
  }
}

/** A card, or what stands between cards, of which the end has not been seen. */
class OpenCard {
  readonly isCard: boolean
  readonly #line: number
  readonly #lines: string[]
  #size: number
  /** How many cards within it are open. */
  #depth = 0
  #isAgent = false
  #isQuoted = false
  /** Whether the line goes on in the next, whatever that looks like. */
  #isSoft = false

  constructor(line: string, lineCount: number, isCard: boolean) {
    this.isCard = isCard
    this.#line = lineCount
    this.#lines = [line]
    this.#size = sizeOf(line)
  }

  /** Takes a line; says whether the card ends with it, or another card begins before this one has ended. */
  add(line: string): 'goes on' | 'ends' | 'begins' {
    // Where a file was cut in the middle of a line, and another was put behind it, the next card begins all the same.
    const isInside = (this.#isSoft && !isBegin(line)) || /^[ \t]/.test(line)
    if (!isInside) {
      if (isBegin(line) && this.isCard) {
        if (!this.#isAgent) return 'begins'
        this.#depth++
      }
      if (line !== '') this.#isAgent = AGENT.test(line)
      this.#isQuoted = isQuotedPrintable(line)
    }
    this.#isSoft = this.#isQuoted && line.endsWith('=')
    this.#size += sizeOf(line)
    if (this.#size <= MOST_CHARACTERS) this.#lines.push(line)
    else this.#lines.length = 0
    if (isInside || !isEnd(line)) return 'goes on'
    if (this.#depth === 0) return 'ends'
    this.#depth--
    return 'goes on'
  }

  close(): CutCard {
    const card = { lines: this.#lines, line: this.#line }
    return this.#size > MOST_CHARACTERS ? { ...card, problem: 'is too long' } : card
  }

  /** The card as far as it goes. */
  leave(): CutCard {
    const card = this.close()
    // Software that breaks a line softly before the end of its card means the end of the card.
    if (this.isCard && this.#depth === 0 && isEnd(this.#lines.at(-1) ?? '')) return card
    return { problem: this.isCard ? 'has no end' : 'is no card', ...card }
  }
}

function sizeOf(line: string): number {
  return line.startsWith(TOO_LONG) ? Number.POSITIVE_INFINITY : line.length + 1
}
