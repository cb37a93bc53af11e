import { type Applied, ContactsError } from '@anycontact/core'

/** An issue of a batch that failed as a whole because of one item, and what is wrong there. */
const ITEM = /^items\.(\d+)\.?(.*)$/

/**
 * The error of a row that was under way when the import ended.
 *
 * @param index - its place in the batch
 * @param lines - where the rows of the batch stand
 * @param reason - what ended the import
 * @param isSourceBroken - whether that was the file: whatever was sent has been told of then
 */
export function lostRow(
  index: number,
  lines: ReadonlyMap<number, { readonly line: number }>,
  reason: unknown,
  isSourceBroken: boolean,
): ContactsError {
  const error = ContactsError.is(reason) ? reason : undefined
  const applied: Applied = isSourceBroken ? 'no' : (error?.applied ?? 'unknown')
  const init = { code: error?.code ?? (applied === 'no' ? 'invalid_input' : 'network'), applied } as const
  const about = { provider: error?.provider, operation: error?.operation, cause: reason }
  const found = (error?.issues ?? []).flatMap(({ path, message }) => {
    const [, item, field = ''] = ITEM.exec(path) ?? []
    return item === undefined ? [] : [{ index: Number(item), path: field, message }]
  })
  const issues = found.filter((issue) => issue.index === index)
  if (issues.length > 0) {
    const list = issues.map(({ path, message }) => `${path || 'it'} ${message}`).join('; ')
    const message = `The row was refused, and the batch with it: ${list}.`
    return new ContactsError({
      ...init,
      ...about,
      message,
      issues: issues.map(({ path, message }) => ({ path, message })),
    })
  }
  const other = found.map((issue) => lines.get(issue.index)?.line).find((line) => line !== undefined)
  if (other !== undefined) {
    return new ContactsError({
      ...init,
      ...about,
      message: `The batch failed as a whole, because of line ${other}.`,
    })
  }
  const message = {
    no: 'The row was not written: the import ended before.',
    unknown:
      'The import ended before it was known what became of this row: look the contact up, or import the row again.',
    yes: 'The import ended while this row was written, at least in part: import the row again.',
  }[applied]
  return new ContactsError({ ...init, ...about, message })
}
