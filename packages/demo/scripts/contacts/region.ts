/** Where a made-up person lives, and what people are called there. */
export interface Region {
  readonly country: string
  /** How many people, in relation to the other regions. */
  readonly weight: number
  readonly cities: readonly string[]
  /**
   * Phone numbers with an `X` for each digit to make up. Ranges that are set aside for fiction where the country has one,
   * else numbers with 555 in them. Without `+` they are national numbers of the United States.
   */
  readonly phones: readonly string[]
  /** Given names; those in another script have their Latin spelling after a bar. */
  readonly given: readonly string[]
  /** Family names, likewise. */
  readonly family: readonly string[]
  /** How a full name is put together. @default `given family` */
  readonly order?: 'family given' | 'familygiven'
}

/** A list of words with commas between. */
export const words = (text: string): readonly string[] => text.split(',').map((word) => word.trim())
