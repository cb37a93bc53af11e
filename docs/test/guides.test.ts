import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GUIDE_GROUPS, GUIDES } from '../plugin/guide-list.ts'
import { PAGES, pageAt, ROOT, SITE, textOf } from './site.ts'

const files = GUIDES.map(({ file }) => file)

describe('the guides', () => {
  it('are all in the list, once, and README leads to them in its order', () => {
    const written = globSync('*.md', { cwd: join(ROOT, 'docs/guides') }).map((path) => basename(path, '.md'))
    expect([...files].sort()).toEqual(written.sort())
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    const next = readme.slice(readme.indexOf('## Where to go next'))
    expect(Array.from(next.matchAll(/docs\/guides\/([\w-]+)\.md/g), ([, file]) => file)).toEqual(files)
  })

  it('are in the navigation by group, in order', () => {
    const end = files.map((file) => pageAt(`guides/${file}.html`))
    for (const [index, page] of end.entries()) {
      const link = (rel: string) => new RegExp(`<a rel="${rel}" href="([^"]*)"`).exec(page.html)?.[1]
      expect(link('prev'), page.path).toBe(index === 0 ? undefined : `${files[index - 1]}.html`)
      expect(link('next'), page.path).toBe(files[index + 1] && `${files[index + 1]}.html`)
    }
  })

  it('are called as their one heading, and begin with it: GitHub shows what stands before it as a table', () => {
    for (const file of files) {
      const text = readFileSync(join(ROOT, `docs/guides/${file}.md`), 'utf8')
      const [, heading] = /^# (.+)\n/.exec(text) ?? []
      expect(heading, file).toBeDefined()
      expect(pageAt(`guides/${file}.html`).html).toContain(`<title>${heading?.replaceAll("'", '&#39;')} |`)
    }
  })

  it('can be edited from their page', () => {
    for (const file of files) {
      expect(pageAt(`guides/${file}.html`).links).toContain(
        `https://github.com/anycontact/anycontact/edit/main/docs/guides/${file}.md`,
      )
    }
  })

  it('are listed for language models, and there as Markdown', () => {
    const list = readFileSync(join(SITE, 'llms.txt'), 'utf8')
    expect(Array.from(list.matchAll(/\]\(guides\/([\w-]+)\.md\)/g), ([, file]) => file)).toEqual(files)
    for (const { title } of GUIDE_GROUPS) expect(list).toContain(`\n## ${title}\n`)
    const whole = readFileSync(join(SITE, 'llms-full.txt'), 'utf8')
    for (const file of files) {
      const text = readFileSync(join(SITE, `guides/${file}.md`), 'utf8')
      expect(text, file).toMatch(/^# /)
      expect(whole.includes(text), file).toBe(true)
    }
  })
})

describe('every page', () => {
  it('has one heading of the first level', () => {
    const wrong = PAGES.filter(({ html }) => html.match(/<h1[ >]/g)?.length !== 1)
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('leads to the guides, the reference and GitHub, and shows the version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'packages/core/package.json'), 'utf8'))
    for (const { path, html } of PAGES) {
      const bar = html.slice(html.indexOf('<header'), html.indexOf('</header>'))
      const up = '../'.repeat(path.split('/').length - 1)
      expect(bar, path).toContain(`AnyContact - v${version}`)
      for (const href of [`${up}guides/getting-started.html`, `${up}modules.html`]) {
        expect(bar.includes(`href="${href}"`) || posix.basename(path) === posix.basename(href), path).toBe(
          true,
        )
      }
      expect(bar, path).toContain('href="https://github.com/anycontact/anycontact"')
      expect(html, path).toContain(`${up}assets/favicon.svg`)
    }
    expect(existsSync(join(SITE, 'assets/favicon.svg'))).toBe(true)
  })

  it('has no link that leads nowhere, and no anchor that is missing', () => {
    const known = new Map(PAGES.map((page) => [page.path, page]))
    const dead: string[] = []
    for (const { path, links } of PAGES) {
      for (const link of new Set(links)) {
        const problem = problemWith(link, path, known)
        if (problem) dead.push(`${path} → ${link}: ${problem}`)
      }
    }
    expect(dead).toEqual([])
  })

  it('has its tables in boxes that every browser lets the keyboard scroll', () => {
    const bare = /(?<!<div class="table-box" role="region" aria-label="Table" tabindex="0">)<table/
    expect(PAGES.filter(({ html }) => bare.test(html)).map(({ path }) => path)).toEqual([])
    expect(pageAt('guides/capabilities.html').html).toContain('<table')
  })

  it('has no template left in its text', () => {
    for (const page of PAGES) expect(textOf(page), page.path).not.toMatch(/\{@link|\[object Object\]/)
  })
})

const REPOSITORY = 'https://github.com/anycontact/anycontact/'

function problemWith(link: string, from: string, known: ReadonlyMap<string, (typeof PAGES)[number]>) {
  if (link.startsWith(REPOSITORY)) {
    const [, path] = /^(?:blob|tree|edit)\/main\/([^#]*)/.exec(link.slice(REPOSITORY.length)) ?? []
    return path && !existsSync(join(ROOT, path)) ? 'not in the repository' : undefined
  }
  if (/^(?:https?|mailto):/.test(link)) return undefined
  const [file = '', anchor] = decodeURIComponent(link).split('#')
  const path = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), file))
  const page = known.get(path.endsWith('/') ? `${path}index.html` : path)
  if (!page) return existsSync(join(SITE, path)) ? undefined : 'no such file'
  return anchor && !page.anchors.has(anchor) ? 'no such anchor' : undefined
}
