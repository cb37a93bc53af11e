import type { Where } from '@anycontact/core'
import * as v from 'valibot'
import type { Answer } from '../answer/answer.ts'
import { READS, type Tool, type ToolCall, tool, type Workshop } from './tool.ts'
import { shortWhere } from './where-entry.ts'

/** Makes `count_contacts`, where the client can count. */
export function countTool({ contacts, settings }: Workshop): Tool | undefined {
  if (!contacts.supports('count')) return undefined
  const { maxPageSize: pageSize } = contacts.capabilities.list
  const pages = Math.ceil(settings.maxRead / pageSize)
  const isNative = contacts.capabilities.count.mode === 'native'

  async function read(where: Where | undefined, { signal, progress }: ToolCall): Promise<Answer['head']> {
    let count = 0
    let left = pages
    for await (const page of contacts.list({ where, pageSize, signal }).pages()) {
      count += page.items.length
      left--
      progress((pages - left) * pageSize)
      if (page.nextCursor === undefined) {
        return {
          count,
          ...(page.complete === false && { incomplete: 'The provider does not list every contact.' }),
        }
      }
      if (left === 0) break
    }
    return { atLeast: count, more: `The first ${pages * pageSize} contacts were read: there may be more.` }
  }

  return tool({
    name: 'count_contacts',
    title: 'Count contacts',
    description: `Counts contacts of ${contacts.provider}. Where it does not count itself, contacts are read, at most ${pages * pageSize}; the answer is then atLeast.`,
    input: v.strictObject({ where: v.optional(shortWhere()) }),
    annotations: READS,
    async run({ where }, call) {
      const { exact, total } = contacts.explain({ where })
      const isCheap = exact && (isNative || total)
      return {
        head: isCheap
          ? { count: await contacts.count({ where, signal: call.signal }) }
          : await read(where, call),
      }
    },
  })
}
