import type { ContactsError } from '@anycontact/core'
import * as kit from '@anycontact/core/adapter-kit'

/** The name that stands in every contact and error. */
export const PROVIDER = 'example-crm'
export const { badRecord } = kit.providerErrors(PROVIDER)

/** Reads `{ error: { code, message } }`. The status of `taken` is 400, and `no_person` can be said of an item of a batch. */
export const classify = kit.errorClassifier({
  read: ({ error }) => (kit.isPlainObject(error) ? { code: error.code, message: error.message } : undefined),
  codes: { taken: 'conflict', no_person: 'not_found' },
  foreign404: 'bad_response',
})

/** The error of an item that a batch refused. */
export function refused(error: object, item: unknown, call: kit.CallSettings): ContactsError {
  const said = classify({ status: 400, headers: new Headers(), json: { error }, text: '' })
  return kit.itemError({ provider: PROVIDER, call, item, ...said })
}
