import { isJsonObject, type JsonObject } from '../json.ts'
import type { ContactFields } from './contact.ts'
import { isEmail } from './email.ts'
import { ApiError } from './errors.ts'
import type { ChatBotKitSwitches } from './options.ts'
import { toE164 } from './phone.ts'

const MIN_FINGERPRINT_LENGTH = 16

/** What the validation of a body depends on. */
export interface ValidationRules {
  readonly phoneText: ChatBotKitSwitches['phoneText']
  readonly database: ChatBotKitSwitches['database']
  /** Whether the token may send fingerprints. */
  readonly trusted: boolean
}

type Check = (label: string, value: unknown, rules: ValidationRules) => unknown

/** The fields in the order in which they are checked. */
const CHECKS: Readonly<Record<keyof ContactFields, Check>> = {
  name: (label, value, rules) => text(label, value, shortText(rules)),
  description: (label, value, rules) => text(label, value, longText(rules)),
  fingerprint: (label, value, rules) => text(label, value, shortText(rules)),
  email: (label, value, rules) => email(label, text(label, value, shortText(rules))),
  phone: (label, value, rules) => phone(label, text(label, value, shortText(rules)), rules),
  nick: (label, value, rules) => text(label, value, shortText(rules)),
  preferences: (label, value, rules) => text(label, value, longText(rules)),
  verifiedAt: (label, value) => time(label, value),
  meta: (label, value) => meta(label, value),
}

/**
 * Reads the body of a create, ensure or update; throws the 400 of the first thing that is wrong with it.
 *
 * @param bodyText - the body as received
 */
export function readContactFields(bodyText: string, rules: ValidationRules): ContactFields {
  const body = readJsonObject(bodyText)
  const fields: Record<string, unknown> = {}
  for (const [name, check] of Object.entries(CHECKS)) {
    if (Object.hasOwn(body, name)) fields[name] = check(`"${name}"`, body[name], rules)
  }
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(CHECKS, name))
  if (unknown !== undefined) throw refusal(`"${unknown}" is not allowed`)
  if (typeof fields.fingerprint === 'string') fields.fingerprint = fingerprint(fields.fingerprint, rules)
  return fields
}

/** Parses a body that must be a JSON object; throws the vendor's 400 otherwise. */
function readJsonObject(bodyText: string): JsonObject {
  let body: unknown
  try {
    body = JSON.parse(bodyText)
  } catch {
    throw new ApiError('BAD_REQUEST')
  }
  if (!isJsonObject(body)) throw refusal('"value" must be of type object')
  return body
}

function refusal(message: string): ApiError {
  return new ApiError('BAD_REQUEST', message)
}

function shortText(rules: ValidationRules): number {
  return rules.database === 'mysql' ? 191 : 1_000_000_000
}

function longText(rules: ValidationRules): number {
  return rules.database === 'mysql' ? 65_535 : 1_000_000_000
}

function text(label: string, value: unknown, maxBytes: number): string | null {
  if (value === null) return null
  if (typeof value !== 'string') throw refusal(`${label} must be a string`)
  // A UTF-16 unit takes three bytes at most, so most texts need no encoding to be measured.
  if (value.length * 3 > maxBytes && new TextEncoder().encode(value).length > maxBytes) {
    throw refusal(`${label} must be less than or equal to ${maxBytes} bytes long`)
  }
  return value
}

function email(label: string, value: string | null): string | null {
  if (value && !isEmail(value)) throw refusal(`${label} must be a valid email`)
  return value
}

function phone(label: string, value: string | null, rules: ValidationRules): string | null {
  if (!value) return value
  const number = toE164(value, rules.phoneText === 'extract')
  if (number === undefined) throw refusal(`${label} must be a phone number`)
  return number
}

function time(label: string, value: unknown): number | null {
  if (value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) throw refusal(`${label} must be a number`)
  if (!Number.isFinite(number)) throw refusal(`${label} cannot be infinity`)
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) throw refusal(`${label} must be a safe number`)
  return number
}

function meta(label: string, value: unknown): JsonObject | null {
  if (value === null) return null
  if (!isJsonObject(value)) throw refusal(`${label} must be of type object`)
  const refused = Object.keys(value).find((key) => key === '' || key.startsWith('_'))
  if (refused !== undefined) throw refusal(`"meta.${refused}" is not allowed`)
  return value
}

/** Blanks pass as they are; anything else is trimmed and must have its length. */
function fingerprint(value: string, rules: ValidationRules): string {
  const trimmed = value.trim()
  if (trimmed === '') return value
  if (trimmed.length < MIN_FINGERPRINT_LENGTH) throw refusal('Fingerprint is too short (fingerprint)')
  if (!rules.trusted) throw refusal('Cannot use fingerprint with aud "untrusted" (fingerprint)')
  return trimmed
}
