import type { Placed } from './contact-table.ts'
import type { Order, OrderKey } from './order.ts'
import { invalidInput } from './problems.ts'

/** The cursor of a page in the order in which the contacts were added: the position of its last one. */
export function writeCursor({ position }: Pick<Placed, 'position'>): string {
  return JSON.stringify([position])
}

/** Reads a cursor back. @throws ContactsError `invalid_input` for text that is none */
export function readCursor(cursor: string): number {
  const [position, ...rest] = parse(cursor)
  if (typeof position !== 'number' || rest.length > 0) throw badCursor()
  return position
}

/** The cursor of a page in another order: the order, and where its last contact stands in it. */
export function writeOrderCursor({ field, direction }: Order, { value, position }: OrderKey): string {
  return JSON.stringify([field, direction, value ?? null, position])
}

/** Reads a cursor back. @throws ContactsError `invalid_input` for text that is none, or one of another order */
export function readOrderCursor(order: Order, cursor: string): OrderKey {
  const [field, direction, value, position] = parse(cursor)
  if (field !== order.field || direction !== order.direction || typeof position !== 'number')
    throw badCursor()
  if (value === null) return { value: undefined, position }
  if (typeof value !== 'string') throw badCursor()
  return { value, position }
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(cursor)
    if (Array.isArray(parsed)) return parsed
  } catch {
    // Not JSON, so not a cursor.
  }
  throw badCursor()
}

function badCursor(): Error {
  return invalidInput([
    { path: 'cursor', message: 'is no cursor of this listing: pass the nextCursor of its last page' },
  ])
}
