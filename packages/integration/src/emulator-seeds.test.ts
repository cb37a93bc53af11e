import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Emulator,
} from '@anycontact/emulator'
import { expect, test } from 'vitest'

/** A contact, as far as it is compared. */
interface Read {
  readonly email?: string
  readonly raw: unknown
}

/** What a client of a vendor makes, what it reads, and how what it has as `raw` is seeded. */
interface Vendor {
  make(email: string): Promise<unknown>
  list(): AsyncIterable<Read>
  seed(raws: []): unknown
}

const vendors: Readonly<Record<string, (emulator: Emulator) => Vendor>> = {
  chatbotkit({ chatbotkit: { fetch, seed } }) {
    const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch })
    return { make: (email) => contacts.create({ email }), list: () => contacts.list(), seed }
  },
  cognipeer({ cognipeer: { fetch, seed } }) {
    const contacts = cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, fetch })
    return { make: (email) => contacts.create({ email }), list: () => contacts.list(), seed }
  },
  'channel-inbox'({ channelInbox: { fetch, seed } }) {
    const contacts = channelInbox({ apiKey: CHANNEL_INBOX_API_KEY, fetch })
    return { make: (email) => contacts.create({ email, tags: ['vip'] }), list: () => contacts.list(), seed }
  },
  'contact-methods'({ contactMethods: { fetch, seed } }) {
    const contacts = contactMethods({ apiKey: CONTACT_METHODS_API_KEY, environment: 'test', fetch })
    const methods = (raw: object): unknown[] => Reflect.get(raw, 'contactMethods')
    return {
      make: (email) => contacts.create({ id: email, email, phone: '+14155552671' }),
      list: () => contacts.list(),
      seed: (raws) => Reflect.apply(seed, undefined, [raws.flatMap(methods)]),
    }
  },
}

async function read(vendor: Vendor): Promise<Read[]> {
  const contacts: Read[] = []
  for await (const contact of vendor.list()) contacts.push(contact)
  return contacts.toSorted((a, b) => ((a.email ?? '') < (b.email ?? '') ? -1 : 1))
}

test.each(Object.entries(vendors))('%s: what a contact has as `raw` can be seeded', async (_, open) => {
  const [from, to] = [open(createEmulator()), open(createEmulator())]
  await from.make('ana@example.com')
  await from.make('bo@example.com')
  const contacts = await read(from)
  expect(contacts).toHaveLength(2)
  to.seed(JSON.parse(JSON.stringify(contacts.map(({ raw }) => raw))))
  expect(await read(to)).toEqual(contacts)
})
