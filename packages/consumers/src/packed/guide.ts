import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const guides = join(import.meta.dirname, '../../../../docs/guides')

/**
 * The code of one language that stands under a heading of a guide.
 *
 * @param guide - its file, without the ending
 * @param heading - the heading's text
 * @param language - as the fence says it
 * @throws where there is not exactly one such block
 */
export function blockOf(guide: string, heading: string, language: string): string {
  const text = readFileSync(join(guides, `${guide}.md`), 'utf8')
  const [, section = ''] = text.split(new RegExp(`^## ${heading}$`, 'm'))
  const [own = ''] = section.split(/^## /m)
  const found = [...own.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language)
  const code = found[0]?.[2]
  if (code === undefined || found.length > 1) {
    throw new Error(`${guide}.md has ${found.length} blocks of ${language} under ${heading}.`)
  }
  return code
}
