import { CHATBOTKIT_SECRET, type Emulator } from '@anycontact/emulator'
import { customFields, customOf, type Site, sendAs, valuesOf } from './site.ts'

const CONTACTS = 'https://api.chatbotkit.com/v1/contact'

/** ChatBotKit. */
export function chatbotkitSite({ chatbotkit }: Emulator): Site {
  const post = (path: string, body: unknown): Promise<void> =>
    sendAs(
      chatbotkit.fetch,
      `${CONTACTS}/${path}`,
      'POST',
      { authorization: `Bearer ${CHATBOTKIT_SECRET}` },
      body,
    )
  return {
    provider: 'chatbotkit',
    name: 'chatbotkit',
    fetch: chatbotkit.fetch,
    isWrite: (method) => method === 'POST',
    isCountedListing: () => false,
    rows: () =>
      chatbotkit.contacts.map(
        ({ id, fingerprint, name, nick, email, phone, description, meta, updatedAt }) => ({
          id,
          values: valuesOf({
            externalId: fingerprint.startsWith(SHORT) ? fingerprint.slice(SHORT.length) : fingerprint,
            name,
            nickname: nick,
            email,
            phone,
            note: description,
            ...customFields(meta),
          }),
          isGone: false,
          updatedAt,
        }),
      ),
    insert(values) {
      const [row] = chatbotkit.seed([{ ...fieldsOf(values), meta: present(customOf(values)) }])
      return row?.id ?? ''
    },
    async change(id, values) {
      const stored = chatbotkit.contacts.find((contact) => contact.id === id)
      const custom = customOf(values)
      const meta = Object.keys(custom).length > 0 && { meta: present({ ...stored?.meta, ...custom }) }
      await post(`${id}/update`, { ...fieldsOf(values), ...meta })
    },
    remove: (id) => post(`${id}/delete`, {}),
    doubles: () => chatbotkit.audit().doubled.length + chatbotkit.audit().equal.length,
  }
}

/** A fingerprint has 17 characters at least; what stands before a shorter id is what the adapter's README says. */
const SHORT = 'anycontact-external-id:'

const NAMES = {
  externalId: 'fingerprint',
  name: 'name',
  nickname: 'nick',
  email: 'email',
  phone: 'phone',
  note: 'description',
} as const

function fieldsOf(values: Readonly<Record<string, string>>) {
  const fields: Record<string, string | null> = {}
  for (const [path, name] of Object.entries(NAMES)) {
    const value = values[path]
    if (value === undefined) continue
    const isText = path === 'name' || path === 'note'
    if (path === 'externalId') fields[name] = value.length > 0 && value.length < 17 ? SHORT + value : value
    else fields[name] = value === '' && !isText ? null : value
  }
  return fields
}

function present<Value>(fields: Readonly<Record<string, Value | null>>): Record<string, Value> {
  const kept: Record<string, Value> = {}
  for (const [key, value] of Object.entries(fields)) if (value !== null) kept[key] = value
  return kept
}
