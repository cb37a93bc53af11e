import * as v from 'valibot'
import { type JsonObject, findJsonProblem, isPlainObject } from './json.ts'

/** Custom fields as they are written: a plain object of JSON values, in which `null` removes a key. */
export const writtenCustomFields = v.pipe(
  v.custom<Record<string, unknown>>(isPlainObject, 'must be a plain object'),
  v.rawTransform<Record<string, unknown>, JsonObject>(({ dataset, addIssue, NEVER }) => {
    const problem = findJsonProblem(dataset.value)
    if (!problem) return withoutUndefined(dataset.value)
    const path = problem.path.length === 0 ? '' : `${problem.path.join('.')} `
    addIssue({ message: `${path}${problem.message}` })
    return NEVER
  }),
)

function withoutUndefined(fields: Record<string, unknown>): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(fields)) {
    if (isJson(value)) result[key] = value
  }
  return result
}

/** After {@link findJsonProblem} only `undefined` is left that is not JSON. */
function isJson(value: unknown): value is JsonObject[string] {
  return value !== undefined
}
