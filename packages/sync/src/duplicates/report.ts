/** A contact that is like another one. */
export interface DuplicateContact {
  readonly provider: string
  readonly id: string
  readonly name?: string
  readonly email?: string
  readonly phone?: string
}

/** Contacts that have an email address or a phone number in common: any two of them are a pair. */
export interface SharedKeyReason {
  readonly why: 'email' | 'phone'
  readonly contacts: readonly DuplicateContact[]
  /** What they have in common, in the form that keys are compared by. */
  readonly detail: string
}

/**
 * Contacts whose names are like each other, and that share something else: any two of them are a pair. Contacts with the same name are
 * one reason; of two different names that are like each other one contact each stands for all that have it.
 */
export interface SimilarNameReason {
  readonly why: 'name'
  readonly contacts: readonly DuplicateContact[]
  /** How like the names are, up to 1 for the same words. */
  readonly similarity: number
  /** What else they share. */
  readonly within: 'email' | 'phone' | 'domain'
  /** That email address or phone number, or the domain of their addresses and the surname. */
  readonly detail: string
}

/** Why contacts may be one. */
export type DuplicateReason = SharedKeyReason | SimilarNameReason

/** Contacts that may be one, each of them like at least one other of them. */
export interface DuplicateGroup {
  /** In the order of their providers and ids. */
  readonly contacts: readonly DuplicateContact[]
  /** Why. Two contacts of the group that no reason has both of are joined by others of the group. */
  readonly reasons: readonly DuplicateReason[]
}

/** Something that so many contacts share that it does not make them duplicates, such as the number of a switchboard. */
export interface Crowd {
  readonly share: 'email' | 'phone' | 'domain'
  /** The email address or the phone number, or the domain and the surname. */
  readonly detail: string
  readonly contacts: readonly DuplicateContact[]
  /**
   * Whether names in it were compared: `all` with all others, `some` only with their neighbours in the alphabet, which find the same
   * names and most of those that are like each other; `none`, because it is too large to mean anything, or names were not asked for.
   */
  readonly names: 'all' | 'some' | 'none'
}

/** What {@link findDuplicates} found. */
export interface DuplicateReport {
  /** How many contacts were looked at. Those that the provider keeps as deleted are not. */
  readonly read: number
  readonly groups: readonly DuplicateGroup[]
  /** What so many contacts share that it joined none of them, or that names within it were not all compared. */
  readonly crowds: readonly Crowd[]
  /**
   * Whether every contact was read, as `Pager.complete` says; `undefined` where that is not known. Where it is not `true`, there may be
   * more duplicates.
   */
  readonly complete: boolean | undefined
}
