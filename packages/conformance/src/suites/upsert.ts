import type { Contact, ContactInput, RefKey, WritableField } from '@anycontact/core'
import { REF_KEYS } from '@anycontact/core/adapter-kit'
import { assert, assertSame } from '../assert.ts'
import { assertUntouched, assertWritten, isCleared } from '../fields.ts'
import { WRITABLE_FIELDS } from '../samples.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { exactOutcome } from './upsert-key.ts'

/** Upserting: the three outcomes by each key, and nothing but the one contact. */
export const upserting: Suite = (define) => {
  for (const key of REF_KEYS) {
    define(`upsert by ${key}`, async (session) => {
      const declared = session.capabilities.upsert
      if (declared?.by.includes(key) || declared?.scan?.includes(key)) await upsertsBy(session, key)
      else {
        await session.writesNothing(`upsert by ${key}, which is not declared,`, () =>
          session.rejects(`upsert by ${key}, which is not declared,`, 'unsupported', () =>
            session.client.upsert(session.sample([key]), { by: key, scan: true }),
          ),
        )
      }
    })
  }

  define('upsert without a key that is known, or without its value, is invalid', async (session) => {
    const { upsert } = session.capabilities
    if (!upsert) {
      await session.refuses('upsert')
      return
    }
    for (const key of [...upsert.by, ...(upsert.scan ?? [])]) {
      const input = session.basic()
      for (const value of [undefined, null]) {
        await session.writesNothing(`upsert by ${key} without a ${key}`, () =>
          session.rejects(`upsert by ${key} without a ${key}`, 'invalid_input', () =>
            session.client.upsert({ ...input, [key]: value }, { by: key, scan: true }),
          ),
        )
      }
    }
    // Not a key by its type; JavaScript users send such things.
    const by = 'name' as RefKey
    await session.rejects('upsert by name', 'invalid_input', () =>
      session.client.upsert(session.basic(), { by }),
    )
  })

  for (const field of WRITABLE_FIELDS) {
    define(`upsert stores ${field}, tells that it changed, and that it did not`, (session) =>
      storesField(session, field),
    )
  }
}

async function upsertsBy(session: Session, key: RefKey): Promise<void> {
  const isScan = session.capabilities.upsert?.scan?.includes(key) === true
  const options = { by: key, scan: isScan }
  const decoy = await session.make()
  const input = session.spelled({ ...session.basic(), ...session.sample([key]) })
  if (isScan) {
    const error = await session.rejects(`upsert by ${key} without scan: true`, 'unsupported', () =>
      session.client.upsert(input, { by: key }),
    )
    assert(
      /\bscan\b/.test(error.message),
      `the error of upsert by ${key} does not say that scan: true is needed`,
    )
  }
  const contact = await upsert(session, input, options, 'created', 'of a contact that is not there')
  session.keep(contact)
  assertWritten(session, contact, input, `what upsert by ${key} created`)
  const same = await upsert(session, input, options, 'unchanged', 'of the same again')
  assertUntouched(contact, same, [], `upsert by ${key} of the same again`)
  const change = changeFor(session, key)
  if (change) {
    const patch = session.spelled(session.sample([change]))
    const required = (session.options.required ?? []).map((field) => [field, input[field]])
    const named = { ...Object.fromEntries(required), [key]: input[key], ...patch }
    const changed = await upsert(session, named, options, 'updated', `with another ${change}`)
    assertUntouched(contact, changed, [change], `upsert by ${key}`)
    assertWritten(session, changed, patch, `what upsert by ${key} updated`)
    assertWritten(session, await session.reread(changed), patch, `the contact read after upsert by ${key}`)
    assertSame(changed.id, contact.id, `the id after upsert by ${key}`)
  }
  await findsCreated(session, key, options)
  assertUntouched(decoy, await session.reread(decoy), [], `upsert by ${key} of another contact`)
  if (session.has('list')) {
    const matching = (await session.all()).filter((candidate) => candidate[key] === contact[key])
    assertSame(
      matching.map(({ id }) => id),
      [contact.id],
      `the contacts with the ${key} that was upserted`,
    )
  }
  if (session.canShare(key)) await refusesToChoose(session, key, options)
}

