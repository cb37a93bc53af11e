import type { Kind } from './operation.ts'
import type { Cell } from './table.ts'

const BEGIN = '<!-- faults:begin (made by `pnpm faults`) -->'
const END = '<!-- faults:end -->'

const KINDS: Readonly<Record<Kind, string>> = {
  read: 'one contact read',
  listing: 'listing, search, count, scan',
  create: 'create, upsert that creates',
  change: 'update, delete, upsert that changes',
  batch: 'batch, copy',
}

/** The page with the summary between its marks. @throws Error when a mark is not there */
export function withSummary(page: string, cells: readonly Cell[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} before an ${END}.`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${summary(cells)}\n\n${page.slice(end)}`
}

function summary(cells: readonly Cell[]): string {
  const count = cells.length.toLocaleString('en-US')
  const doubled = cells.filter(({ isDoubled }) => isDoubled).length
  const providers = [...new Set(cells.map(({ provider }) => provider))]
  const perProvider = providers.map((provider) => {
    const operations = new Set(
      cells.filter((cell) => cell.provider === provider).map(({ operation }) => operation),
    )
    return `${provider} ${operations.size}`
  })
  return [
    `${count} cells; operations: ${perProvider.join(', ')}. Doubled writes: ${doubled}.`,
    '### Met by one request',
    table(cells.filter(({ when }) => !when.startsWith('every'))),
    '### Met by every request',
    table(cells.filter(({ when }) => when.startsWith('every'))),
  ].join('\n\n')
}

function table(cells: readonly Cell[]): string {
  const alone = cells.filter(({ when, fault }) => when.endsWith('alone') && fault !== 'none')
  const groups = [...new Set(alone.map(({ group }) => group))]
  const kinds = Object.entries(KINDS)
  const rows = groups.map((group) => {
    const own = alone.filter((cell) => cell.group === group)
    return [group, ...kinds.map(([kind]) => ways(own.filter((cell) => cell.kind === kind)))]
  })
  const head = ['fault', ...kinds.map(([, words]) => words)]
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** How the cells ended: what went well, then the codes of what did not, by what they say was written; the commonest first. */
function ways(cells: readonly Cell[]): string {
  const counts = new Map<string, number>()
  for (const { ways } of cells)
    for (const [way, count] of ways) counts.set(way, (counts.get(way) ?? 0) + count)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const byApplied = new Map<string, string[]>()
  for (const [way] of [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))) {
    const [, code = way, applied = 'no'] = /^(\S+)(?: \((\w+)\))?$/.exec(way) ?? []
    if (way !== 'ok') byApplied.set(applied, [...(byApplied.get(applied) ?? []), code])
  }
  const ok = counts.get('ok')
  return [
    ...(ok === undefined ? [] : [`ok${percent(ok, total)}`]),
    ...[...byApplied].map(([applied, codes]) => `*${applied}*: ${codes.join(', ')}`),
  ].join('<br>')
}

function percent(count: number, total: number): string {
  return count === total ? '' : ` ${Math.min(99, Math.max(1, Math.round((count / total) * 100)))} %`
}
