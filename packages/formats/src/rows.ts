import type { ContactInput, ContactsError } from '@anycontact/core'

/**
 * A contact that was read, and where it stands.
 *
 * @typeParam C - the contact
 */
export interface GoodRow<C extends ContactInput = ContactInput> {
  /** What was read, ready to be written. */
  readonly contact: C
  /** Never there, so that `row.error` tells the two kinds of rows apart. */
  readonly error?: undefined
  /** The line of the file in which it begins, from 1. */
  readonly line: number
  /** What the file has of the contact and was not read, in words and without values; absent where that is nothing. */
  readonly notes?: readonly string[]
}

/** What is no contact, and why. */
export interface BadRow {
  /** Never there, so that `row.contact` tells the two kinds of rows apart. */
  readonly contact?: undefined
  /** What is wrong with it; holds nothing that is in the file but names of columns, members or properties. */
  readonly error: ContactsError
  /** The line of the file in which it begins, from 1. */
  readonly line: number
  /** Never there: nothing of it was read. */
  readonly notes?: undefined
}

/**
 * What a reader gives for each row or record of a file.
 *
 * @typeParam C - the contact
 */
export type ContactRow<C extends ContactInput = ContactInput> = GoodRow<C> | BadRow

/**
 * The contact of a row's type.
 *
 * @typeParam Row - the rows of a reader
 */
export type ContactOfRow<Row extends ContactRow> = Row extends {
  readonly contact: infer C extends ContactInput
}
  ? C
  : never
