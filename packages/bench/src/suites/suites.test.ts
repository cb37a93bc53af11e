import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { suites } from './index.ts'

/** Tables that are called otherwise than their suite. */
const OTHERS = ['machine', 'listing-oldest-node']

it('has a place in the guide for each table, and for no other: one that is missing would be told after minutes', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/performance.md', import.meta.url), 'utf8')
  const places = Array.from(
    guide.matchAll(/<!-- bench:(\S+) -->[\s\S]*?<!-- \/bench:\1 -->/g),
    ([, id]) => id,
  )
  expect(places.toSorted()).toEqual([...suites.map(({ name }) => name), ...OTHERS].toSorted())
})
