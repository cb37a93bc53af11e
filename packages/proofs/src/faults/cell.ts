import { ContactsError } from '@anycontact/core'
import type { CellRun, ItemRecord } from './run-cell.ts'

/**
 * A cell as it is kept: how the calls ended, each way with how many items ended so; the requests seen; what is stored afterwards,
 * as records more, fewer and changed; and how many writes were doubled, where any was.
 */
export function cellText({ end, items, requests, before, after, audit, warnings }: CellRun): string {
  const sorted = [...waysOf(items)].sort(([a], [b]) => (a < b ? -1 : 1))
  const ends = sorted.map(([way, count]) => (count === 1 ? way : `${count} × ${way}`)).join(', ')
  const codes = [...new Set(warnings.map(({ code }) => code))].sort()
  return [
    end === 'settled' ? ends : end,
    codes.length > 0 ? `warns of ${codes.join(' and ')}` : '',
    requests === 1 ? '1 request' : `${requests} requests`,
    stored(before, after),
    audit.doubled.length > 0 ? `${audit.doubled.length} doubled` : '',
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** How the things ended that the calls were to do, and how many each way. */
export function waysOf(items: readonly ItemRecord[]): ReadonlyMap<string, number> {
  const ways = new Map<string, number>()
  for (const item of items) {
    const way = wayOf(item)
    ways.set(way, (ways.get(way) ?? 0) + 1)
  }
  return ways
}

function wayOf({ end }: ItemRecord): string {
  if ('value' in end) return 'ok'
  const { error } = end
  if (!ContactsError.is(error)) return `bare ${error instanceof Error ? error.name : typeof error}`
  return error.applied === 'no' ? error.code : `${error.code} (${error.applied})`
}

function stored(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const more = [...after.keys()].filter((id) => !before.has(id)).length
  const fewer = [...before.keys()].filter((id) => !after.has(id)).length
  const changed = [...after].filter(([id, row]) => before.has(id) && before.get(id) !== row).length
  const parts = [more > 0 ? `+${more}` : '', fewer > 0 ? `−${fewer}` : '', changed > 0 ? `~${changed}` : '']
  const text = parts.filter((part) => part !== '').join(' ')
  return text === '' ? '' : `stored ${text}`
}
