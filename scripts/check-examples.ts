/**
 * Compiles every TypeScript block of the README files and guides, as a reader would who pastes it into a file of their own.
 * A block whose fence says `ts no-check` is left out; what it shows must then not be code that is meant to compile.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
// A folder from which everything that an example imports can be found.
const folder = join(root, 'packages/chatbotkit/node_modules/.examples')
const pages = globSync(['README.md', 'packages/*/README.md', 'docs/guides/*.md'], { cwd: root })

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
for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8')
  const name = page.replaceAll(/[^\w]+/g, '-')
  for (const match of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
    blocks++
    const line = text.slice(0, match.index).split('\n').length
    writeFileSync(join(folder, `${name}-L${line}.ts`), `${match[1]}\nexport {}\n`)
  }
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
