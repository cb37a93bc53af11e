import { ContactsError, type ContactsErrorIssue, type RefKey } from '@anycontact/core'
import { isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import type { Side } from '../ledger/pair.ts'
import type { SyncPlan } from '../project/plan.ts'

/** The options of a sync when they have been read: with all defaults. */
export interface ReadDefinition
  extends Pick<
    SyncPlan,
    | 'name'
    | 'source'
    | 'target'
    | 'by'
    | 'direction'
    | 'absent'
    | 'deletions'
    | 'conflicts'
    | 'keep'
    | 'editedAndDeleted'
    | 'maxDeletions'
  > {
  readonly fields: Readonly<Record<string, string>>
  readonly lost: readonly string[]
}

/** What is wrong with an option; `undefined` for nothing. */
type Check = (value: unknown) => string | undefined

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value)
      ? undefined
      : `must be ${words.map((word) => `'${word}'`).join(' or ')}`

const isKey = (value: unknown): value is RefKey => REF_KEYS.some((key) => key === value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isFunction = (value: unknown): boolean => typeof value === 'function'
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const client: Check = (value) =>
  isFunction(member(value, 'list')) &&
  isPlainObject(member(value, 'capabilities')) &&
  isText(member(value, 'provider'))
    ? undefined
    : 'must be a client that can list contacts, as an adapter makes it'

const CHECKS = {
  name: (value) =>
    isText(value) && /^[^\s\p{C}]([^\p{C}]{0,198}[^\s\p{C}])?$/u.test(value)
      ? undefined
      : 'must be text of at most 200 characters, without line breaks or blanks around it',
  source: client,
  target: client,
  by: (value) =>
    isKey(value) ||
    (isPlainObject(value) && isKey(value.source) && isKey(value.target) && Object.keys(value).length === 2)
      ? undefined
      : `must be one of ${REF_KEYS.join(', ')}, or { source, target } with one each`,
  fields: (value) =>
    isPlainObject(value) && Object.values(value).every((path) => path === undefined || isText(path))
      ? undefined
      : 'must be a plain object: fields of the source, and where each is placed at the target',
  lost: (value) =>
    Array.isArray(value) && value.every(isText) ? undefined : 'must be an array of names of fields',
  direction: oneOf('one-way', 'both'),
  absent: oneOf('clear', 'leave'),
  deletions: oneOf('keep', 'mirror'),
  conflicts: (value) =>
    isFunction(value)
      ? undefined
      : oneOf('newest', 'source', 'target', 'review')(value) &&
        "must be 'newest', 'source', 'target', 'review' or a function",
  keep: oneOf('values', 'hashes'),
  editedAndDeleted: oneOf('edit', 'deletion'),
  maxDeletions: (value) =>
    typeof value === 'number' && value >= 0 && value <= 1
      ? undefined
      : 'must be a share from 0 to 1, such as 0.1',
} as const satisfies Readonly<Record<keyof ReadDefinition, Check>>

const NEEDED: readonly string[] = ['name', 'source', 'target', 'by']

const isOption = (name: string): name is keyof ReadDefinition => Object.hasOwn(CHECKS, name)

/**
 * Reads what a sync is defined by, once, as a program that TypeScript did not check may give it.
 *
 * @throws ContactsError `config`
 */
export function readDefinition(given: unknown): ReadDefinition {
  const members = readMembers(given)
  const issues: ContactsErrorIssue[] = []
  for (const name of NEEDED) {
    if (members[name] === undefined) issues.push({ path: name, message: 'must be given' })
  }
  for (const [name, value] of Object.entries(members)) {
    if (!isOption(name)) {
      issues.push({ path: name, message: `is no option here; there are ${Object.keys(CHECKS).join(', ')}` })
    } else if (value !== undefined) {
      const message = checked(CHECKS[name], value)
      if (message !== undefined) issues.push({ path: name, message })
    }
  }
  if (issues.length > 0) throw badDefinition(members.name, issues)
  // What stands in each was checked just now.
  const {
    by,
    fields = {},
    lost = [],
    ...options
  } = members as unknown as Omit<ReadDefinition, 'by'> & {
    readonly by: RefKey | Readonly<Record<Side, RefKey>>
  }
  const places = Object.entries(fields).filter(([, path]) => path !== undefined)
  return {
    name: options.name,
    source: options.source,
    target: options.target,
    by: typeof by === 'string' ? { source: by, target: by } : { source: by.source, target: by.target },
    fields: Object.fromEntries(places),
    lost: [...lost],
    direction: options.direction ?? 'one-way',
    absent: options.absent ?? 'clear',
    deletions: options.deletions ?? 'keep',
    conflicts: options.conflicts ?? 'review',
    keep: options.keep ?? 'values',
    editedAndDeleted: options.editedAndDeleted ?? 'edit',
    maxDeletions: options.maxDeletions ?? 0.1,
  }
}

/** The error for a definition that cannot be used. */
export function badDefinition(name: unknown, issues: readonly ContactsErrorIssue[]): ContactsError {
  const sync = isText(name) && CHECKS.name(name) === undefined ? `The sync ${name}` : 'The sync'
  const words = issues
    .map(({ path, message }) => (path === '' ? `it ${message}` : `${path} ${message}`))
    .join('; ')
  return new ContactsError({
    code: 'config',
    message: `${sync} cannot be defined so: ${words}.`,
    operation: 'defineSync',
    issues,
  })
}

function readMembers(given: unknown): Record<string, unknown> {
  try {
    if (isPlainObject(given)) return { ...given }
  } catch {
    // A getter or proxy of the caller's that throws.
  }
  throw badDefinition(undefined, [{ path: '', message: 'must be a plain object that can be read' }])
}

function checked(check: Check, value: unknown): string | undefined {
  try {
    return check(value)
  } catch {
    return 'cannot be read: reading it throws an error'
  }
}
