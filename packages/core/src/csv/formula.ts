/**
 * What a spreadsheet may take for a formula: `= + - @`, their full-width and small forms, behind any blanks, controls and
 * invisible characters, and a leading tab or line end. Apostrophes before that count too, so that escaping can be undone.
 */
const FORMULA = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/u

/**
 * The same inside a cell, behind whatever a spreadsheet may split a line at; quotes before it may be lost on the way. Numbers count
 * too: where it splits is not known, so that nobody can tell what else belongs to them.
 */
const INNER_FORMULA =
  /([,;|\t\r\n])(?='*(?:["'\p{Cf}]|[^\S\t\r\n]|(?![\t\r\n])\p{Cc})*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/gu

/** A number with a sign, grouped or not; an E.164 number is one. */
const SIGNED_NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i

/** An international number as people write it. No cell, function or program can be named with these characters. */
const WRITTEN_PHONE = /^\+[ ().-]*\d[\d ().-]*$/

/** What a cell holds, as far as it matters for telling data from a formula. */
export type CellKind = 'phone' | 'any'

/**
 * Keeps a spreadsheet from running a cell as a formula: what looks like one gets an apostrophe in front.
 *
 * Data that only begins like a formula stays as it is: numbers with a sign (`-12.5`, `+14155552671`) in every column, and
 * written phone numbers (`+1 (415) 555-2671`) in the phone column.
 *
 * {@link unescapeFormula} gives back the text.
 *
 * @param cell - the cell's text
 * @param kind - `phone` for the column of phone numbers
 */
export function escapeFormula(cell: string, kind: CellKind = 'any'): string {
  if (cell === '') return cell
  if (!FORMULA.test(cell) || SIGNED_NUMBER.test(cell)) return cell
  return kind === 'phone' && WRITTEN_PHONE.test(cell) ? cell : `'${cell}`
}

/**
 * Takes away the apostrophe that {@link escapeFormula} put in front of a cell, and no other: `'t Hooft` stays as it is.
 *
 * @param cell - the cell's text
 * @param kind - as it was given to `escapeFormula`
 */
export function unescapeFormula(cell: string, kind: CellKind = 'any'): string {
  if (!cell.startsWith("'")) return cell
  const text = cell.slice(1)
  return escapeFormula(text, kind) === cell ? text : cell
}

/**
 * Keeps a spreadsheet that splits a cell at another delimiter than the file's from running its parts as formulas: those that look
 * like one get an apostrophe in front, too.
 *
 * @param cell - the cell's text
 */
export function escapeInnerFormulas(cell: string): string {
  return cell.replace(INNER_FORMULA, "$1'")
}
