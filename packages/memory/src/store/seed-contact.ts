import { ContactInputSchema, isPlainObject } from '@anycontact/core/adapter-kit'
import { type MethodTools, newMethod, primaryOf } from './contact-methods.ts'
import type { MemoryContactSeed, MemoryMethodSeed } from './data.ts'
import type { Database } from './database.ts'
import { conflict, invalidInput } from './problems.ts'
import { copyRecord, type MemoryMethod, type MemoryRecord } from './record.ts'
import { applyWrite, blankRecord, withMethods } from './write.ts'

/**
 * Adds a contact to begin with. It is checked as `create` checks its input.
 *
 * @param path - where the seed stands in what was given, for messages
 * @throws ContactsError `invalid_input`, `conflict`
 */
export function seedContact(database: Database, seed: MemoryContactSeed, path: string): MemoryRecord {
  const { createdAt, updatedAt, deleted, contactMethods: methodSeeds, ...fields } = seed
  const stamp = database.stamp()
  const made = timeOr(stamp.now, createdAt, `${path}.createdAt`)
  const tools: MethodTools = { ...stamp, now: made }
  const { contactMethods, email, phone, ...write } = checkFields(
    { ...fields, contactMethods: Array.isArray(methodSeeds) ? methodSeeds.map(withoutTimes) : methodSeeds },
    path,
  )
  const methods = (contactMethods ?? []).map((input, index) => {
    const times = methodTimes(methodSeeds?.[index], made, `${path}.contactMethods.${index}`)
    return { ...newMethod(input, tools), ...times }
  })
  checkMethods(database, methods, path)
  checkAgreement(methods, { email, phone }, path)
  const blank = blankRecord(write.id ?? database.nextContactId(), made)
  const primaries = { ...(email != null && { email }), ...(phone != null && { phone }) }
  const record: MemoryRecord = {
    ...applyWrite(withMethods(blank, methods), { ...write, ...primaries }, tools),
    ...(deleted !== undefined && { deleted }),
    updatedAt: timeOr(made, updatedAt, `${path}.updatedAt`),
  }
  database.contacts.insert(record)
  return copyRecord(record)
}

function withoutTimes(seed: MemoryMethodSeed): unknown {
  if (!isPlainObject(seed)) return seed
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...input } = seed
  return input
}

function methodTimes(
  seed: MemoryMethodSeed | undefined,
  made: string,
  path: string,
): { readonly createdAt: string; readonly updatedAt: string } {
  const createdAt = timeOr(made, seed?.createdAt, `${path}.createdAt`)
  return { createdAt, updatedAt: timeOr(createdAt, seed?.updatedAt, `${path}.updatedAt`) }
}

function timeOr(otherwise: string, time: string | undefined, path: string): string {
  if (time === undefined) return otherwise
  const { verifiedAt } = checkFields({ verifiedAt: time }, path)
  return verifiedAt ?? otherwise
}

type CheckedContact = NonNullable<(typeof ContactInputSchema)['~standard']['types']>['output']

/** The same checks that `create` makes. The schema speaks Standard Schema, so no library is needed here. */
function checkFields(given: unknown, path: string): CheckedContact {
  const result = ContactInputSchema['~standard'].validate(given)
  if (result instanceof Promise) throw new TypeError('Contacts are checked at once.')
  if (!result.issues) return result.value
  throw invalidInput(
    result.issues.map((issue) => {
      const keys = (issue.path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment))
      return { path: [path, ...keys.map(String)].join('.'), message: issue.message }
    }),
  )
}

function checkMethods(database: Database, methods: readonly MemoryMethod[], path: string): void {
  const ids = new Set(methods.map(({ id }) => id))
  if (ids.size < methods.length || methods.some(({ id }) => database.contacts.hasMethod(id))) {
    throw conflict(`${path}.contactMethods`, 'There is a contact method with that id already.')
  }
  const primaries = methods.filter(({ primary }) => primary).map(({ type }) => type)
  if (new Set(primaries).size < primaries.length) {
    throw invalidInput([{ path: `${path}.contactMethods`, message: 'must have at most one primary a type' }])
  }
}

function checkAgreement(
  methods: readonly MemoryMethod[],
  given: { readonly [Type in 'email' | 'phone']: string | null | undefined },
  path: string,
): void {
  for (const type of ['email', 'phone'] as const) {
    const primary = primaryOf(methods, type)
    if (given[type] === undefined || primary === undefined || primary.value === given[type]) continue
    const message = 'disagrees with the primary in contactMethods: give one of them'
    throw invalidInput([{ path: `${path}.${type}`, message }])
  }
}
