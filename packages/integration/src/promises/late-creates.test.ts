import { ContactsError, copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { type Between, servedCognipeer } from './served.ts'

const ANA = { externalId: 'user-1', email: 'ana@example.com', name: 'Ana' }

type Fate = 'made' | 'unknown'

/** How the answer to a create is lost, and what can be found out then. */
const FAULTS: readonly (readonly [name: string, fate: Fate])[] = [
  ['cut', 'made'],
  ['502', 'made'],
  ['503', 'made'],
  ['504', 'made'],
  ['timed out', 'made'],
  ['landing later', 'unknown'],
  ['not shown by a replica', 'unknown'],
]

/** A server that loses the answer to the first create in one of these ways. */
function losing(fault: string) {
  let isFirst = true
  const late: (() => Promise<unknown>)[] = []
  const between: Between = async ({ method, path, url }, pass) => {
    const isCreate = method === 'POST' && path.endsWith('/contact')
    const lags = fault === 'not shown by a replica' && !isFirst && !isCreate
    if (lags && path.endsWith('/list')) {
      return Response.json({ success: true, data: [], total: 0, page: 1, limit: 20 })
    }
    if (lags && url.search !== '') {
      return Response.json({ message: 'Contact not found', statusCode: 404 }, { status: 404 })
    }
    if (!isCreate || !isFirst) return pass()
    isFirst = false
    if (fault === 'landing later') late.push(pass)
    else await pass()
    if (fault === 'timed out') throw new DOMException('The operation timed out.', 'TimeoutError')
    if (/^\d+$/.test(fault)) return Response.json({ message: 'No answer' }, { status: Number(fault) })
    throw new TypeError('fetch failed')
  }
  return { between, land: () => Promise.all(late.map((apply) => apply())) }
}

type Client = ReturnType<typeof servedCognipeer>['contacts']

const firstOf = async (
  batch: PromiseLike<{ readonly failed: readonly { readonly error: ContactsError }[] }>,
): Promise<void> => {
  const [failure] = (await batch).failed
  if (failure) throw failure.error
}

/** Everything by which a contact comes into being. */
const CALLS: readonly (readonly [name: string, call: (contacts: Client) => Promise<unknown>])[] = [
  ['create', (contacts) => contacts.create(ANA)],
  ['upsert', (contacts) => contacts.upsert(ANA, { by: 'externalId' })],
  ['upsert by email', (contacts) => contacts.upsert(ANA, { by: 'email' })],
  ['createMany', (contacts) => firstOf(contacts.createMany([ANA]))],
  ['upsertMany', (contacts) => firstOf(contacts.upsertMany([ANA], { by: 'externalId' }))],
  ['copyContacts', (contacts) => firstOf(copyContacts(memory({ contacts: [ANA] }), contacts))],
]

const creates = (sent: readonly string[]) => sent.filter((request) => /^POST .*\/contact$/.test(request))

describe.each(FAULTS)('a create at Cognipeer whose answer is lost: %s', (fault, fate) => {
  it.each(CALLS)('%s never makes two contacts', async (_name, call) => {
    const { between, land } = losing(fault)
    const { contacts, vendor, sent } = servedCognipeer(between)
    const outcome = await call(contacts).then(
      () => 'made',
      (error: unknown) => (ContactsError.is(error) ? error.applied : error),
    )
    await land()
    expect({ outcome, sent: creates(sent).length, stored: vendor.contacts.length }).toEqual({
      outcome: fate,
      sent: 1,
      stored: 1,
    })
  })
})

describe('while a create may still be on its way', () => {
  const SOME = [1, 2, 3]

  it('those that wait for it with the same key create no other', async () => {
    const { between, land } = losing('landing later')
    const { contacts, vendor, sent } = servedCognipeer(between)
    const failing = SOME.map(() =>
      contacts.upsert(ANA, { by: 'externalId' }).then(
        () => 'done',
        (error: unknown) => (ContactsError.is(error) ? error.applied : error),
      ),
    )
    expect(await Promise.all(failing)).toEqual(['unknown', 'no', 'no'])
    await land()
    expect(creates(sent)).toHaveLength(1)
    expect(vendor.contacts).toHaveLength(1)
    expect((await contacts.upsert(ANA, { by: 'externalId' })).outcome).toBe('unchanged')
  })

  it('no later item of its batch creates another', async () => {
    const { between, land } = losing('landing later')
    const { contacts, vendor } = servedCognipeer(between)
    const { failed } = await contacts.upsertMany(
      SOME.map(() => ANA),
      { by: 'externalId', concurrency: 1 },
    )
    expect(failed.map(({ error }) => error.applied)).toEqual(['unknown', 'no', 'no'])
    await land()
    expect(vendor.contacts).toHaveLength(1)
  })
})
