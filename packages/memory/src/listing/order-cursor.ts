import { badCursor, parseCursor } from '../store/index.ts'
import type { Order, OrderKey } from './order.ts'

/** The cursor of a page in another order: the order, and where its last contact stands in it. */
export function writeOrderCursor({ field, direction }: Order, { value, position }: OrderKey): string {
  return JSON.stringify([field, direction, value ?? null, position])
}

/** Reads a cursor back. @throws ContactsError `invalid_input` for text that is none, or one of another order */
export function readOrderCursor(order: Order, cursor: string): OrderKey {
  const [field, direction, value, position] = parseCursor(cursor)
  if (field !== order.field || direction !== order.direction || typeof position !== 'number')
    throw badCursor()
  if (value === null) return { value: undefined, position }
  if (typeof value !== 'string') throw badCursor()
  return { value, position }
}
