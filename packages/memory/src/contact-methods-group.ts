import type { AdapterContactMethods } from '@anycontact/core'
import {
  createMethod,
  deleteMethod,
  findMethod,
  getMethod,
  getPrimaryMethod,
  listMethods,
  syncMethods,
  updateMethod,
} from './contact-method-operations.ts'
import type { Database } from './database.ts'
import { forEach } from './operations.ts'

/** The single addresses and numbers of contacts. */
export function createContactMethodsGroup(database: Database): Required<AdapterContactMethods> {
  return {
    async list(contactId, query, { signal }) {
      signal?.throwIfAborted()
      return listMethods(database, contactId, query)
    },
    async get(id, { signal }) {
      signal?.throwIfAborted()
      return getMethod(database, id)
    },
    async getByExternalId(externalId, { signal }) {
      signal?.throwIfAborted()
      return findMethod(database, 'externalId', (method) => method.externalId === externalId)
    },
    async getByMetadata(key, value, { signal }) {
      signal?.throwIfAborted()
      return findMethod(database, 'custom field', ({ customFields = {} }) => {
        return Object.hasOwn(customFields, key) && customFields[key] === value
      })
    },
    async create(contactId, input, { signal }) {
      signal?.throwIfAborted()
      return createMethod(database, contactId, input)
    },
    async createMany(contactId, inputs, options, { signal }) {
      signal?.throwIfAborted()
      return forEach(database, inputs, options, (input) => createMethod(database, contactId, input))
    },
    async update(id, patch, { signal }) {
      signal?.throwIfAborted()
      return updateMethod(database, id, patch)
    },
    async delete(id, { signal }) {
      signal?.throwIfAborted()
      deleteMethod(database, id)
    },
    async getPrimary(contactId, type, { signal }) {
      signal?.throwIfAborted()
      return getPrimaryMethod(database, contactId, type)
    },
    async setPrimary(id, { signal }) {
      signal?.throwIfAborted()
      return updateMethod(database, id, { primary: true })
    },
    async sync(contactId, methods, { signal }) {
      signal?.throwIfAborted()
      return syncMethods(database, contactId, methods)
    },
  }
}
