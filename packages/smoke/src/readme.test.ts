import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import tools from '../tools/package.json' with { type: 'json' }
import { root } from './pnpm.ts'

/** The versions that README's table names, by the runtime that its row begins with. */
function runWith(): ReadonlyMap<string, string> {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const rows = readme
    .split('## Runs on')[1]
    ?.split('\n## ')[0]
    ?.matchAll(/^\| ([^ |:]+)[^|]*\| ([^|]*\d) \|/gm)
  return new Map(Array.from(rows ?? [], ([, runtime = '', versions = '']) => [runtime, versions]))
}

it('README names the versions that are run', () => {
  const { node20, node22, node24, node26, bun, deno, workerd } = tools.optionalDependencies
  const nodes = [node20, node22, node24, node26].map((name) => name.replace('npm:node@', ''))
  expect(Object.fromEntries(runWith())).toEqual({
    Node: nodes.join(', '),
    Bun: bun,
    Deno: deno,
    Cloudflare: `workerd ${workerd}`,
  })
})
