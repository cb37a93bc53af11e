import { ContactsError } from '@anycontact/core'
import type { ExampleCrmApi } from './api/index.ts'
import type { Methods } from './capabilities.ts'
import type { Mapping } from './mapping.ts'

/** Makes what looks people up, by any key that the CRM knows; those that are archived are not found. */
export function createLookup(api: ExampleCrmApi, { toContact, propertyOf }: Mapping): Methods<'get'> {
  return {
    get: async ({ key, value }, { call }) =>
      toContact(await api.json('getPerson', { params: { property: propertyOf(key), value } }, call)),
  }
}

/** Makes `undefined` of a look-up that found nothing. */
export function unlessMissing(error: unknown): undefined {
  if (!ContactsError.is(error) || error.code !== 'not_found') throw error
}
