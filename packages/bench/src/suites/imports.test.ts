import { expect, it } from 'vitest'
import * as programs from '../../cases/imports.js'
import { measure } from '../measure/programs.ts'

/** Those of peers are installed by the bench alone. */
const names = Object.keys(programs).filter((name) => name !== 'hubspotSdk')

it.each(names)('%s imports something', async (program) => {
  const { only } = await measure({ only: { module: 'imports', program, environment: {} } }, 1)
  expect(only[0]?.items).toBeGreaterThan(0)
})
