import * as v from 'valibot'
import { paged, pageEntries } from './paged.ts'
import { MOST_CONTACTS } from './reading.ts'
import { READS, type Tool, tool, type Workshop } from './tool.ts'

/** Makes `search_contacts`, where the client can search. */
export function searchTool({ contacts, settings }: Workshop): Tool | undefined {
  if (!contacts.supports('search')) return undefined
  const { provider, capabilities } = contacts
  const isNative = capabilities.search.mode === 'native'
  const answer = paged<{ readonly text: string | undefined }>(
    {
      name: 'search_contacts',
      pageSize: (_query, limit) => (isNative ? limit : capabilities.list.maxPageSize),
      isComplete: () => capabilities.list.complete,
      readPage: ({ text }, page) => contacts.search(text ?? '', page),
    },
    settings,
  )
  const how = isNative
    ? `${provider} searches itself.`
    : `${provider} has no search: contacts are read, and those are found in which every word occurs.`
  return tool({
    name: 'search_contacts',
    title: 'Search contacts',
    description: `Finds contacts by words in their fields, at most ${MOST_CONTACTS} an answer. ${how} When there may be more, the answer has a nextCursor.`,
    input: v.strictObject({
      text: v.optional(
        v.pipe(v.string(), v.description('What to look for. Needed unless there is a cursor.')),
      ),
      ...pageEntries,
    }),
    annotations: READS,
    run: ({ text, ...input }, { signal }) => answer({ text }, input, signal),
  })
}
