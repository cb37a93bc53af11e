import { expect, it } from 'vitest'
import { bundlesIn } from './bundles.ts'

it('reads the sizes among what else is printed', () => {
  const printed =
    '- Adding to empty esbuild project\n[\n  {\n    "name": "core",\n    "passed": false,\n    "size": 10070\n  }\n]\n'
  expect(bundlesIn(printed)).toEqual([expect.objectContaining({ name: 'core', size: 10_070 })])
})

it('tells what was printed where something could not be bundled', () => {
  expect(() => bundlesIn(' ERROR  Could not resolve "core/dist/index.js" [plugin x]\n')).toThrow(
    'Could not resolve "core/dist/index.js"',
  )
})
