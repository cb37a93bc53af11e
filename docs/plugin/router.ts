import { basename } from 'node:path'
import { BaseRouter, type Reflection } from 'typedoc'

/**
 * Addresses that can be read and kept: `guides/getting-started.html`, `reference/chatbotkit/index.html`,
 * `reference/chatbotkit/api/ContactClient.html`.
 */
export class SiteRouter extends BaseRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    if (reflection.isDocument()) return `guides/${guideOf(reflection)}`
    const names: string[] = []
    let current: Reflection | undefined = reflection
    for (; current?.parent && !current.parent.isProject(); current = current.parent) {
      names.unshift(this.getUrlSafeName(current.name))
    }
    const module = current?.name.replace('@anycontact/', '') ?? ''
    return ['reference', module, ...(names.length === 0 ? ['index'] : names)].join('/')
  }
}

/** The name of a guide's file, without its ending. */
export function guideOf(document: Reflection): string {
  const path = document.project.files.getReflectionPath(document) ?? document.name
  return basename(path, '.md')
}
