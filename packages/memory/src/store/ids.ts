import { ContactsError } from '@anycontact/core'

/** What an id is for. */
export type MemoryIdKind =
  | 'contact'
  | 'contactMethod'
  | 'conversation'
  | 'comment'
  | 'file'
  | 'activity'
  | 'notification'
  | 'avatar'

/** Gives the next id of a kind. One that is taken is asked for again. */
export type MemoryIds = (kind: MemoryIdKind) => string

/** Counts within each kind: `mem_000001` for contacts, `contactMethod_000001` and so on for the rest. */
export function countingIds(): MemoryIds {
  const counts = new Map<MemoryIdKind, number>()
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${kind === 'contact' ? 'mem' : kind}_${String(count).padStart(6, '0')}`
  }
}

/**
 * The next id that is free.
 *
 * @param taken - how many ids of the kind there are: a generator that repeats nothing gives a free one after so many
 * @throws ContactsError `config` when the generator repeats itself, or gives no text
 */
export function freeId(
  ids: MemoryIds,
  kind: MemoryIdKind,
  taken: number,
  isTaken: (id: string) => boolean,
): string {
  for (let tries = 0; tries <= taken; tries++) {
    const id: unknown = ids(kind)
    if (typeof id !== 'string' || id.trim() === '') {
      throw new ContactsError({ code: 'config', message: 'The ids option must give text that is not blank.' })
    }
    if (!isTaken(id)) return id
  }
  throw new ContactsError({
    code: 'config',
    message: 'The ids option gives ids that are taken: every call must give another one.',
  })
}
