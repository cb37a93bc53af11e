import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { placesIn } from '../report/guide.ts'
import { suites } from './index.ts'

it('has a place in the guide for each table, and for no other', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/performance.md', import.meta.url), 'utf8')
  const tables = suites.flatMap(({ tables }) => tables)
  expect(placesIn(guide).toSorted()).toEqual(['machine', ...tables].toSorted())
})
