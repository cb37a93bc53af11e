import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { type Application, type DocumentReflection, type ProjectReflection, RendererEvent } from 'typedoc'
import { guideGroupsOf, textOf } from './guides.ts'
import { REPOSITORY, ROOT } from './repository.ts'
import { guideOf } from './router.ts'

/** Writes the guides as Markdown beside their pages, `llms.txt`, which lists them, and `llms-full.txt`, which holds them all. */
export function writeLlmsTxt(app: Application): void {
  app.renderer.on(RendererEvent.END, ({ outputDirectory, project }: RendererEvent) => {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(outputDirectory, path)), { recursive: true })
      writeFileSync(join(outputDirectory, path), text)
    }
    const groups = guideGroupsOf(project)
    const texts = new Map(
      groups.flatMap(({ documents }) => documents).map((each) => [each, markdownOf(each)]),
    )
    for (const [document, text] of texts) write(`guides/${guideOf(document)}.md`, text)
    write('llms.txt', listOf(project, groups))
    write('llms-full.txt', [...texts.values()].join('\n\n'))
  })
}

function listOf(project: ProjectReflection, groups: ReturnType<typeof guideGroupsOf>): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const summary = readme.split('\n\n')[1]?.replaceAll('\n', ' ') ?? ''
  const sections = groups
    .filter(({ documents }) => documents.length > 0)
    .map(({ title, documents }) =>
      [`## ${title}`, '', ...documents.map((each) => `- [${each.name}](guides/${guideOf(each)}.md)`)].join(
        '\n',
      ),
    )
  return [`# ${project.name}`, `> ${summary}`, ...sections].join('\n\n').concat('\n')
}

/** A guide whose links lead to the other guides or to GitHub. */
function markdownOf(document: DocumentReflection): string {
  return textOf(document).replaceAll(/\]\((\.[^)\s]+)\)/g, (_, link: string) => {
    const path = posix.normalize(posix.join('docs/guides', link))
    return `](${REPOSITORY}/blob/main/${path})`
  })
}
