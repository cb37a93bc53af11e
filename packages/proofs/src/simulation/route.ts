import type { Provider } from './sites/index.ts'

/** Two providers between which contacts are synced, and what of a contact is. */
export interface Route {
  readonly source: Provider
  readonly target: Provider
  /** The field that a contact is known by on each side. */
  readonly key: Readonly<Record<'source' | 'target', string>>
  /** The field's path on the source → on the target. The keys are not among them. */
  readonly fields: Readonly<Record<string, string>>
  /** Whether deletions can be carried over to the target; to the source. */
  readonly deletes: Readonly<Record<'source' | 'target', boolean>>
}

const same = (...paths: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.map((path) => [path, path]))

const external = { source: 'externalId', target: 'externalId' } as const
const email = { source: 'email', target: 'email' } as const

/** Every route that is simulated. */
export const ROUTES: readonly [Route, ...Route[]] = [
  {
    source: 'cognipeer',
    target: 'chatbotkit',
    key: external,
    fields: {
      ...same('name', 'email', 'phone', 'customFields.plan', 'customFields.city'),
      status: 'customFields.status',
    },
    deletes: { source: false, target: true },
  },
  {
    source: 'chatbotkit',
    target: 'cognipeer',
    key: external,
    fields: {
      ...same('name', 'email', 'phone', 'customFields.plan', 'customFields.city'),
      note: 'customFields.note',
      nickname: 'customFields.nickname',
    },
    deletes: { source: true, target: false },
  },
  {
    source: 'cognipeer',
    target: 'channel-inbox',
    key: email,
    fields: same('name', 'phone', 'tags'),
    deletes: { source: false, target: true },
  },
  {
    source: 'channel-inbox',
    target: 'cognipeer',
    key: email,
    fields: { ...same('name', 'phone', 'tags'), note: 'customFields.note' },
    deletes: { source: true, target: false },
  },
  {
    source: 'channel-inbox',
    target: 'chatbotkit',
    key: email,
    fields: same('name', 'phone', 'note'),
    deletes: { source: true, target: true },
  },
  {
    source: 'chatbotkit',
    target: 'channel-inbox',
    key: email,
    fields: same('name', 'phone', 'note'),
    deletes: { source: true, target: true },
  },
  {
    source: 'contact-methods',
    target: 'chatbotkit',
    key: { source: 'id', target: 'externalId' },
    fields: same('email', 'phone'),
    deletes: { source: true, target: true },
  },
  {
    source: 'chatbotkit',
    target: 'contact-methods',
    key: { source: 'externalId', target: 'id' },
    fields: same('email', 'phone'),
    deletes: { source: true, target: true },
  },
]
