import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countLines } from './source.ts'
import { isForTests, type Report, type SourceTree } from './tree.ts'

/** The most lines that a file may have, tests included: a longer one has a seam somewhere. */
const MAX_LINES = 300

/** The most lines of code, without comments and blanks, in the two halves of an adapter. */
const MAX_CODE = { normalized: 800, face: 800 }
const MAX_CODE_OF: Readonly<Record<string, Partial<typeof MAX_CODE>>> = {
  'contact-methods': { normalized: 1_100 },
  chatbotkit: { face: 1_200 },
}

/** The most lines of all adapters together, with comments, without tests. */
const MAX_ADAPTERS = 10_200

/** The most files of core's `http/`. */
const MAX_HTTP_FILES = 12

/** The most lines of the adapter that the guide shows, with comments, without tests. */
const MAX_EXAMPLE = 400

/** A figure and its budget; without one it is there to be read. */
export interface Figure {
  readonly what: string
  readonly found: number
  readonly budget: number | undefined
}

/** Reports every TypeScript file of the repository that is too long. */
export function checkLengths(root: string, report: Report): void {
  const files = globSync(['*.ts', '{packages,scripts,docs}/**/*.{ts,mts,cts,tsx}'], {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|reports|site)(\/|$)/.test(path),
  })
  for (const file of files) {
    const lines = countLines(readFileSync(join(root, file), 'utf8'))
    if (lines > MAX_LINES) report(file, `has ${lines} lines; the most is ${MAX_LINES}`)
  }
}

/** The sizes of the adapters, of core's `http/` and of the example, each with its budget. */
export function measure(
  adapters: readonly SourceTree[],
  core: SourceTree,
  example: SourceTree,
  memory: SourceTree,
): readonly Figure[] {
  const figures: Figure[] = []
  for (const tree of adapters) {
    const { normalized, face } = { ...MAX_CODE, ...MAX_CODE_OF[tree.name] }
    const isFace = (path: string): boolean => path.startsWith('api/')
    figures.push(
      {
        what: `${tree.name}: code, normalized half`,
        found: code(tree, (path) => !isFace(path)),
        budget: normalized,
      },
      {
        what: `${tree.name}: code, face`,
        found: code(tree, (path) => isFace(path) && !/^api\/(types|wire)[./]/.test(path)),
        budget: face,
      },
      { what: `${tree.name}: lines with comments`, found: lines(tree), budget: undefined },
    )
  }
  const together = adapters.reduce((sum, tree) => sum + lines(tree), 0)
  const http = [...core.files.keys()].filter((path) => path.startsWith('http/') && !isForTests(path))
  return [
    ...figures,
    { what: 'all adapters: lines with comments', found: together, budget: MAX_ADAPTERS - 1 },
    { what: 'memory: lines with comments', found: lines(memory), budget: undefined },
    { what: 'core: files of http/', found: http.length, budget: MAX_HTTP_FILES },
    { what: 'example: lines with comments', found: lines(example), budget: MAX_EXAMPLE - 1 },
  ]
}

/** The lines of code of some files of a package, tests apart. */
function code({ files }: SourceTree, isCounted: (path: string) => boolean): number {
  return sum(
    [...files].flatMap(([path, { codeLines }]) => (!isForTests(path) && isCounted(path) ? [codeLines] : [])),
  )
}

/** The lines of a package, comments and blanks included, tests apart. */
function lines({ files }: SourceTree): number {
  return sum([...files].flatMap(([path, source]) => (isForTests(path) ? [] : [source.lines])))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
