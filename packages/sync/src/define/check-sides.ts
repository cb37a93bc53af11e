import type { ContactsErrorIssue, OperationName } from '@anycontact/core'
import { type CapableSide, findableKeys, heldFields, writableKeys } from './capable.ts'
import type { ReadDefinition } from './options.ts'

/** What both sides must be able to do for a sync as it is defined; each thing that they cannot is an issue. */
export function sideIssues(definition: ReadDefinition): ContactsErrorIssue[] {
  const { source, target, direction, deletions, keep, absent } = definition
  const isBoth = direction === 'both'
  return [
    ...lacking('target', target, ['create', 'update', 'get'], 'is written to'),
    ...(isBoth
      ? lacking(
          'source',
          source,
          ['create', 'update', 'get'],
          'is written to, because the sync goes both ways',
        )
      : []),
    ...(deletions === 'mirror' ? undeletable('target', target) : []),
    ...(deletions === 'mirror' && isBoth ? undeletable('source', source) : []),
    ...(source === target ? [{ path: 'target', message: 'must be another client than the source' }] : []),
    ...keyIssues(definition),
    ...(keep === 'hashes' && isBoth
      ? [
          {
            path: 'keep',
            message:
              "must be 'values': what goes both ways is merged, which takes the values that were agreed",
          },
        ]
      : []),
    ...(absent === 'leave' && isBoth
      ? [
          {
            path: 'absent',
            message:
              "must be 'clear': in both directions a field that one side does not have was cleared there",
          },
        ]
      : []),
  ]
}

function lacking(
  path: string,
  { provider, capabilities }: CapableSide,
  operations: readonly OperationName[],
  why: string,
): ContactsErrorIssue[] {
  const missing = operations.filter((operation) => capabilities[operation] === undefined)
  if (missing.length === 0) return []
  return [{ path, message: `${why}, and ${provider} has no ${missing.join(', no ')}` }]
}

function undeletable(side: string, { provider, capabilities }: CapableSide): ContactsErrorIssue[] {
  if (capabilities.delete !== undefined) return []
  const message = `cannot be 'mirror': the ${side}, ${provider}, has no delete; leave deletions out, or say 'keep'`
  return [{ path: 'deletions', message }]
}

const KINDS = { id: 'id', externalId: 'id', email: 'email', phone: 'phone' } as const

function keyIssues({ source, target, by, direction }: ReadDefinition): ContactsErrorIssue[] {
  if (KINDS[by.source] !== KINDS[by.target]) {
    return [
      { path: 'by', message: 'must be keys of one kind on both sides: ids of some sort, emails, or phones' },
    ]
  }
  const issues: ContactsErrorIssue[] = []
  if (!writableKeys(target).includes(by.target))
    issues.push({ path: 'by', message: cannotGoBy('target', target, by.target) })
  // One direction: contacts without external id go by their provider and id, which every listing shows.
  const isThere =
    KINDS[by.source] === 'id' || findableKeys(source).has(by.source) || heldFields(source).has(by.source)
  if (direction === 'one-way' ? !isThere : !writableKeys(source).includes(by.source)) {
    issues.push({ path: 'by', message: cannotGoBy('source', source, by.source) })
  }
  return issues
}

function cannotGoBy(side: string, client: CapableSide, key: string): string {
  const keys = writableKeys(client)
  const instead = keys.length === 0 ? 'it has no key to go by' : `there it can be ${keys.join(' or ')}`
  return `cannot be ${key} at the ${side}: ${client.provider} does not store contacts and find them by it; ${instead}`
}
