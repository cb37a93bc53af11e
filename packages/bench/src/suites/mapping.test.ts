import { expect, it } from 'vitest'
import * as programs from '../../cases/mapping.js'
import { measureOnce } from '../measure/programs.ts'

const COUNT = 2000

it.each(Object.keys(programs))('%s handles each record, and damages none', async (program) => {
  const only = await measureOnce({ module: 'mapping', program, environment: { count: COUNT } })
  expect(only.samples).toEqual([expect.objectContaining({ items: COUNT, damaged: 0 })])
})
