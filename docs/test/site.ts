import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The root of the repository. */
export const ROOT: string = resolve(import.meta.dirname, '../..')
/** The folder of the built site. */
export const SITE: string = join(ROOT, 'docs/site')

if (!existsSync(SITE)) throw new Error('There is no site yet: run `pnpm run docs` first.')

/** A page of the site. */
export interface Page {
  /** From the site's folder, with slashes. */
  path: string
  html: string
  /** The anchors that can be linked to. */
  anchors: ReadonlySet<string>
  /** What it links to, as it is written. */
  links: readonly string[]
}

const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const attributes = (html: string, name: string): string[] =>
  Array.from(html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g')), ([, value = '']) => decode(value))

/** All pages that TypeDoc made. The playground is a page of its own. */
export const PAGES: readonly Page[] = globSync('**/*.html', { cwd: SITE })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.startsWith('playground/'))
  .sort()
  .map((path) => {
    const html = readFileSync(join(SITE, path), 'utf8')
    return { path, html, anchors: new Set(attributes(html, 'id')), links: attributes(html, 'href') }
  })

/** A page by its path. */
export function pageAt(path: string): Page {
  const page = PAGES.find((each) => each.path === path)
  if (!page) throw new Error(`The site has no ${path}.`)
  return page
}

/** The text of a page's content, without its navigation. */
export function textOf({ html }: Page): string {
  const content = html.slice(html.indexOf('col-content'), html.indexOf('class="col-sidebar"'))
  return decode(content.replaceAll(/<[^>]+>/g, ' ').replaceAll('\u00a0', ' ')).replaceAll(/\s+/g, ' ')
}

/** What the reference says of a name, as far as the tests read it. */
export interface Named {
  id: number
  name: string
  kind: number
  children?: Named[]
  signatures?: Named[]
  sources?: { fileName: string; line: number }[]
  [other: string]: unknown
}

/** TypeDoc's kinds. */
export const MODULE = 2
/** An index signature. */
export const INDEX_SIGNATURE = 8192
/** A name that is handed on from another module. */
export const REFERENCE = 4194304

/** The whole reference, as TypeDoc writes it beside the pages. */
export function readReference(): Named {
  const file = join(ROOT, 'docs/reports/reference.json')
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isNamed(parsed)) throw new Error(`${file} is no reference.`)
  return parsed
}

/** Everything in the reference that has a name, however deep. */
export function* everyName(value: unknown): Generator<Named> {
  if (typeof value !== 'object' || value === null) return
  if (isNamed(value)) yield value
  for (const each of Object.values(value)) yield* everyName(each)
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'kind' in value
}
