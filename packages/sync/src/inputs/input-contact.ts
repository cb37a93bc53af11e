import { createHash } from 'node:crypto'
import type {
  Contact,
  ContactInput,
  ContactMethod,
  JsonObject,
  RefKey,
  WritableField,
} from '@anycontact/core'
import {
  buildContact,
  ContactInputSchema,
  type ContactMethodWrite,
  type ContactWrite,
  keyForm,
  providerErrors,
} from '@anycontact/core/adapter-kit'

/** What contacts are made of inputs with. */
export interface InputContactInit {
  readonly provider: string
  readonly by: RefKey
  readonly fields: readonly WritableField[]
}

/**
 * Makes the function that makes contacts of inputs: each is checked, and goes by its key.
 *
 * @returns a function that throws `bad_response` for an input that is none, or has no key, or a field that was not announced
 */
export function inputReader({
  provider,
  by,
  fields,
}: InputContactInit): (input: ContactInput) => Contact<ContactInput> {
  const { badRecord } = providerErrors(provider)
  const known: ReadonlySet<string> = new Set<string>([...fields, by])
  return (input) => {
    const written = checked(input, badRecord)
    for (const [field, value] of Object.entries(written)) {
      if (value !== null && !known.has(field)) {
        throw badRecord(
          field,
          'is not among the fields that were given for these inputs: add it there, or leave it out',
        )
      }
    }
    const key = written[by]
    if (typeof key !== 'string') throw badRecord(by, 'is absent, and these inputs go by it')
    const { id: _, contactMethods, customFields, ...rest } = written
    return buildContact({
      ...rest,
      provider,
      id: idOf(provider, by, key),
      contactMethods: methodsOf(written, contactMethods ?? []),
      customFields: withoutNulls(customFields ?? {}),
      raw: input,
    })
  }
}

function checked(input: ContactInput, badRecord: (path: string, message: string) => Error): ContactWrite {
  const result = ContactInputSchema['~standard'].validate(input)
  if (result instanceof Promise) throw new TypeError('The schema of inputs waits for nothing.')
  if (!result.issues) return result.value
  const [first] = result.issues
  const path = (first?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  throw badRecord(path, first?.message ?? 'cannot be read')
}

/**
 * An input has no id but its key: its place in a file changes. Of an address or a number it is a hash, because ids are kept also where
 * nothing personal is.
 */
function idOf(provider: string, by: RefKey, key: string): string {
  if (by === 'id' || by === 'externalId') return key
  return createHash('sha256')
    .update(`${provider}\0${by}\0${keyForm(by, key)}`)
    .digest('base64url')
    .slice(0, 22)
}

/** All addresses and numbers, with those of `email` and `phone` as the primary ones. */
function methodsOf({ email, phone }: ContactWrite, written: readonly ContactMethodWrite[]): ContactMethod[] {
  const methods = written.map(toMethod)
  for (const [type, value] of [
    ['email', email],
    ['phone', phone],
  ] as const) {
    if (typeof value !== 'string') continue
    const form = keyForm(type, value)
    const own = methods.find((method) => method.type === type && keyForm(type, method.value) === form)
    for (const method of methods) if (method.type === type) method.primary = method === own
    if (!own) methods.push({ type, value, primary: true })
  }
  return methods
}

function toMethod({
  type,
  value,
  primary = false,
  label,
  verified,
  verifiedAt,
  externalId,
  customFields,
}: ContactMethodWrite): ContactMethod {
  return {
    type,
    value,
    primary,
    ...(typeof label === 'string' && { label }),
    ...(verified !== undefined && { verified }),
    ...(typeof verifiedAt === 'string' && { verifiedAt }),
    ...(typeof externalId === 'string' && { externalId }),
    ...(customFields && { customFields: withoutNulls(customFields) }),
  }
}

function withoutNulls(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
