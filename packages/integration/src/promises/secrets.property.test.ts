import type { ContactInput, ContactsWarning } from '@anycontact/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterwards,
  FORMS,
  foundIn,
  type HostileName,
  hostileServers,
  quoting,
  renderings,
} from './hostile-server.ts'
import { CLIENT_ID } from './vendor-servers.ts'

/** What a person is called and reached by: accents, emoji, scripts, and numbers as people write them. */
const person = fc.record({
  name: fc.constantFrom(
    'José Ñandú',
    'Zoë Müller',
    'Søren Kjærgård',
    'Łukasz Żółć',
    'Ana "JD" Souza & Sons',
    "Seán O'Brien",
    '李小龍',
    'Дмитрий Иванов',
    'Priya 🌺 Nair',
    'Nguyễn Thị Minh',
    'Ἑλένη Παπαδοπούλου',
    'محمد علي',
  ),
  email: fc
    .tuple(
      fc.stringMatching(/^[a-z]{3,9}$/),
      fc.stringMatching(/^[a-z0-9]{2,6}$/),
      fc.constantFrom('example.com', 'mail.example.co.uk'),
    )
    .map(([given, family, host]) => `${given}.${family}+crm@${host}`),
  phone: fc.constantFrom(
    '+14155552671',
    '+1 (415) 555-2671',
    '+49 30 901820-44',
    '+44 20 7946 0958',
    '+351.912.345.678',
    '+55 (11) 91234-5678',
  ),
  externalId: fc.stringMatching(/^crm-[a-z0-9]{8,12}$/),
  note: fc.constantFrom(
    'Conheci a Inês na feira de São Paulo',
    'Prefers "mail"; never calls 📵',
    'Zeile eins, größer als <b>zwei</b>',
  ),
})

type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never

/** A call of a client's: given who it is about, and something to be told warnings. */
type Operation = (contacts: AnyContacts, input: ContactInput, one: Person) => Promise<unknown>

// The clients differ in what they take; what one of them does not have is not called.
// biome-ignore lint/suspicious/noExplicitAny: every client at once
type AnyContacts = any

const failures = async (
  run: PromiseLike<{ readonly failed?: readonly { readonly error: unknown }[] }>,
): Promise<unknown> => {
  const { failed = [] } = await run
  if (failed.length > 0) throw new AggregateErrors(failed.map(({ error }) => error))
  return undefined
}

/** The errors of a batch's items. */
class AggregateErrors extends Error {
  readonly errors: readonly unknown[]
  constructor(errors: readonly unknown[]) {
    super('items failed')
    this.errors = errors
  }
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  get: (contacts, _, { externalId }) => contacts.get(externalId),
  'find by external id': (contacts, _, { externalId }) => contacts.find({ externalId }, { scan: true }),
  'find by email': (contacts, _, { email }) => contacts.find({ email }, { scan: true }),
  'find by phone': (contacts, _, { phone }) => contacts.find({ phone }, { scan: true }),
  list: (contacts, _, { email, name, phone }) =>
    contacts.list({ where: { email, name: { in: [name] }, phone, customFields: { plan: name } } }),
  'list all': (contacts, _, { email }) => contacts.list({ where: { email } }).toArray(),
  count: (contacts, _, { email }) => contacts.count({ where: { email } }),
  search: (contacts, _, { name }) => contacts.search(name),
  create: (contacts, input) => contacts.create(input),
  update: (contacts, { externalId: _, id: __, ...patch }, { externalId }) =>
    contacts.update(externalId, patch),
  'update by email': (contacts, { externalId: _, id: __, ...patch }, { email }) =>
    contacts.update({ email }, patch, { scan: true }),
  delete: (contacts, _, { externalId }) => contacts.delete(externalId),
  'upsert by external id': (contacts, input) => contacts.upsert(input, { by: 'externalId', scan: true }),
  'upsert by email': (contacts, input) => contacts.upsert(input, { by: 'email', scan: true }),
  'upsert by phone': (contacts, input) => contacts.upsert(input, { by: 'phone', scan: true }),
  'upsert by id': (contacts, input) => contacts.upsert(input, { by: 'id' }),
  createMany: (contacts, input) => failures(contacts.createMany([input, input])),
  updateMany: (contacts, { externalId: _, id: __, ...patch }, { externalId }) =>
    failures(contacts.updateMany([{ ref: externalId, patch }])),
  upsertMany: (contacts, input) => failures(contacts.upsertMany([input], { by: 'externalId', scan: true })),
  deleteMany: (contacts, _, { externalId }) => failures(contacts.deleteMany([externalId])),
  conversations: (contacts, _, { externalId }) => contacts.conversations.list(externalId),
  comments: (contacts, _, { externalId }) => contacts.comments.list(externalId),
  'comments.create': (contacts, { name }, { externalId }) =>
    contacts.comments.create(externalId, { text: String(name) }),
  'comments.delete': (contacts, _, { externalId }) => contacts.comments.delete(externalId, externalId),
  files: (contacts, _, { externalId }) => contacts.files.list(externalId),
  activities: (contacts, _, { externalId }) => contacts.activities.list(externalId),
  'contactMethods.create': (contacts, _, { email }) =>
    contacts.contactMethods.create(CLIENT_ID, { type: 'email', value: email }),
  'contactMethods.createMany': (contacts, _, { email, phone }) =>
    failures(
      contacts.contactMethods.createMany(CLIENT_ID, [
        { type: 'email', value: email },
        { type: 'phone', value: phone },
      ]),
    ),
  'contactMethods.getPrimary': (contacts, _, { externalId }) =>
    contacts.contactMethods.getPrimary(externalId, 'email'),
  'contactMethods.sync': (contacts, _, { email }) =>
    contacts.contactMethods.sync(CLIENT_ID, [{ type: 'email', value: email }]),
  request: (contacts, _, { externalId, name, email, phone, note }) => {
    const path = `/v1/things/${encodeURIComponent(externalId)}/${encodeURIComponent(name)}`
    return contacts.request({ method: 'POST', path, query: { email, phone }, json: { note } })
  },
}

