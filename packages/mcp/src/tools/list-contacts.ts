import type { ContactsWith, OrderBy, Where } from '@anycontact/core'
import * as v from 'valibot'
import { type PageInput, paged, pageEntries } from './paged.ts'
import { MOST_CONTACTS } from './reading.ts'
import { READS, type Tool, tool, type Workshop } from './tool.ts'
import { describedWhere } from './where-entry.ts'

interface ListInput extends PageInput {
  readonly where?: Where | undefined
  readonly orderBy?: OrderBy | undefined
  readonly includeDeleted?: boolean | undefined
}

/** Makes `list_contacts`. */
export function listTool({ contacts, settings }: Workshop): Tool {
  const { provider, capabilities } = contacts
  const { maxPageSize } = capabilities.list
  const answer = paged<Pick<ListInput, 'where' | 'orderBy' | 'includeDeleted'>>(
    {
      name: 'list_contacts',
      // Where most contacts may be left out, large pages are fewer requests.
      pageSize: (query, limit) => (contacts.explain(query).exact ? limit : maxPageSize),
      isComplete: (query) => contacts.explain(query).complete,
      readPage: (query, page) => contacts.list({ ...query, ...page }),
    },
    settings,
  )
  return tool({
    name: 'list_contacts',
    title: 'List contacts',
    description: `Lists contacts of ${provider}, at most ${MOST_CONTACTS} an answer. When there are more, the answer has a nextCursor.`,
    input: inputOf(contacts),
    annotations: READS,
    run: ({ where, orderBy, includeDeleted, ...input }, { signal }) =>
      answer({ where, orderBy, includeDeleted }, input, signal),
  })
}

/** What the tool takes: an order and deleted contacts only where the provider has them. */
function inputOf(contacts: ContactsWith<'list'>): v.GenericSchema<unknown, ListInput> {
  const { orderBy: fields, softDeletes = false } = contacts.capabilities.list
  const plain = { where: v.optional(describedWhere(contacts)), ...pageEntries }
  const orderBy = v.optional(
    v.pipe(
      v.strictObject({ field: v.picklist(fields), direction: v.optional(v.picklist(['asc', 'desc'])) }),
      v.description('Default: the order of the provider.'),
    ),
  )
  const includeDeleted = v.optional(
    v.pipe(v.boolean(), v.description('Whether contacts that the provider keeps as deleted are listed too.')),
  )
  if (fields.length === 0)
    return softDeletes ? v.strictObject({ ...plain, includeDeleted }) : v.strictObject(plain)
  return softDeletes
    ? v.strictObject({ ...plain, orderBy, includeDeleted })
    : v.strictObject({ ...plain, orderBy })
}