/** A contact that was made another way is found, not made again. */
async function findsCreated(
  session: Session,
  key: RefKey,
  options: { readonly by: RefKey; readonly scan: boolean },
): Promise<void> {
  const input = session.spelled({
    ...session.basic(),
    ...(session.storable.includes(key) && session.sample([key])),
  })
  if (input[key] === undefined) return
  const contact = await session.make(input)
  const same = await upsert(session, input, options, 'unchanged', 'of a contact that was created')
  assertSame(same.id, contact.id, `the id after upsert by ${key} of a contact that was created`)
}

async function refusesToChoose(
  session: Session,
  key: RefKey,
  options: { readonly by: RefKey; readonly scan: boolean },
): Promise<void> {
  const shared = session.spelled(session.sample([key]))
  const twins = await session.makeMany(2, () => ({ ...session.basic(), ...shared }))
  await session.writesNothing(`upsert by ${key} that two contacts share`, () =>
    session.rejects(`upsert by ${key} that two contacts share`, 'ambiguous', () =>
      session.client.upsert({ ...session.basic(), ...shared }, options),
    ),
  )
  for (const twin of twins)
    assertUntouched(twin, await session.reread(twin), [], `upsert by ${key} that two contacts share`)
}

async function storesField(session: Session, field: WritableField): Promise<void> {
  const declared = session.capabilities.upsert
  if (!declared) {
    await session.refuses('upsert')
    return
  }
  const key = keyBeside(session, field)
  if (key === undefined) return
  const options = { by: key, scan: !declared.by.includes(key) }
  const n = session.number()
  const named = session.sample([key])
  // The same number, because required fields can say the same thing as the field.
  const base = session.spelled({ ...session.input([], n), ...named })
  if (!declared.fields.includes(field)) {
    const input = { ...base, ...session.foreign(field) }
    await session.writesNothing(`upsert with ${field}, which is not declared,`, () =>
      session.rejects(`upsert with ${field}, which is not declared,`, 'unsupported_field', () =>
        session.client.upsert(input, options),
      ),
    )
    return
  }
  if (field === 'id') return
  const input = { ...base, ...session.spelled(session.sample([field], n)) }
  const contact = session.keep(await upsert(session, input, options, 'created', `with ${field}`))
  assertWritten(session, contact, input, `what upsert with ${field} created`)
  await upsert(session, input, options, 'unchanged', `with the same ${field} again`)
  const m = session.number()
  const patch = session.spelled({ ...session.input([], m), ...named, ...session.sample([field], m) })
  const changed = await upsert(session, patch, options, 'updated', `with another ${field}`)
  assertWritten(session, changed, patch, `what upsert with another ${field} updated`)
  const { required = [], permanent = [] } = session.options
  if (required.includes(field) || permanent.includes(field)) return
  const cleared = await upsert(session, { ...base, [field]: null }, options, 'updated', `with ${field}: null`)
  assert(
    isCleared(cleared, field) || (session.options.generated ?? []).includes(field),
    `upsert with ${field}: null does not clear it`,
  )
}

/** A key to upsert by that does not get in the way of the field. */
function keyBeside(session: Session, field: WritableField): RefKey | undefined {
  const { by = [], scan = [] } = session.capabilities.upsert ?? {}
  const disagreeing: readonly string[] = field === 'contactMethods' ? ['email', 'phone'] : [field]
  return (['externalId', 'id', 'email', 'phone'] as const).find(
    (key) => (by.includes(key) || scan.includes(key)) && !disagreeing.includes(key),
  )
}

async function upsert(
  session: Session,
  input: ContactInput,
  options: { readonly by: RefKey; readonly scan: boolean },
  outcome: 'created' | 'updated' | 'unchanged',
  what: string,
): Promise<Contact> {
  const result = await session.client.upsert(input, { ...options, ...exactOutcome(session) })
  assertSame(result.outcome, outcome, `the outcome of upsert by ${options.by} ${what}`)
  const contact = session.check(result.contact, 'upsert')
  await session.settle()
  return contact
}

/** A field other than the key that an upsert can change. */
function changeFor(session: Session, key: RefKey): WritableField | undefined {
  const fields = session.capabilities.upsert?.fields ?? []
  const candidates = ['note', 'nickname', 'name', 'status', 'customFields', 'tags', 'email', 'phone'] as const
  return candidates.find((field) => field !== key && fields.includes(field))
}
