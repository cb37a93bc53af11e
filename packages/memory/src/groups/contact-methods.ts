import type { AdapterContactMethods } from '@anycontact/core/adapter-kit'
import type { Database } from '../store/index.ts'
import { forEach } from '../writes.ts'
import {
  createMethod,
  deleteMethod,
  findMethod,
  getMethod,
  getPrimaryMethod,
  listMethods,
  syncMethods,
  updateMethod,
} from './method-operations.ts'

/** The single addresses and numbers of contacts. */
export function createContactMethodsGroup(database: Database): Required<AdapterContactMethods> {
  return {
    async list(contactId, query, { call }) {
      call.signal.throwIfAborted()
      return listMethods(database, contactId, query)
    },
    async get(id, { call }) {
      call.signal.throwIfAborted()
      return getMethod(database, id)
    },
    async getByExternalId(externalId, { call }) {
      call.signal.throwIfAborted()
      return findMethod(database, 'externalId', (method) => method.externalId === externalId)
    },
    async getByMetadata(key, value, { call }) {
      call.signal.throwIfAborted()
      return findMethod(database, 'custom field', ({ customFields = {} }) => {
        return Object.hasOwn(customFields, key) && customFields[key] === value
      })
    },
    async create(contactId, input, { call }) {
      call.signal.throwIfAborted()
      return createMethod(database, contactId, input)
    },
    async createMany(contactId, inputs, options, { call }) {
      call.signal.throwIfAborted()
      return forEach(database, inputs, options, (input) => createMethod(database, contactId, input))
    },
    async update(id, patch, { call }) {
      call.signal.throwIfAborted()
      return updateMethod(database, id, patch)
    },
    async delete(id, { call }) {
      call.signal.throwIfAborted()
      deleteMethod(database, id)
    },
    async getPrimary(contactId, type, { call }) {
      call.signal.throwIfAborted()
      return getPrimaryMethod(database, contactId, type)
    },
    async setPrimary(id, { call }) {
      call.signal.throwIfAborted()
      return updateMethod(database, id, { primary: true })
    },
    async sync(contactId, methods, { call }) {
      call.signal.throwIfAborted()
      return syncMethods(database, contactId, methods)
    },
  }
}
