import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Application,
  type CommentDisplayPart,
  type Context,
  Converter,
  type DeclarationReflection,
  MinimalSourceFile,
  normalizePath,
  type ReferenceReflection,
  ReflectionKind,
} from 'typedoc'
import { type Door, publicDoors, publicPackages, ROOT } from './repository.ts'

/**
 * Reads all packages as one program, so that a name has one page however many packages hand it on. Each door becomes a module
 * with the name by which it is imported, and the package's README on its page.
 */
export function nameModules(app: Application): void {
  const doors = new Map(publicDoors().map((door) => [normalizePath(door.source), door]))

  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('entryPoints', [...doors.keys()])
  })

  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context: Context, reflection) => {
    if (reflection.kind !== ReflectionKind.Module) return
    const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName
    const door = file === undefined ? undefined : doors.get(normalizePath(file))
    if (door === undefined) return
    reflection.name = door.name
    if (door.name === door.package.name) addReadme(app, context, reflection, door)
  })

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
    const core = publicPackages().find(({ name }) => name === '@anycontact/core')
    if (core) context.project.packageVersion = core.version
    const modules = (context.project.children ?? []).filter(({ kind }) => kind === ReflectionKind.Module)
    for (const module of modules) replaceReExports(context, module, modules)
  })
}

function addReadme(app: Application, context: Context, module: DeclarationReflection, door: Door): void {
  const path = normalizePath(join(ROOT, door.package.folder, 'README.md'))
  // The page has the module's name as its heading.
  const text = readFileSync(path, 'utf8').replace(/^# .*\n/, '')
  const { content } = app.converter.parseRawComment(new MinimalSourceFile(text, path), context.project.files)
  module.readme = content
  context.project.files.registerReflectionPath(path, module)
}

/** What a module hands on whole from another is named in one sentence with a link, not name by name. */
function replaceReExports(
  context: Context,
  module: DeclarationReflection,
  modules: readonly DeclarationReflection[],
): void {
  const references = (module.children ?? []).filter((child): child is ReferenceReflection =>
    child.isReference(),
  )
  for (const home of modules) {
    const names = new Set((home.children ?? []).map(({ name }) => name))
    const handedOn = references.filter((each) => each.tryGetTargetReflectionDeep()?.parent === home)
    if (home === module || handedOn.length === 0 || handedOn.length < names.size) continue
    for (const each of handedOn) context.project.removeReflection(each)
    const sentence: CommentDisplayPart[] = [
      { kind: 'text', text: `\n\nIt also exports all ${handedOn.length} names of ` },
      { kind: 'inline-tag', tag: '@link', text: home.name, target: home },
      { kind: 'text', text: '.' },
    ]
    module.comment?.summary.push(...sentence)
  }
}
