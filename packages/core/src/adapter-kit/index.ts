/**
 * What authors of adapters use: the adapter contract, the client that is made of an adapter, and helpers that keep in one place
 * what every adapter would otherwise rebuild. Applications need none of it: what they use is in `@anycontact/core`.
 *
 * @packageDocumentation
 */
export type { Adapter, AnyAdapter } from '../adapter/adapter.ts'
export { OPERATIONS } from '../adapter/capabilities.ts'
export type { AdapterContext, BatchMemo } from '../adapter/context.ts'
export { defineAdapter } from '../adapter/define-adapter.ts'
export { findAdapterProblems } from '../adapter/find-problems.ts'
export type {
  AdapterComments,
  AdapterContactMethods,
  AdapterNotifications,
} from '../adapter/group-contract.ts'
export type {
  AdapterBatchOptions,
  AdapterItemResult,
  AdapterListQuery,
  AdapterPage,
  AdapterPageQuery,
  AdapterPlanQuery,
  AdapterUpdate,
  AdapterUpsertResult,
  FilterPlan,
} from '../adapter/pages.ts'
export type { AdapterRequest } from '../adapter/request.ts'
export { CallScope, type CallSettings, type ScopeInit, type SentWrite } from '../call/scope.ts'
export { systemClock } from '../call/timing.ts'
export { unlessGoneByUs } from '../call/unless-gone.ts'
export { createContacts } from '../client/create-contacts.ts'
export { otherKey, resembles } from '../client/lookup-errors.ts'
export type { OptionKind } from '../client/option-kinds.ts'
export type { UpdateScanOptions } from '../client/options.ts'
export type { EveryCapability } from '../client/types.ts'
export { diffContact, sameContact } from '../client/upserts.ts'
export { type ColumnReader, compileColumns } from '../csv/columns.ts'
export { type CellKind, escapeFormula, unescapeFormula } from '../csv/formula.ts'
export { iterableStream } from '../csv/iterable-stream.ts'
export { csvRow, isDelimiter } from '../csv/row.ts'
export { type ContactsErrorInit, changedError } from '../errors.ts'
export { type JsonParse, parseJson } from '../http/body.ts'
export { type CredentialContext, credential } from '../http/headers.ts'
export { codeForStatus } from '../http/refusals.ts'
export { normalizeBaseUrl } from '../http/settings.ts'
export { type LineBatch, type LineProblem, readJsonLines, readLines } from '../http/stream.ts'
export type {
  Effect,
  ErrorClassification,
  ErrorResponse,
  HttpClient,
  HttpConfig,
  HttpRequest,
  HttpResponse,
  QueryValue,
  ResetHeader,
} from '../http/types.ts'
export { CONTACT_FIELDS, isContactField } from '../model/contact.ts'
export { CONTACT_METHOD_TYPES, ContactMethodSchema } from '../model/contact-method.ts'
export type {
  ContactMethodChange,
  ContactMethodWrite,
} from '../model/contact-method-input.ts'
export { jsonText, mergeJson } from '../model/digits.ts'
export { ContactInputSchema, type ContactWrite } from '../model/input.ts'
export { holds, isDataObject, isPlainObject, type JsonProblem, sameJson } from '../model/json.ts'
export { withDigits } from '../model/kept-digits.ts'
export { parsedProblem } from '../model/parsed-problem.ts'
export type {
  FilterableTextField,
  FilterableTimeField,
  FilterValue,
  TimeConditions,
  ValueConditions,
  WhereOperator,
} from '../model/query.ts'
export { type BareRef, REF_KEYS, type ResolvedRef, refBy } from '../model/ref.ts'
export { keyForm, phoneExtension } from '../model/written.ts'
export { compileTextSearch } from '../text-match.ts'
export { compileConditions } from '../where/evaluate.ts'
export {
  type BadRecord,
  buildContact,
  type ContactParts,
  isoTime,
  parseTime,
  readId,
  readMember,
  readText,
  readTime,
  withoutNulls,
} from './contact-parts.ts'
export { type CreateKey, type CreateOnce, type Creation, createOnce } from './create-once.ts'
export { customFieldsReader, customFieldsWriter, type EncodedFields } from './custom-fields.ts'
export { type ErrorRules, errorClassifier, type VendorError } from './error-classifier.ts'
export {
  type FaceCall,
  type MemberKinds,
  readArgument,
  readCallSettings,
  readClientOptions,
} from './face-input.ts'
export { type OwnOptions, readFactoryOptions } from './factory-options.ts'
export { groupedPage, type RowsPage, type ScatteredSpec, type SortedSpec } from './grouped-page.ts'
export { mapItems, type SendItemsOptions, sendItems } from './item-batches.ts'
export { itemError, type RefusedItem } from './item-error.ts'
export {
  type CursorPlace,
  cursorListing,
  type Listing,
  type ListingSpec,
  type OffsetPlace,
  type PagePlace,
  unknownCursor,
  type VendorPage,
  type WholeListingSpec,
  wholeListing,
} from './listings.ts'
export {
  offsetListing,
  type Place,
  pageListing,
  readPlace,
  writePlace,
} from './numbered-listing.ts'
export { type ProviderErrors, providerErrors } from './provider-errors.ts'
export { type RecordReader, type RecordReaderOptions, recordReader } from './record-reader.ts'
export { splitDeleted } from './split-deleted.ts'
export { type StreamBegin, type StreamPosition, type StreamWalk, walkStream } from './stream-walk.ts'
export { createTestClock, failure, type TestClock, type TestClockOptions } from './test-clock.ts'
export {
  createTransport,
  type Endpoint,
  type EndpointInput,
  type Endpoints,
  readInput,
  refusedAnswer,
  type Transport,
  type TransportConfig,
} from './transport.ts'
export { type WhenGiven, whenGiven } from './when-given.ts'
export { wireFlag, wireId, wireNumber, wireObject, wireRecord, wireText, wireTexts } from './wire-schemas.ts'
