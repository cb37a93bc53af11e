import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publishedPackages, ROOT } from '../published.ts'

/** Where GitHub shows the files of the repository. */
const BLOB = 'https://github.com/anycontact/anycontact/blob/main/'

const pages = [
  ...publishedPackages().map(({ folder }) => `${folder}/README.md`),
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...globSync('.changeset/*.md', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/')),
]

describe.each(pages)('%s', (page) => {
  // npm shows the page of a package with its links resolved against the package's folder on GitHub, so what leads to a file here
  // leads to one there.
  test('has links that lead somewhere', () => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([])
  })
})

test('what goes into changelogs has no relative links: a changelog is shown in other places too', () => {
  const changesets = pages.filter((page) => page.startsWith('.changeset/') && !page.endsWith('README.md'))
  expect(changesets.flatMap(linksOf).filter((link) => !/^https:/.test(link))).toEqual([])
})

test('a link is followed to its file and its heading', () => {
  expect(leadsSomewhere('packages/core/README.md', '../../docs/guides/migrating.md#exceptions')).toBe(true)
  expect(leadsSomewhere('packages/core/README.md', '../../docs/guides/migrating.md#no-such-heading')).toBe(
    false,
  )
  expect(leadsSomewhere('packages/core/README.md', 'docs/guides/migrating.md')).toBe(false)
  expect(leadsSomewhere('README.md', `${BLOB}docs/guides/moved.md`)).toBe(false)
})

function linksOf(page: string): readonly string[] {
  const prose = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
}

function leadsSomewhere(page: string, link: string): boolean {
  const here = link.startsWith(BLOB)
  if (!here && /^[a-z]+:/.test(link)) return true
  const [path = '', anchor] = (here ? link.slice(BLOB.length) : link).split('#')
  const file = here ? path : path === '' ? page : posix.join(dirname(page), path)
  const whole = join(ROOT, file)
  if (!existsSync(whole)) return false
  if (anchor === undefined) return true
  return statSync(whole).isFile() && anchorsOf(readFileSync(whole, 'utf8')).includes(anchor)
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
