/**
 * Prints into docs/guides/formats.md which field of a contact survives which format, and where the columns of other programs' exports go:
 * by writing a contact that has everything, reading it back, and reading the exports that the tests read.
 * `--check` writes nothing and fails when the page is not what it would write.
 */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { type Contact, type ContactMethodType, exportCsv } from '@anycontact/core'
import {
  type ContactRow,
  readCsv,
  readNdjson,
  readVCards,
  writeNdjson,
  writeVCards,
} from '@anycontact/formats'
import { table, writePart } from './page-part.ts'

const check = process.argv.includes('--check')

/** A way to write contacts and to read them back. */
interface Format {
  readonly name: string
  write(contact: Contact): AsyncIterable<string>
  read(text: string, by?: 'id'): AsyncIterable<ContactRow>
  /** What other programs do not read of a file, taken out of it. */
  plain?(text: string): string
}

const vCard = (version: '3.0' | '4.0'): Format => ({
  name: `vCard ${version}`,
  write: (contact) => writeVCards([contact], { version }),
  read: (text, by) => readVCards(text, { by }),
  // A long line goes on in those that begin with a blank.
  plain: (text) => text.replace(/^X-ANYCONTACT-FIELDS.*\r\n(?: .*\r\n)*/gm, ''),
})

const FORMATS: readonly Format[] = [
  {
    name: 'CSV',
    write: (contact) => exportCsv({ list: () => stream([contact]) }),
    read: (text, by) => readCsv(text, { by }),
  },
  vCard('3.0'),
  vCard('4.0'),
  {
    name: 'NDJSON',
    write: (contact) => writeNdjson([contact]),
    read: (text, by) => readNdjson(text, { by }),
  },
]

const made = '2026-01-01T09:00:00.000Z'
const changed = '2026-01-02T09:00:00.000Z'
const verified = '2026-01-03T09:00:00.000Z'

/** Everything that a contact can have. */
const contact: Contact = {
  provider: 'memory',
  id: 'c-1',
  externalId: 'crm-1',
  name: 'Dr. Ana Maria Souza',
  givenName: 'Ana',
  familyName: 'Souza',
  nickname: 'Nita',
  email: 'ana@example.com',
  phone: '+351 220 000 001',
  contactMethods: [
    {
      id: 'm-1',
      type: 'email',
      value: 'ana@example.com',
      label: 'work',
      primary: true,
      verified: true,
      verifiedAt: verified,
      externalId: 'mail-1',
      customFields: { optIn: true },
      createdAt: made,
      updatedAt: changed,
    },
    { type: 'email', value: 'ana@home.example', primary: false },
    { type: 'phone', value: '+351 220 000 001', primary: true },
    { type: 'mobile', value: '+351 912 345 678', primary: true },
    { type: 'fax', value: '+351 220 000 002', primary: true },
    { type: 'other', value: 'ana.souza', label: 'chat', primary: true },
  ],
  avatarUrl: 'https://example.com/ana.png',
  note: 'Met in Porto;\n"call, please"',
  locale: 'pt-PT',
  timezone: 'Europe/Lisbon',
  tags: ['customer', 'Porto, north'],
  status: 'active',
  customFields: {
    organization: 'Souza & Filhos',
    plan: 'pro',
    seats: 3,
    isPartner: false,
    visits: [1, 2],
    address: { city: 'Porto' },
    nothing: null,
  },
  createdAt: made,
  updatedAt: changed,
  verifiedAt: verified,
  deleted: true,
  raw: { plan: 'pro' },
}

/** A row of the table: a part of the contact. */
interface Part {
  readonly name: string
  /** The part of a contact as it was read. */
  of(read: ReadContact): unknown
  /** The contact without it. */
  without(): Contact
}

/** A contact as it comes back: what of it is there is not known. */
type ReadContact = Readonly<Partial<Record<keyof Contact, unknown>>>

const FIELDS = Object.keys(contact).filter(
  (field): field is keyof Contact => field !== 'contactMethods' && field !== 'customFields',
)

