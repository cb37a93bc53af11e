import { type Item, marksOf, newOne, type Operation, single, theOne } from '../operation.ts'
import type { Person } from '../people.ts'

/** `request`: a read, a write, and a write that is said to be harmless when it is done twice. */
export const BY_HAND: readonly Operation[] = [
  {
    name: 'request, a GET',
    of: 'request',
    kind: 'read',
    prepare(world, slot) {
      const request = world.kit.byHand.read(theOne(world, slot))
      // What stands in the answer is the vendor's business.
      return single({ marks: [], complaint: () => undefined }, () => world.client.request(request))
    },
  },
  {
    name: 'request, a POST',
    of: 'request',
    kind: 'create',
    prepare(world, slot) {
      const person = newOne(world, slot)
      const { path, json } = world.kit.byHand.create(person)
      return single(isThere(person, person.email, 1), () =>
        world.client.request({ method: 'POST', path, json }),
      )
    },
  },
  {
    name: 'request, idempotent',
    of: 'request',
    kind: 'change',
    prepare(world, slot) {
      const person = theOne(world, slot)
      const request = world.kit.byHand.change(person)
      return single(isThere(person, world.kit.patched(person)), () =>
        world.client.request(request, { idempotent: true }),
      )
    },
  },
]

/** Somebody of whom a text is stored. @param times - in how many rows. @default any */
function isThere(person: Person, text: string, times?: number): Item {
  return {
    marks: marksOf(person),
    complaint(_, rows) {
      const isAbout = (row: string): boolean => marksOf(person).some((mark) => row.includes(mark))
      const found = rows.filter((row) => isAbout(row) && row.includes(text)).length
      return found > 0 && found === (times ?? found) ? undefined : `it is stored ${found} times`
    },
  }
}
