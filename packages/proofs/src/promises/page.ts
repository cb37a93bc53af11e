import type { Claim, Promised } from './promise.ts'

const BEGIN = '<!-- promises:begin (made by `pnpm docs:promises`) -->'
const END = '<!-- promises:end -->'

/** A page with what is between its marks replaced by the promises. @throws Error when a mark is not there */
export function withPromises(page: string, claims: readonly Claim[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} before an ${END}.`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${claims.map(section).join('\n\n')}\n\n${page.slice(end)}`
}

const LAWS_BEGIN = '<!-- laws:begin (made by `pnpm docs:promises`) -->'
const LAWS_END = '<!-- laws:end -->'

/** A page with what is between its other marks replaced by promises and the lines that keep them. @throws Error when a mark is not there */
export function withLaws(page: string, { promises }: Claim): string {
  const [begin, end] = [page.indexOf(LAWS_BEGIN), page.indexOf(LAWS_END)]
  if (begin < 0 || end < begin) throw new Error(`The page has no ${LAWS_BEGIN} before an ${LAWS_END}.`)
  const rows = promises.flatMap(({ says, keptBy, provenBy: [test], without }) =>
    without ? [`| ${says} | \`${without.line}\` in \`${without.file ?? keptBy[0]}\` | \`${test}\` |`] : [],
  )
  const table = [
    '| law | a line that keeps it | the test that turns red without it |',
    '| --- | --- | --- |',
    ...rows,
  ]
  return `${page.slice(0, begin + LAWS_BEGIN.length)}\n\n${table.join('\n')}\n\n${page.slice(end)}`
}

function section({ title, promises }: Claim): string {
  return [
    `## ${title}`,
    '',
    '| promise | kept in | proven by |',
    '| --- | --- | --- |',
    ...promises.map(row),
  ].join('\n')
}

function row({ says, keptBy, provenBy }: Promised): string {
  return `| ${says} | ${code(keptBy)} | ${code(provenBy)} |`
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}
