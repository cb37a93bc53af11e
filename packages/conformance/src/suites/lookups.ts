import type { Contact, ContactInput, ContactRef, RefKey } from '@anycontact/core'
import { REF_KEYS, refBy } from '@anycontact/core/adapter-kit'
import { assert, assertSame } from '../assert.ts'
import { assertUntouched, assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

type Operation = 'get' | 'find' | 'update' | 'delete'

/** Naming a contact: each key natively, by a scan, or refused, for each operation that names one. */
export const lookups: Suite = (define) => {
  for (const operation of ['get', 'find', 'update', 'delete'] as const) {
    for (const key of REF_KEYS)
      define(`${operation} by ${key}`, (session) => looksUp(session, operation, key))
  }

  define('a contact, its id and { id } name the same contact', async (session) => {
    if (!session.capabilities.get?.by.includes('id')) {
      await session.rejects('get by an id, which is not declared,', 'unsupported', () =>
        session.client.get('unknown-id'),
      )
      return
    }
    const contact = await session.make()
    for (const ref of [contact, contact.id, { id: contact.id }]) {
      assertSame((await session.client.get(ref)).id, contact.id, 'the id of what get gave')
    }
  })

  define('what names no contact, several, or one of another provider is invalid', async (session) => {
    if (!session.has('get')) {
      await session.refuses('get')
      return
    }
    const contact = await session.make()
    const refs: readonly unknown[] = [
      '',
      ' ',
      {},
      { id: '' },
      { id: 'x', email: 'x@example.com' },
      { name: 'x' },
      null,
      7,
    ]
    for (const ref of [...refs, { ...contact, provider: 'another' }]) {
      // Not a reference by its type; JavaScript users send such things.
      await session.rejects('get of what names no contact', 'invalid_input', () =>
        session.client.get(ref as ContactRef),
      )
    }
  })

  define('an id with characters that mean something in a URL names no other contact', async (session) => {
    if (!session.capabilities.get?.by.includes('id')) {
      await session.rejects('get by id, which is not declared,', 'unsupported', () =>
        session.client.get({ id: 'a/b' }),
      )
      return
    }
    const contact = await session.make()
    for (const id of [
      `../${contact.id}`,
      `${contact.id}/`,
      `${contact.id}?x=1`,
      `${contact.id}#x`,
      `${contact.id}%00`,
      'x/../y',
      '名',
    ]) {
      await session.rejects(`get by the id ${JSON.stringify(id)}`, ['not_found', 'invalid_input'], () =>
        session.client.get({ id }),
      )
    }
  })
}

async function looksUp(session: Session, operation: Operation, key: RefKey): Promise<void> {
  const declared = session.capabilities[operation]
  // A key that get has is looked up with it for the other operations too.
  const isNative = declared !== undefined && (declared.by.includes(key) || session.readsBy(key))
  const isScan = declared?.scan?.includes(key) ?? false
  if (!isNative && !isScan) {
    await session.rejects(`${operation} by ${key}, which is not declared,`, 'unsupported', () =>
      call(session, operation, refBy(key, 'unknown'), { scan: true }),
    )
    return
  }
  const [target, decoy] = await session.makeMany(2)
  const value = target?.[key]
  assert(
    target !== undefined && decoy !== undefined && value !== undefined,
    `${operation} by ${key} is declared, but contacts have no ${key}`,
  )
  if (isScan) {
    const error = await session.rejects(`${operation} by ${key} without scan: true`, 'unsupported', () =>
      call(session, operation, refBy(key, value)),
    )
    assert(
      /\bscan\b/.test(error.message),
      `the error of ${operation} by ${key} does not say that scan: true is needed`,
    )
    assertUntouched(target, await session.reread(target), [], `${operation} by ${key}, which was refused,`)
  }
  await findsNothing(session, operation, key, target, { scan: isScan })
  if (session.canShare(key)) await refusesToChoose(session, operation, key, { scan: isScan })
  await findsTarget(session, operation, key, target, { scan: isScan })
  assertUntouched(decoy, await session.reread(decoy), [], `${operation} of another contact by ${key}`)
}

async function findsTarget(
  session: Session,
  operation: Operation,
  key: RefKey,
  target: Contact,
  options: { readonly scan: boolean },
): Promise<void> {
  const what = `${operation} by ${key}`
  const result = await call(session, operation, refBy(key, target[key] ?? ''), options)
  await session.settle()
  if (operation === 'delete') {
    assertSame(result, undefined, `what ${what} gave`)
    assert(await session.isGone(target), `${what} left the contact there`)
    await session.rejects(`${what} of a contact that is deleted`, 'not_found', () =>
      call(session, operation, refBy(key, target[key] ?? ''), options),
    )
    return
  }
  const contact = session.check(result, operation)
  assertSame(contact.id, target.id, `the id of what ${what} gave`)
  if (operation === 'update') assertWritten(session, await session.reread(target), patchOf(session), what)
  else assertUntouched(target, contact, [], what)
}

/** Unknown values, and the values of other keys, find nothing. */
async function findsNothing(
  session: Session,
  operation: Operation,
  key: RefKey,
  target: Contact,
  options: { readonly scan: boolean },
): Promise<void> {
  const unknown = session.samples[key](session.number())
  const others = REF_KEYS.map((other) => target[other]).filter(
    (value) => value !== undefined && value !== target[key],
  )
  // Another key's value may not even look like one of this key.
  const codes = (value: string | undefined) =>
    value === unknown ? (['not_found'] as const) : (['not_found', 'invalid_input'] as const)
  for (const value of [unknown, ...others]) {
    if (value === undefined) continue
    const what = `${operation} by ${key} of a value that no contact has there`
    if (operation === 'find') {
      const found = await session.client.find(refBy(key, value), options).catch((error: unknown) => {
        return session.rejects(what, codes(value), () => Promise.reject(error)).then(() => undefined)
      })
      assertSame(found, undefined, `what ${what} gave`)
    } else
      await session.rejects(what, codes(value), () => call(session, operation, refBy(key, value), options))
  }
}

/** A key that several contacts share names none of them. */
async function refusesToChoose(
  session: Session,
  operation: Operation,
  key: RefKey,
  options: { readonly scan: boolean },
): Promise<void> {
  const shared = session.sample([key])
  const twins = await session.makeMany(2, () => ({ ...session.basic(), ...shared }))
  const value = twins[0]?.[key] ?? ''
  await session.rejects(`${operation} by ${key} that two contacts share`, 'ambiguous', () =>
    call(session, operation, refBy(key, value), options),
  )
  for (const twin of twins) {
    assertUntouched(twin, await session.reread(twin), [], `${operation} by ${key} that two contacts share`)
  }
}

async function call(
  session: Session,
  operation: Operation,
  ref: ContactRef,
  options: { readonly scan?: boolean } = {},
): Promise<unknown> {
  switch (operation) {
    case 'get':
      return session.client.get(ref, options)
    case 'find':
      return session.client.find(ref, options)
    case 'update':
      return session.client.update(ref, patchOf(session), options)
    case 'delete':
      return session.client.delete(ref, options)
  }
}

/** The same patch throughout a test. */
function patchOf(session: Session): ContactInput {
  const fields = session.capabilities.update?.fields ?? []
  const field = (
    ['note', 'nickname', 'name', 'status', 'customFields', 'tags', 'contactMethods'] as const
  ).find((candidate) => fields.includes(candidate))
  return field ? session.sample([field], session.patchNumber) : {}
}
