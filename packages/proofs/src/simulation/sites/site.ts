import type { Fetch } from '@anycontact/emulator'
import type { Endpoint } from '../world/network.ts'

/** The providers of a simulation. */
export type Provider = 'chatbotkit' | 'cognipeer' | 'channel-inbox' | 'contact-methods'

/**
 * What a contact is made of, by the path of the field, as plain text that is the same for all spellings which mean the same. An absent
 * field is empty. The simulation has its own way from a vendor's record to this, so that it shares no mistake with the adapters.
 */
export type Values = Readonly<Record<string, string>>

/** A contact as a vendor has stored it. */
export interface Row {
  readonly id: string
  readonly values: Values
  /** Soft-deleted. */
  readonly isGone: boolean
  /** When it was last changed, in milliseconds since the epoch, where the vendor says so. */
  readonly updatedAt?: number
}

/** A vendor's emulator, seen past the network: what is stored there, and the hands of others that change it. */
export interface Site extends Endpoint {
  readonly provider: Provider
  readonly fetch: Fetch
  rows(): readonly Row[]
  /** Puts a contact there. @returns its id */
  insert(values: Values): string
  /** Changes a contact; empty text clears. */
  change(id: string, values: Values): Promise<void>
  remove(id: string): Promise<void>
  /** Whether any create of the same was applied twice. */
  doubles(): number
}

/** Removes what is empty, and brings the rest into the form in which it is compared. */
export function valuesOf(fields: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, string> = {}
  for (const [path, value] of Object.entries(fields)) {
    const text = textOf(path, value)
    if (text !== '') values[path] = text
  }
  return values
}

function textOf(path: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify([...value].sort())
  if (typeof value !== 'string') return JSON.stringify(value)
  if (path === 'email') return value.trim().toLowerCase()
  if (path === 'phone') return value.replace(/[^\d+]/g, '')
  return value
}

/** The custom fields of a vendor's object, by path. */
export function customFields(object: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(Object(object)).map(([key, value]) => [`customFields.${key}`, value]),
  )
}

/** The members of values that are custom fields, by key; empty text is `null`. */
export function customOf(values: Values): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) =>
      path.startsWith('customFields.') ? [[path.slice('customFields.'.length), value || null]] : [],
    ),
  )
}

/** The tags that values hold as text. */
export function tagsOf(text: string): string[] {
  const tags: unknown = text === '' ? [] : JSON.parse(text)
  return Array.isArray(tags) ? tags.map(String) : []
}

/** Sends what somebody else's program sends. @throws Error where it is refused */
export async function sendAs(
  fetch: Fetch,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<void> {
  const { status } = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (status >= 300) throw new Error(`The hands of others were refused: ${method} ${url}: ${status}`)
}