const has = (contacts: AnyContacts, operation: string): boolean => {
  const [name = '', method] = (operation.split(' ')[0] ?? '').split('.')
  const declared = contacts.capabilities[name]
  return declared !== undefined && (method === undefined || declared[method] !== undefined)
}

/** What a server says back: something of the person's, or the address of somebody else. */
type Value = keyof Person | 'plan' | 'elsewhere'

const STATUSES = [200, 400, 401, 403, 404, 409, 410, 422, 429, 500, 503]
const UNTOLD = 'z.unrelated+42@elsewhere.example.org'

const server = (name: HostileName, passing: number, answer: () => Response, warnings: ContactsWarning[]) =>
  hostileServers[name]({
    answer: afterwards(passing, answer),
    retry: false,
    unsupportedFields: 'drop',
    onWarning: (warning) => warnings.push(warning),
  })

describe.each(Object.keys(hostileServers) as HostileName[])('%s: nothing that was sent', (name) => {
  test.each(Object.keys(OPERATIONS))('is found in the errors of %s', async (operation) => {
    const run = OPERATIONS[operation]
    if (!run || !has(server(name, 0, () => quoting('', 500), []).contacts, operation)) return
    const told = toldTo(operation, name)
    let failed = 0
    await fc.assert(
      fc.asyncProperty(
        person,
        fc.constantFrom(...Object.keys(FORMS)),
        fc.constantFrom(...told),
        fc.constantFrom(...STATUSES),
        fc.nat(2),
        fc.boolean(),
        async (one, form, which, status, passing, nested) => {
          const plan = `Größe-${one.externalId.slice(4)}`
          const value = which === 'plan' ? plan : which === 'elsewhere' ? UNTOLD : one[which]
          const said = FORMS[form]?.(value) ?? value
          const text = `Contact (${said}) is not valid: ${said}`
          const warnings: ContactsWarning[] = []
          const { contacts } = server(name, passing, () => quoting(text, status, nested), warnings)
          const { email, phone, note, externalId } = one
          const input = {
            externalId,
            name: one.name,
            email,
            phone,
            note,
            customFields: { plan, deep: { in: [note] } },
          }
          const isMethods = name === 'contact-methods'
          const given = isMethods ? { id: CLIENT_ID, email, phone } : input
          const error = await run(contacts, given, one).then(
            () => undefined,
            (reason: unknown) => reason,
          )
          if (error === undefined && warnings.length === 0) return
          failed++
          const errors = error instanceof AggregateErrors ? error.errors : [error]
          const shown = errors.map((each) => renderings(each, warnings)).join('\n')
          expect(foundIn(shown, [value]), `${said}\n${shown}`).toEqual([])
        },
      ),
      { numRuns: 120, seed: 7 },
    )
    expect(failed).toBeGreaterThan(20)
  })
})

/** What a server may say back of a call: what the call was given, and addresses, which are recognised by their shape. */
function toldTo(operation: string, provider: HostileName): readonly Value[] {
  const byShape: readonly Value[] = ['email', 'elsewhere']
  if (operation === 'request') return [...byShape, 'externalId', 'name', 'phone', 'note']
  if (operation.startsWith('contactMethods.createMany')) return [...byShape, 'phone']
  if (operation === 'contactMethods.getPrimary') return [...byShape, 'externalId']
  if (/^(?:create|upsert|update)/.test(operation)) {
    const others: readonly Value[] = ['name', 'note', 'plan']
    const isKey = !operation.endsWith('by email')
    if (provider === 'contact-methods')
      return operation.startsWith('update') && isKey
        ? [...byShape, 'phone', 'externalId']
        : [...byShape, 'phone']
    return [...byShape, 'phone', ...others, ...(isKey ? (['externalId'] as const) : [])]
  }
  if (operation === 'list') return [...byShape, 'name', 'phone']
  if (operation === 'search') return [...byShape, 'name']
  if (operation === 'find by phone') return [...byShape, 'phone']
  const isByKey = /^(?:get|find by external|delete|conv|comm|files|activ)/.test(operation)
  return isByKey ? [...byShape, 'externalId'] : byShape
}
