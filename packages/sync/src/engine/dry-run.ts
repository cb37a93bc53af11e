import type { Contact, ContactInput, ContactPatch } from '@anycontact/core'
import type { SyncClient, SyncPlan } from '../project/plan.ts'

/** A plan whose clients read as they are and write nothing: a write gives the contact that it asks for. */
export function readOnly(plan: SyncPlan): SyncPlan {
  return { ...plan, source: withoutWrites(plan.source), target: withoutWrites(plan.target) }
}

function withoutWrites(client: SyncClient): SyncClient {
  let made = 0
  const { provider } = client
  const create = async (input: ContactInput): Promise<Contact> =>
    asIfStored(provider, `dry-run-${++made}`, input)
  return {
    ...client,
    ...(client.create && { create }),
    ...(client.update && {
      update: async (ref: { readonly id: string }, patch: ContactPatch) =>
        asIfStored(provider, ref.id, patch),
    }),
    ...(client.upsert && {
      upsert: async (input: ContactInput) => ({ contact: await create(input), outcome: 'created' }),
    }),
    ...(client.delete && { delete: async () => {} }),
  } as SyncClient // the same operations, for every reference and input that the engine gives
}

/** The contact that a provider would answer if it kept everything as it is written. */
function asIfStored(provider: string, id: string, written: ContactInput | ContactPatch): Contact {
  const { contactMethods, customFields, ...fields } = written
  const given = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  )
  const custom = Object.entries(customFields ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return {
    ...given,
    provider,
    id: 'id' in given && typeof given.id === 'string' ? given.id : id,
    contactMethods: (contactMethods ?? []).map(
      (method) => ({ ...method, primary: method.primary ?? false }) as Contact['contactMethods'][number],
    ),
    customFields: Object.fromEntries(custom) as Contact['customFields'], // what is written as JSON is JSON
    raw: undefined,
  }
}
