import type { SourceComment } from './source.ts'
import type { Report, SourceTree } from './tree.ts'

/** What no comment says: a native reader would say it otherwise. */
const EVERYWHERE = ['is told of', 'goes along with', 'gone along with', 'comes upon', 'settings of this call']

/** What no comment of an adapter says besides: "for example" does, or nothing. */
const IN_ADAPTERS = ['such as']

/** Reports the comments of a package that hold a phrase we do not use. */
export function checkWording({ folder, files }: SourceTree, isAdapter: boolean, report: Report): void {
  const phrases = isAdapter ? [...EVERYWHERE, ...IN_ADAPTERS] : EVERYWHERE
  for (const [path, { comments }] of files) {
    for (const { line, text } of joined(comments)) {
      // A phrase may be broken over two lines.
      const said = text.replace(/\s*\n\s*(\*|\/\/)?\s*/g, ' ').toLowerCase()
      for (const phrase of phrases) {
        if (said.includes(phrase)) report(`${folder}/src/${path}:${line}`, `the comment says "${phrase}"`)
      }
    }
  }
}

/** Comments of one line each that stand in lines one below the other are one comment. */
function joined(comments: readonly SourceComment[]): readonly SourceComment[] {
  const blocks: SourceComment[] = []
  for (const comment of comments) {
    const last = blocks.at(-1)
    const follows = last !== undefined && last.line + last.text.split('\n').length === comment.line
    if (follows && last.text.startsWith('//') && comment.text.startsWith('//')) {
      blocks[blocks.length - 1] = { line: last.line, text: `${last.text}\n${comment.text}` }
    } else blocks.push(comment)
  }
  return blocks
}
