import * as v from 'valibot'
import {
  copyJsonObject,
  findJsonProblem,
  isPlainObject,
  type JsonInputObject,
  type JsonObject,
} from './json.ts'

/**
 * Custom fields as they are written: a plain object of JSON values, in which `null` removes a key. What comes out is a copy,
 * so that what the caller does with the object afterwards changes nothing.
 */
export const writtenCustomFields = v.pipe(
  v.custom<JsonInputObject>(isPlainObject, 'must be a plain object'),
  v.rawTransform<JsonInputObject, JsonObject>(({ dataset, addIssue, NEVER }) => {
    const fields = dataset.value
    const problem = findJsonProblem(fields)
    if (!problem) return copyJsonObject(fields)
    const [first, ...rest] = problem.path.map((key) => toPathItem(fields, key))
    addIssue({ message: problem.message, ...(first && { path: [first, ...rest] }) })
    return NEVER
  }),
)

/** Only the key of a path's item is ever read; the value stays out of the issue, because it may be personal. */
function toPathItem(input: JsonInputObject, key: string | number): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key: String(key), value: undefined }
}
