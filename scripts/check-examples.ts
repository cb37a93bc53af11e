/**
 * Compiles every TypeScript block of the README files and guides, as a reader would who pastes it into a file of their own.
 * A block whose fence says `ts no-check` is left out; what it shows must then not be code that is meant to compile.
 * On a page for users no block imports `@anycontact/core`: one who installed an adapter has its names from there, and not the package.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
// A folder from which everything that an example imports can be found.
const folder = join(root, 'packages/integration/node_modules/.examples')
const pages = globSync(['README.md', 'packages/*/README.md', 'docs/guides/*.md'], { cwd: root })

/** Pages for authors of adapters, who install core itself. */
const authors = new Set([
  'docs/guides/writing-an-adapter.md',
  'packages/conformance/README.md',
  'packages/core/README.md',
  'packages/example-adapter/README.md',
])

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

/** What the blocks may take for granted: names that the text around them introduces. */
const ambient = `
import type { ChatBotKitContacts } from '@anycontact/chatbotkit'
declare global {
  const contacts: ChatBotKitContacts
}
`
writeFileSync(join(folder, 'ambient.ts'), ambient)

let blocks = 0
const misplaced: string[] = []
for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8')
  const name = page.replaceAll(/[^\w]+/g, '-')
  const isForUsers = !authors.has(page.replaceAll('\\', '/'))
  for (const match of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
    blocks++
    const line = text.slice(0, match.index).split('\n').length
    if (isForUsers && match[1]?.includes("'@anycontact/core")) misplaced.push(`${page}:${line}`)
    writeFileSync(join(folder, `${name}-L${line}.ts`), `${match[1]}\nexport {}\n`)
  }
}
if (misplaced.length > 0) {
  console.error(`Import from an adapter, which hands core on, in ${misplaced.join(', ')}.`)
  process.exit(1)
}
const config = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: { types: ['node'], noUnusedLocals: false, noUnusedParameters: false },
  include: ['*.ts'],
}
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
const tsc = spawnSync('tsc', ['--noEmit', '-p', folder], { stdio: 'inherit' })
if (blocks === 0) {
  console.error('No example was found.')
  process.exit(1)
}
console.log(
  `${blocks} examples in ${pages.length} pages ${tsc.status === 0 ? 'compile' : 'do not all compile'}`,
)
process.exit(tsc.status ?? 1)
