import { describe, expect, test } from 'vitest'
import { brokenLine, MODULES, resolveImports } from './imports.ts'

const resolve = (code: string) => resolveImports(code, (module) => `at:${module}`)

describe('resolveImports', () => {
  test.each([
    ["import { memory } from '@anycontact/memory'", 'import { memory } from "at:memory"'],
    [
      'import \'@anycontact/core\'\nimport * as e from "@anycontact/emulator"',
      'import "at:core"\nimport * as e from "at:emulator"',
    ],
    ["export * from '@anycontact/core'", 'export * from "at:core"'],
    ["const a = await import('@anycontact/cognipeer')", 'const a = await import("at:cognipeer")'],
    [
      'import {\n  a,\n  b,\n} from "@anycontact/channel-inbox"',
      'import {\n  a,\n  b,\n} from "at:channel-inbox"',
    ],
  ])('%s', (code, resolved) => {
    expect(resolve(code)).toEqual({ code: resolved })
  })

  test.each([
    "const text = '@anycontact/core'",
    "// import a from 'b'",
    "`import a from 'b'`",
    "export default 'text'",
    "export const from = 'text'",
    "f('import', 'from')",
    'import(name)',
    'not a program at all (',
  ])('leaves %s as it is', (code) => {
    expect(resolve(code)).toEqual({ code })
  })

  test('refuses what there is not, with the line and what there is', () => {
    const problem = resolve("import { memory } from '@anycontact/memory'\n\nimport _ from 'lodash'")
    expect(problem).toMatchObject({ line: 3, message: expect.stringContaining('`lodash`') })
    for (const name of Object.keys(MODULES))
      expect(problem).toMatchObject({ message: expect.stringContaining(name) })
    expect(resolve("import a from 'constructor'")).toMatchObject({ line: 1 })
  })
})

test.each([
  ['const a = 1', undefined],
  ['const a = 1\nconst b = = 2', 2],
  ['const a = {\n\n', 1],
  ['f(\n  1,\n  2', 3],
])('the broken line of %j is %s', (code, line) => {
  expect(brokenLine(code)).toBe(line)
})
