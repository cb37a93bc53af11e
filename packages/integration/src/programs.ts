import { type ContactInput, ContactsError, type ContactsWith } from '@anycontact/core'

// Programs that know of no provider. Each names the operations that it needs; a client that has them can be given to it.

/** Operations that every provider has. */
export type Readable = ContactsWith<'list' | 'get' | 'find' | 'search' | 'count' | 'update'>

/** Operations of a provider that can take contacts in. */
export type Importable = ContactsWith<'list' | 'upsert' | 'upsertMany'>

/** Operations of a provider that can forget contacts. */
export type Deletable = ContactsWith<'count' | 'find' | 'delete'>

/** A provider whose contacts can be made with what the caller says. */
export type Creatable = ContactsWith<'create'>

/** What a contact is at every provider: its addresses. */
export interface Addresses {
  readonly email: string | undefined
  readonly phone: string | undefined
}

/** What {@link readAndUpdate} has seen. */
export interface Reading {
  readonly listed: readonly Addresses[]
  readonly filtered: readonly Addresses[]
  readonly got: Addresses
  readonly found: Addresses | undefined
  readonly notFound: Addresses | undefined
  readonly searched: readonly Addresses[]
  readonly counts: readonly number[]
  readonly updated: Addresses
  readonly afterwards: Addresses
  readonly unknownId: string | undefined
}

/** Reads contacts in every way there is, and changes one. */
export async function readAndUpdate(contacts: Readable, email: string, newPhone: string): Promise<Reading> {
  const listed = await contacts.list().toArray()
  // Where a provider does not look up by email itself, its listing may be read.
  const found = await contacts.find({ email }, { scan: true })
  if (!found) throw new Error('It was there a moment ago.')
  const { id } = found
  const nobody = await contacts.find({ email: 'nobody@example.com' }, { scan: true })
  const reading = {
    listed: listed.map(addressesOf).sort(byEmail),
    filtered: (await contacts.list({ where: { email } }).toArray()).map(addressesOf),
    got: addressesOf(await contacts.get(id)),
    found: addressesOf(found),
    notFound: nobody && addressesOf(nobody),
    searched: (await contacts.search(email).toArray()).map(addressesOf),
    counts: [
      await contacts.count(),
      await contacts.count({ where: { phone: { exists: true } } }),
      await contacts.count({ where: { email: { ne: email } } }),
    ],
    unknownId: await codeOf(contacts.get('00000000-0000-4000-8000-000000009999')),
  }
  const updated = addressesOf(await contacts.update(id, { phone: newPhone }))
  return { ...reading, updated, afterwards: addressesOf(await contacts.get(id)) }
}

/** What {@link importContacts} has done. */
export interface Import {
  readonly outcomes: readonly string[]
  readonly failed: readonly (readonly [index: number, code: string])[]
  readonly one: readonly string[]
  readonly stored: readonly (Addresses & {
    readonly key: string | undefined
    readonly name: string | undefined
  })[]
}

/**
 * Takes contacts in, twice, and then one of them that has changed.
 *
 * @param by - the field that tells contacts apart: the external id, or the id where that is the caller's
 */
export async function importContacts(
  contacts: Importable,
  people: readonly (Pick<ContactInput, 'name' | 'email' | 'phone'> & { readonly key: string })[],
  by: 'externalId' | 'id',
): Promise<Import> {
  const inputs = people.map(({ key, ...fields }) => ({ ...fields, [by]: key }))
  const outcomes: string[] = []
  const failed: [number, string][] = []
  for (const _ of [1, 2]) {
    for await (const result of contacts.upsertMany(inputs, { by, unsupportedFields: 'drop' })) {
      if (result.ok) outcomes.push(result.outcome)
      else failed.push([result.index, result.error.code])
    }
  }
  const one: string[] = []
  const [first] = inputs
  for (const phone of ['+351911111111', '+351911111111', '+351922222222']) {
    const { outcome } = await contacts.upsert({ ...first, phone }, { by, unsupportedFields: 'drop' })
    one.push(outcome)
  }
  const stored = (await contacts.list().toArray()).map((contact) => ({
    key: contact[by],
    name: contact.name,
    ...addressesOf(contact),
  }))
  return { outcomes, failed, one, stored: stored.sort(byEmail) }
}

/** Deletes a contact, and once more; gives how many there were after each, and what the second time was answered. */
export async function forget(
  contacts: Deletable,
  email: string,
): Promise<{
  readonly counts: readonly number[]
  readonly gone: boolean
  readonly again: string | undefined
}> {
  const contact = await contacts.find({ email }, { scan: true })
  if (!contact) throw new Error('There is nobody to forget.')
  const counts = [await contacts.count()]
  await contacts.delete(contact.id)
  counts.push(await contacts.count())
  const gone = (await contacts.find(contact.id)) === undefined
  return { counts, gone, again: await codeOf(contacts.delete(contact.id)) }
}

/** Makes a contact that has an address and nothing else. */
export async function create(contacts: Creatable, email: string): Promise<Addresses> {
  return addressesOf(await contacts.create({ email }))
}

function addressesOf({ email, phone }: { readonly email?: string; readonly phone?: string }): Addresses {
  return { email, phone }
}

function byEmail(a: Addresses, b: Addresses): number {
  const [left = '', right = ''] = [a.email, b.email]
  return left < right ? -1 : left > right ? 1 : 0
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    if (ContactsError.is(error)) return error.code
    throw error
  }
}
