import { ContactsError } from '@anycontact/core'
import { sameJson } from '@anycontact/core/adapter-kit'
import { Kept } from './kept.ts'
import { type RandomBytes, randomText } from './random-text.ts'

/** What an answer goes on from: which query, and how far it was read. */
export interface Position<Place> {
  /** What was asked: the arguments that say which contacts, and in which order. */
  readonly query: Readonly<Record<string, unknown>>
  readonly place: Place
}

/** The cursors of one tool: names for positions, which are kept here, so that a cursor is short and holds nothing. */
export class Cursors<Place> {
  readonly #positions: Kept<Position<Place>>
  readonly #tool: string
  readonly #randomBytes: RandomBytes

  constructor(tool: string, most: number, randomBytes: RandomBytes) {
    this.#tool = tool
    this.#positions = new Kept(most)
    this.#randomBytes = randomBytes
  }

  /** Makes the cursor of a position. */
  open(position: Position<Place>): string {
    const cursor = randomText(this.#randomBytes, 8)
    this.#positions.set(cursor, position)
    return cursor
  }

  /**
   * Gives the position of a cursor.
   *
   * @param given - the query of the call: what is in it must be as it was
   * @throws ContactsError `invalid_input` for a cursor that is not known, or of another query
   */
  read(cursor: string, given: Position<Place>['query']): Position<Place> {
    const position = this.#positions.get(cursor)
    if (!position) {
      throw badCursor(
        `is none of ${this.#tool}, or an old one, or was changed. Give the last nextCursor as it is, or begin again without a cursor`,
      )
    }
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined && !sameJson(value, position.query[name])) {
        throw badCursor(
          `belongs to a query with another ${name}. Leave ${name} out to go on, or begin again without a cursor`,
        )
      }
    }
    return position
  }
}

function badCursor(problem: string): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The cursor ${problem}.`,
    issues: [{ path: 'cursor', message: problem }],
  })
}
