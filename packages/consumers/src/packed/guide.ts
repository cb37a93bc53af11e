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

/**
 * The one TypeScript block of a guide that has a text in it; also one that cannot be compiled by itself.
 *
 * @param guide - its file, without the ending
 * @param part - of the code
 * @throws where there is not exactly one such block
 */
export function blockWith(guide: string, part: string): string {
  const text = readFileSync(join(guides, `${guide}.md`), 'utf8')
  const blocks = [...text.matchAll(/^```ts(?: no-check)?\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
  const found = blocks.filter((code) => code.includes(part))
  const [code] = found
  if (code === undefined || found.length > 1)
    throw new Error(`${guide}.md has ${found.length} blocks with ${part}.`)
  return code
}
