import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Application,
  type Context,
  Converter,
  type DocumentReflection,
  type ProjectReflection,
} from 'typedoc'
import { GUIDE_GROUPS, GUIDES, type GuideGroup } from './guide-list.ts'
import { ROOT } from './repository.ts'
import { guideOf } from './router.ts'

/** Puts the guides on the site, those of the list that are there, in its order. Each is called as its heading. */
export function orderGuides(app: Application): void {
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    const paths = GUIDES.map(({ file }) => join(ROOT, 'docs/guides', `${file}.md`))
    app.options.setValue('projectDocuments', paths.filter(existsSync))
  })
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_: unknown, guide: DocumentReflection) => {
    guide.name = /^# (.+)$/m.exec(textOf(guide))?.[1] ?? guide.name
  })
  // After TypeDoc has made the groups.
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }: Context) => {
      // The page of all modules is the reference's; the guides are in the navigation.
      project.groups = project.groups?.filter(({ title }) => title !== 'Documents') ?? []
    },
    -1000,
  )
}

/** What a guide says, as it is written. */
export function textOf(guide: DocumentReflection): string {
  return readFileSync(join(ROOT, 'docs/guides', `${guideOf(guide)}.md`), 'utf8')
}

/** The guides of a project, in order. */
export function guidesOf(project: ProjectReflection): DocumentReflection[] {
  return guideGroupsOf(project).flatMap(({ documents }) => documents)
}

/** The guides of a project by group, in order. */
export function guideGroupsOf(
  project: ProjectReflection,
): (Pick<GuideGroup, 'title'> & { documents: DocumentReflection[] })[] {
  const byFile = new Map((project.documents ?? []).map((each) => [guideOf(each), each]))
  return GUIDE_GROUPS.map(({ title, guides }) => ({
    title,
    documents: guides.flatMap(({ file }) => byFile.get(file) ?? []),
  }))
}
