/**
 * Checks that every adapter has the same rooms, files and package.json, so that who knows one knows them all; that nothing grows
 * past its budget; that core and adapters run on every runtime; and that dependencies point one way. Prints the sizes.
 */
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { checkDependencies, checkIndex, checkPackage, checkProcess, checkRuntime } from './layout/package.ts'
import { checkRooms } from './layout/rooms.ts'
import { checkLengths, type Figure, measure } from './layout/sizes.ts'
import { readTree, type SourceTree } from './layout/tree.ts'
import { checkWording } from './layout/wording.ts'

/** The adapters for vendors. The first is the one that the others' package.json are held against. */
const ADAPTERS = ['chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods']

const root = resolve(import.meta.dirname, '..')
const problems: string[] = []
const report = (place: string, problem: string): void => {
  problems.push(`${place}: ${problem}`)
}

const packages = new Map(
  globSync('packages/*/src', { cwd: root }).map((src) => {
    const tree = readTree(root, src.slice(0, -'/src'.length))
    return [tree.name, tree]
  }),
)
const adapters = ADAPTERS.map(packageOf)
const [model] = adapters
const [core, memory, example] = [packageOf('core'), packageOf('memory'), packageOf('example-adapter')]
const formats = packageOf('formats')

for (const tree of packages.values()) {
  checkWording(tree, ADAPTERS.includes(tree.name), report)
  checkDependencies(root, tree, [...ADAPTERS, 'memory'], report)
}
for (const tree of adapters) if (model) checkPackage(root, tree, model.folder, report)
for (const tree of [...adapters, memory]) {
  checkIndex(tree, report)
  checkRooms(tree, report)
}
for (const tree of [...adapters, memory, core, formats]) checkRuntime(tree, report)
checkProcess(packageOf('cli'), 'bin.ts', report)
checkLengths(root, report)
for (const figure of measure(adapters, core, example, memory)) print(figure)

if (problems.length > 0) {
  console.error(`\n${problems.join('\n')}\n\n${problems.length} problems.`)
  process.exitCode = 1
} else {
  console.log('\nThe packages are laid out alike, and each is within its budgets.')
}

function packageOf(name: string): SourceTree {
  const tree = packages.get(name)
  if (!tree) throw new Error(`packages/${name} has no sources.`)
  return tree
}

function print({ what, found, budget }: Figure): void {
  const figures = [found, budget ?? '–'].map((figure) => String(figure).padStart(8)).join('')
  console.log(`${what.padEnd(42)}${figures}${budget !== undefined && found > budget ? '  over' : ''}`)
  if (budget !== undefined && found > budget) report(what, `${found}; the most is ${budget}`)
}
