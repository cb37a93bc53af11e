/** What is synced of a contact, whichever provider has it. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly plan: string
}

/** A contact as one provider has it. */
export interface Stored extends Person {
  /** The provider's id. */
  readonly id: string
  /** By which the sides find each other. */
  readonly key: string
}

/** The person of a number, as whoever makes it first has it. */
export function personOf(number: number): Person {
  return {
    name: `Ana Souza ${number}`,
    email: `ana.${number}@example.com`,
    plan: number % 3 === 0 ? 'pro' : 'free',
  }
}

/** The external id of a number: long enough to be ChatBotKit's fingerprint as it is. */
export function externalIdOf(number: number): string {
  return `anycontact-user-${String(number).padStart(8, '0')}`
}

/** The whole numbers from one up to another, without that one. */
export function numbers(from: number, to: number): readonly number[] {
  return Array.from(
    { length: Math.max(0, Math.floor(to) - Math.floor(from)) },
    (_, index) => Math.floor(from) + index,
  )
}
