import { exportCsv } from '@anycontact/core'
import fc from 'fast-check'
import { failedIn, type Lane, lane, member, outcomeOf, Wrong } from '../lane.ts'
import { call, openWorld, type ProviderName, providerNames, seedOne, supports, type World } from '../world.ts'

/** Every character that Unicode calls a format character. */
const CHARACTERS = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => /\p{Cf}/u.test(character))

type Place = (text: string, id: unknown) => readonly unknown[]

const email = (text: string): string => `${text}@example.com`
const phone = (text: string): string => `+1415555${text.replace('na', '26')}`

/** Where a key, an email or a phone number stands in a call. */
const PLACES: Readonly<Record<string, readonly (readonly [operation: string, place: Place])[]>> = {
  key: [
    ...['get', 'find', 'delete', 'contactMethods.list', 'conversations.list', 'contactMethods.get'].map(
      (operation) => [operation, (text: string) => [text]] as const,
    ),
    ['get', (text) => [{ id: text }]],
    ['find', (text) => [{ externalId: text }, { scan: true }]],
    ['find', (text) => [{ email: email(text) }, { scan: true }]],
    ['find', (text) => [{ phone: phone(text) }, { scan: true }]],
    ['update', (text) => [text, { email: 'a@example.com' }]],
    ['deleteMany', (text) => [[text]]],
    ['updateMany', (text) => [[{ ref: { externalId: text }, patch: {} }], { scan: true }]],
    ['contactMethods.getByExternalId', (text) => [text]],
    ['contactMethods.getByMetadata', (text) => [text, 'x']],
    ['contactMethods.setPrimary', (text) => [text]],
    ['contactMethods.getPrimary', (text) => [text, 'email']],
    ['activities.list', (text) => [text]],
    ['notifications.dismiss', (text) => [text]],
    ['notifications.markRead', (text) => [[text]]],
  ],
  written: [
    ['create', (text) => [{ email: email(text) }]],
    ['create', (text) => [{ phone: phone(text) }]],
    ['create', (text) => [{ externalId: text }]],
    ['create', (text) => [{ id: text }]],
    ['update', (text, id) => [id, { email: email(text) }]],
    ['update', (text, id) => [id, { phone: phone(text) }]],
    ['update', (text, id) => [id, { externalId: text }]],
    ['upsert', (text) => [{ externalId: text }, { by: 'externalId' }]],
    ['upsert', (text) => [{ email: email(text) }, { by: 'email', scan: true }]],
    ['createMany', (text) => [[{ phone: phone(text) }]]],
    ['upsertMany', (text) => [[{ externalId: text }], { by: 'externalId' }]],
    ['updateMany', (text, id) => [[{ ref: id, patch: { email: email(text) } }]]],
    ['contactMethods.create', (text, id) => [id, { type: 'email', value: email(text) }]],
    ['contactMethods.create', (text, id) => [id, { type: 'fax', value: phone(text) }]],
    ['contactMethods.create', (text, id) => [id, { type: 'other', value: 'x', externalId: text }]],
    ['contactMethods.createMany', (text, id) => [id, [{ type: 'email', value: email(text) }]]],
    ['contactMethods.sync', (text, id) => [id, [{ type: 'email', value: email(text) }]]],
    ['update', (text, id) => [id, { contactMethods: [{ type: 'email', value: email(text) }] }]],
  ],
  filter: [
    ['list', (text) => [{ where: { externalId: text } }]],
    ['list', (text) => [{ where: { email: { in: [null, email(text)] } } }]],
    ['list', (text) => [{ where: { phone: { ne: phone(text) } } }]],
    ['count', (text) => [{ where: { id: { eq: text } } }]],
    ['exportCsv', (text) => [{ where: { email: email(text) } }]],
  ],
}

/** Text in which it can stand: a note, a name, a tag. */
const KEPT: readonly (readonly [operation: string, place: Place, read: (contact: unknown) => unknown])[] = [
  ['update', (text, id) => [id, { name: text }], (contact) => member(contact, 'name')],
  ['update', (text, id) => [id, { note: text }], (contact) => member(contact, 'note')],
  [
    'update',
    (text, id) => [id, { customFields: { key: text } }],
    (contact) => member(member(contact, 'customFields'), 'key'),
  ],
]

const cases = fc.record({
  provider: fc.constantFrom(...providerNames),
  at: fc.constantFrom(...Object.values(PLACES).flat(), ...KEPT),
  character: fc.constantFrom(...CHARACTERS),
  place: fc.constantFrom('before', 'inside', 'behind'),
})

/** Characters that nobody sees: refused where somebody is looked up by them, kept in what people write. */
export const invisible: Lane = lane(
  'invisible',
  cases,
  async ({ provider, at, character, place }) => {
    const world = openWorld(provider)
    const [operation, argsOf, read] = at
    if (operation !== 'exportCsv' && !supports(world.client, operation)) return 'refused'
    const { contact } = await seedOne(world, provider)
    const text = { before: `${character}ana`, inside: `a${character}na`, behind: `ana${character}` }[place]
    world.begin()
    const args = argsOf(text, contact)
    const outcome = await outcomeOf(() => run(world, operation, args), world.requests)
    if (read) return kept(world, provider, outcome, text, read)
    const failed = 'given' in outcome ? failedIn(outcome.given) : [outcome.error]
    if (failed.length === 0) throw new Wrong('was taken')
    // Of a contact whose key may not be written there at all, the provider may say so first.
    if (world.requests() > 0) throw new Wrong(`was sent: ${String(failed[0])}`)
    return 'refused'
  },
  ({ provider, at: [operation, argsOf], character, place }) =>
    `${provider} ${operation} U+${character.codePointAt(0)?.toString(16)} ${place} ${argsOf('ana', 'ID').map((arg) => JSON.stringify(arg))}`,
)

function kept(
  world: World,
  provider: ProviderName,
  outcome: Awaited<ReturnType<typeof outcomeOf>>,
  text: string,
  read: (contact: unknown) => unknown,
): 'taken' | 'refused' {
  if ('given' in outcome) {
    if (read(outcome.given) !== text && world.warned.size === 0)
      throw new Wrong('was not kept, without a word')
    return 'taken'
  }
  const isStorable = member(outcome.error, 'code') === 'unsupported_field'
  if (provider === 'memory' || !isStorable) throw new Wrong(`was not kept: ${String(outcome.error)}`)
  return 'refused'
}

async function run({ client }: World, operation: string, args: readonly unknown[]): Promise<unknown> {
  if (operation !== 'exportCsv') return call(client, operation, args)
  const csv: ReadableStream<string> = Reflect.apply(
    exportCsv as (...all: unknown[]) => ReadableStream<string>,
    undefined,
    [client, ...args],
  )
  for await (const _ of csv);
  return undefined
}
