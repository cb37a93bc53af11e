/** Somebody whom an operation is about. */
export interface Person {
  /** The vendor's id, where the person is there already or the caller chooses it. */
  readonly id: string
  readonly externalId: string
  readonly name: string
  readonly email: string
  readonly phone: string
  /** What the person is called after an update. */
  readonly newName: string
  readonly newEmail: string
}

/** How many calls go out at once. */
export const AT_ONCE = 8
/** How many items a batch has. */
export const BATCH_SIZE = 3
/** How many people each provider has at first: as many as the batches of all calls name. */
export const SEEDED = AT_ONCE * BATCH_SIZE

/** When those were made who are there at first, in milliseconds since 1970: long before anything happens. */
export const SEEDED_AT = Date.UTC(2025, 0, 1)

/** The person with a number: the first {@link SEEDED} are there at first, the others are not. */
export function person(index: number, idOf: (digits: string) => string): Person {
  const digits = String(index).padStart(3, '0')
  return {
    id: idOf(digits),
    externalId: `customer-number-${digits}`,
    name: `Zoë Quux${digits}`,
    email: `quux${digits}@people.example`,
    phone: `+1415555${2600 + index}`,
    newName: `Zora Corge${digits}`,
    newEmail: `corge${digits}@people.example`,
  }
}
