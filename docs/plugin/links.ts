import { relative } from 'node:path'
import { type Application, type CommentDisplayPart, type Context, Converter, normalizePath } from 'typedoc'
import { REPOSITORY, ROOT } from './repository.ts'

/** What the language itself declares is not in the repository, and has no place to link to. */
export function dropForeignSources(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }: Context) => {
    for (const each of Object.values(project.reflections)) {
      if (!(each.isDeclaration() || each.isSignature()) || !each.sources) continue
      each.sources = each.sources.filter(({ fullFileName }) => !fullFileName.includes('/node_modules/'))
    }
  })
}

/** Links to files that are not on the site, `CONTRIBUTING.md` and sources, lead to GitHub. */
export function linkFilesToGitHub(app: Application): void {
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }: Context) => {
      const lead = (part: CommentDisplayPart): CommentDisplayPart => {
        if (part.kind !== 'relative-link' || part.target === undefined) return part
        const target = project.files.resolve(part.target, project)
        if (typeof target !== 'string') return part
        const path = normalizePath(relative(ROOT, target))
        const anchor = part.targetAnchor === undefined ? '' : `#${part.targetAnchor}`
        return { kind: 'text', text: `${REPOSITORY}/blob/main/${path}${anchor}` }
      }
      for (const document of project.documents ?? []) document.content = document.content.map(lead)
      for (const module of project.children ?? []) {
        if (module.readme) module.readme = module.readme.map(lead)
      }
      if (project.readme) project.readme = project.readme.map(lead)
    },
    -1000,
  )
}