const parts: readonly Part[] = [
  ...FIELDS.map((field): Part => {
    return { name: `\`${field}\``, of: (read) => read[field], without: () => omit(contact, field) as Contact }
  }),
  ...(['email', 'phone', 'mobile', 'fax', 'other'] as const).map(
    (type): Part => ({
      name: `\`contactMethods\` of the type \`${type}\``,
      of: (read) => methodOf(read, type, 'value'),
      without: () => ({
        ...contact,
        contactMethods: contact.contactMethods.filter((method) => method.type !== type),
      }),
    }),
  ),
  ...(
    [
      'label',
      'primary',
      'verified',
      'verifiedAt',
      'externalId',
      'customFields',
      'id',
      'createdAt',
      'updatedAt',
    ] as const
  ).map(
    (member): Part => ({
      name: `\`contactMethods.${member}\``,
      of: (read) => methodOf(read, 'email', member),
      without: () => ({
        ...contact,
        contactMethods: contact.contactMethods.map((method, index) =>
          index === 0 ? (omit(method, member) as Contact['contactMethods'][number]) : method,
        ),
      }),
    }),
  ),
  ...Object.entries({
    organization: 'that a vCard has a property for, such as `organization`',
    plan: 'that are text',
    seats: 'that are numbers',
    isPartner: 'that are true or false',
    visits: 'that are lists',
    address: 'that are objects',
    nothing: 'that are null',
  }).map(
    ([key, what]): Part => ({
      name: `\`customFields\` ${what}`,
      of: (read) => memberOf(read.customFields, key),
      without: () => ({
        ...contact,
        customFields: Object.fromEntries(Object.entries(contact.customFields).filter(([one]) => one !== key)),
      }),
    }),
  ),
]

writePart(
  {
    page: 'docs/guides/formats.md',
    name: 'format-fields',
    command: 'pnpm docs:formats',
    what: 'The fields of formats',
  },
  await fieldsTable(),
  check,
)
writePart(
  {
    page: 'docs/guides/formats.md',
    name: 'program-columns',
    command: 'pnpm docs:formats',
    what: 'The columns of programs',
  },
  await columnsTable(),
  check,
)

async function fieldsTable(): Promise<string> {
  const columns = await Promise.all(FORMATS.map(cellsOf))
  const rows = parts.map(({ name }, row) => [name, ...columns.map((cells) => cells[row] ?? '')])
  return table(['', ...FORMATS.map(({ name }) => name)], rows)
}

async function cellsOf(format: Format): Promise<readonly string[]> {
  const text = await textOf(format.write(contact))
  const whole = await read(format, text)
  const byId = await read(format, text, 'id')
  const plain = format.plain && (await read(format, format.plain(text)))
  return Promise.all(
    parts.map(async ({ of, without }) => {
      const isKept = (found: ReadContact): boolean => isDeepStrictEqual(of(found), of(contact))
      if (isKept(whole)) return plain && !isKept(plain) ? 'kept ¹' : 'kept'
      if (isKept(byId)) return "kept with `by: 'id'`"
      return (await textOf(format.write(without()))) === text ? 'left out' : 'in the file alone ²'
    }),
  )
}

async function read(format: Format, text: string, by?: 'id'): Promise<ReadContact> {
  for await (const { contact: found, error } of format.read(text, by)) {
    if (error) throw error
    return found
  }
  throw new Error(`Nothing was read of ${format.name}.`)
}

/** Where the columns of each program's export go. */
async function columnsTable(): Promise<string> {
  const programs = { 'Google Contacts': 'google-contacts', Outlook: 'outlook', HubSpot: 'hubspot' }
  const targets = new Map<string, string[][]>()
  for (const [at, file] of Object.values(programs).entries()) {
    const text = readFileSync(new URL(`../packages/formats/test/csv/${file}.csv`, import.meta.url), 'utf8')
    const { columns } = await readCsv(text, { addresses: 'contactMethods' }).header()
    for (const { header, to } of columns) {
      if (to === null || to.startsWith('customFields.')) continue
      const row = targets.get(to) ?? Object.keys(programs).map(() => [])
      row[at]?.push(`\`${header}\``)
      targets.set(to, row)
    }
  }
  const rows = [...targets].map(([to, cells]) => [
    `\`${to}\``,
    ...cells.map((headers) => headers.join(', ') || '–'),
  ])
  rows.sort(
    ([a = ''], [b = '']) => Number(a.includes('contactMethods')) - Number(b.includes('contactMethods')),
  )
  return table(['', ...Object.keys(programs)], rows)
}

function methodOf({ contactMethods }: ReadContact, type: ContactMethodType, member: string): unknown {
  if (!Array.isArray(contactMethods)) return undefined
  const methods: readonly unknown[] = contactMethods
  return memberOf(
    methods.find((method) => memberOf(method, 'type') === type),
    member,
  )
}

function memberOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}

function omit(holder: object, key: string): object {
  return Object.fromEntries(Object.entries(holder).filter(([one]) => one !== key))
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

async function* stream<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  yield* items
}
