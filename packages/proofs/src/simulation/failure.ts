import type { Played } from './play.ts'

/** What is wrong with what a seed stands for, and the command that plays it again; `undefined` where nothing is. */
export function failureOf({
  seed,
  script,
  breaches,
}: Pick<Played, 'seed' | 'script' | 'breaches'>): string | undefined {
  if (breaches.length === 0) return undefined
  const { route, direction, absent, deletions, conflicts, keep } = script.definition
  const what = `${route.source} to ${route.target}, ${direction}, absent ${absent}, deletions ${deletions}, conflicts ${conflicts}, keep ${keep}`
  return [
    `seed ${seed}: ${what}`,
    ...breaches.map((breach) => `  ${breach}`),
    `  pnpm simulate --seed ${seed}`,
  ].join('\n')
}
