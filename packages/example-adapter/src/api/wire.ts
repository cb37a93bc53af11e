import * as kit from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { PROVIDER } from './errors.ts'

const slots = { email: kit.wireText, phone: kit.wireText, mobile: kit.wireText, fax: kit.wireText }
const PersonSchema = kit.wireRecord({
  ...slots,
  id: kit.wireId,
  full_name: kit.wireText,
  labels: kit.wireTexts,
  attributes: kit.wireObject,
  created_at: kit.wireNumber,
  archived: kit.wireFlag,
})
const PageSchema = kit.wireRecord({ people: v.array(v.unknown()), next: kit.wireText, total: v.number() })
const ResultSchema = kit.wireRecord({ person: kit.wireObject, created: kit.wireFlag, error: kit.wireObject })
const answer = { provider: PROVIDER, what: 'the answer' }

/** A person as the CRM sends it: what is read here, and whatever else it holds. */
export interface ExampleCrmRecord extends v.InferOutput<typeof PersonSchema> {}

/** What became of an upsert, or of one person of a batch. */
export interface WriteResult extends v.InferOutput<typeof ResultSchema> {}

/** Check what the CRM sends. @throws ContactsError `bad_response`, with the path of what cannot be read */
export const read = {
  person: kit.recordReader(PersonSchema, { provider: PROVIDER, what: 'a person' }),
  page: kit.recordReader(PageSchema, answer),
  result: kit.recordReader(ResultSchema, answer),
  results: kit.recordReader(kit.wireRecord({ results: v.array(ResultSchema) }), answer),
}
