import type { JsonObject, JsonValue } from '../json.ts'
import type { ChannelInboxContact } from './contact.ts'
import { badRequest } from './errors.ts'
import { type ChannelInboxSwitches, understands } from './options.ts'

type Form = 'sdk' | 'web' | 'spec'

/** Where the fields of an update go, by the description that has them. */
const FIELDS: Readonly<
  Record<string, { readonly to: keyof ChannelInboxContact; readonly forms: readonly Form[] }>
> = {
  name: { to: 'display_name', forms: ['sdk'] },
  email: { to: 'email', forms: ['sdk', 'web', 'spec'] },
  phone: { to: 'phone_number', forms: ['sdk'] },
  first_name: { to: 'first_name', forms: ['sdk', 'web'] },
  last_name: { to: 'last_name', forms: ['sdk', 'web'] },
  area_code: { to: 'area_code', forms: ['sdk', 'web'] },
  phone_number: { to: 'phone_number', forms: ['web', 'spec'] },
  avatar_url: { to: 'avatar_url', forms: ['sdk', 'web'] },
  gender: { to: 'gender', forms: ['sdk', 'web'] },
  language: { to: 'language', forms: ['sdk', 'web'] },
  remark: { to: 'remark', forms: ['sdk', 'web'] },
  display_name: { to: 'display_name', forms: ['sdk', 'spec'] },
  labels: { to: 'labels', forms: ['sdk', 'spec'] },
}

/** A contact after an update. Fields that nobody describes are passed over. Throws the 400 for a value of the wrong kind. */
export function updated(
  contact: ChannelInboxContact,
  body: JsonObject,
  switches: ChannelInboxSwitches,
  now: string,
): ChannelInboxContact {
  const changes: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(body)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined
    if (field === undefined || !understands(switches, ...field.forms)) continue
    if (field.to === 'labels') {
      if (!Array.isArray(value)) throw badRequest('labels must be an array')
      changes.labels = value
      continue
    }
    if (typeof value !== 'string') throw badRequest(`${name} must be a string`)
    if (value === '' && switches.emptyText === 'refused') throw badRequest(`${name} must not be empty`)
    if (value === '' && switches.emptyText === 'ignored') continue
    changes[field.to] = value
  }
  // The name that is shown follows the parts of the name, unless it was given itself.
  const { first_name = contact.first_name, last_name = contact.last_name } = changes
  if (('first_name' in changes || 'last_name' in changes) && !('display_name' in changes)) {
    changes.display_name = [first_name, last_name].filter(Boolean).join(' ')
  }
  return { ...contact, ...changes, updated_at: now }
}
