import { expect, it } from 'vitest'
import * as programs from '../../cases/imports.js'
import { measureOnce } from '../measure/programs.ts'

/** Those of peers are installed by the bench alone. */
const names = Object.keys(programs).filter((name) => name !== 'hubspotSdk')

it.each(names)('%s imports something', async (program) => {
  const only = await measureOnce({ module: 'imports', program, environment: {} })
  expect(only.samples[0]?.items).toBeGreaterThan(0)
})
