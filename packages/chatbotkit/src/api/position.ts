/** A place in a listing: the last contact seen. Its time lets a listing go on when that contact has been deleted. */
export interface Position {
  readonly id: string
  /** Milliseconds since the epoch; absent for a cursor of the vendor's own, which is a bare id. */
  readonly createdAt?: number
}

/** Tells whether a record comes after a position in a listing's order: by creation time, then by id. */
export function isBeyond(record: Position, position: Position, order: 'asc' | 'desc'): boolean {
  const [a, b] = order === 'asc' ? [record, position] : [position, record]
  const [timeA, timeB] = [a.createdAt ?? 0, b.createdAt ?? 0]
  return timeA === timeB ? a.id > b.id : timeA > timeB
}

/** Reads a raw record's position; `undefined` when it has no id. */
export function positionOf(record: unknown): Position | undefined {
  if (typeof record !== 'object' || record === null) return undefined
  const id: unknown = Reflect.get(record, 'id')
  const createdAt: unknown = Reflect.get(record, 'createdAt')
  if (typeof id !== 'string' || id === '') return undefined
  return typeof createdAt === 'number' ? { id, createdAt } : { id }
}
