import { type CognipeerContacts, type CognipeerOptions, cognipeer as make } from '@anycontact/cognipeer'
import { watched } from './watch.ts'

export * from '@anycontact/cognipeer'

/** The package's factory, whose clients tell the page when they wait. */
export const cognipeer: (options: CognipeerOptions) => CognipeerContacts = watched(make)
