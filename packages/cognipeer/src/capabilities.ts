import type { Capabilities } from '@anycontact/core'

/**
 * `externalId` and `email` are the vendor's own lookups. `id` and `phone` go through a listing with a filter that leaves that one
 * contact, which costs one request as well.
 */
const lookup = { mode: 'native', by: ['id', 'externalId', 'email', 'phone'] } as const

const fields = ['externalId', 'name', 'email', 'phone', 'tags', 'status', 'customFields'] as const

const any = ['eq', 'ne', 'in', 'exists'] as const

/** What Cognipeer can do with contacts. It has no delete. */
export const capabilities = {
  list: {
    mode: 'native',
    pagination: 'page',
    maxPageSize: 100,
    complete: true,
    total: true,
    softDeletes: true,
    where: {
      id: ['eq', 'in'],
      externalId: any,
      name: any,
      email: any,
      phone: any,
      status: any,
      tags: any,
      deleted: ['eq', 'ne'],
      'customFields.*': ['eq', 'in', 'exists'],
    },
    orderBy: ['createdAt', 'updatedAt', 'name', 'email'],
  },
  get: lookup,
  find: lookup,
  create: { mode: 'native', fields },
  update: { ...lookup, fields },
  upsert: { mode: 'emulated', by: ['externalId', 'email', 'phone'], fields },
  search: { mode: 'emulated' },
  count: { mode: 'native' },
  createMany: { mode: 'emulated' },
  updateMany: { mode: 'emulated' },
  upsertMany: { mode: 'emulated' },
  request: { mode: 'native' },
} as const satisfies Capabilities
