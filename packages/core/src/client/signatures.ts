import type { ConversationFilter } from '../adapter/group-contract.ts'
import type { CallSettings } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import type { HttpOptions } from '../http/types.ts'
import type { ListQuery } from '../model/query.ts'
import type { BatchOptions } from './batch-types.ts'
import type { VendorRequestOptions } from './by-hand.ts'
import type { OptionKind } from './option-kinds.ts'
import type {
  CountQuery,
  LookupOptions,
  PageQuery,
  UpdateOptions,
  UpsertBy,
  WriteOptions,
  WriteRun,
} from './options.ts'
import type { ContactsPolicy } from './policy.ts'

/** The options of a type, all of them and no others: the compiler holds the two equal. */
export type OptionsOf<Options> = { readonly [Name in keyof Options]-?: OptionKind }

/** Options by name. */
export type OptionTable = Readonly<Record<string, OptionKind>>

/**
 * What a method is called with, in its order: a reference, data, something that the method itself reads and checks, or its options.
 */
export type Signature = readonly ('ref' | 'data' | 'other' | OptionTable)[]

/** What every client is made with. */
export const POLICY = {
  unsupportedFields: 'throwOrDrop',
  onInvalid: 'onInvalid',
  onWarning: 'function',
  concurrency: 'count',
  deadlineMs: 'positive',
  clock: 'clock',
} as const satisfies OptionsOf<ContactsPolicy>

/** What every call takes. */
export const CALL = {
  signal: 'signal',
  timeoutMs: 'positive',
  deadlineMs: 'positive',
  headers: 'headers',
  retry: 'retry',
} as const satisfies OptionsOf<CallOptions>

/** What every call of a vendor's own client takes. */
export const FACE_CALL = { ...CALL, operation: 'text' } as const satisfies OptionsOf<CallSettings>

/** What every client that speaks HTTP is made with, beside its policy. */
export const HTTP = {
  baseUrl: 'url',
  fetch: 'function',
  headers: 'headersOption',
  timeoutMs: 'positive',
  deadlineMs: 'positive',
  retry: 'retry',
  rateLimit: 'rateLimit',
  concurrency: 'count',
  maxResponseBytes: 'positive',
  endpoints: 'headers',
  onRequest: 'function',
  onResponse: 'function',
  onFailure: 'function',
  onRetry: 'function',
  clock: 'clock',
  random: 'function',
} as const satisfies OptionsOf<HttpOptions>

const lookup = { ...CALL, scan: 'flag' } as const satisfies OptionsOf<LookupOptions>

const write = {
  ...CALL,
  unsupportedFields: 'throwOrDrop',
  onWarning: 'function',
  vendor: 'vendor',
} as const satisfies OptionsOf<WriteOptions>

const update = { ...write, ...lookup } as const satisfies OptionsOf<UpdateOptions>

// What a listing is asked for is checked where it is planned, in words of its own.
const page = { ...CALL, pageSize: 'any', cursor: 'any' } as const satisfies OptionsOf<PageQuery>

const count = {
  ...CALL,
  pageSize: 'any',
  where: 'data',
  includeDeleted: 'any',
  orderBy: 'data',
  onWarning: 'function',
} as const satisfies OptionsOf<CountQuery>

const list = { ...count, cursor: 'any' } as const satisfies OptionsOf<ListQuery>

const upsert = { ...update, by: 'any', outcome: 'exact' } as const satisfies OptionsOf<
  UpdateOptions & UpsertBy
>

const batch = {
  ...CALL,
  concurrency: 'any',
  onProgress: 'function',
  atomic: 'flag',
} as const satisfies OptionsOf<BatchOptions>

const upsertMany = {
  ...batch,
  ...upsert,
  dryRun: 'flag',
  repeatedKeys: 'repeatedKeys',
} as const satisfies OptionsOf<BatchOptions & UpdateOptions & UpsertBy & WriteRun>

const below = { ...page, ...lookup } as const satisfies OptionsOf<PageQuery & LookupOptions>

const onChannels = { ...below, channelTypes: 'texts' } as const satisfies OptionsOf<
  PageQuery & LookupOptions & ConversationFilter
>

const request = { ...CALL, idempotent: 'flag' } as const satisfies OptionsOf<VendorRequestOptions>

/** What each operation of a client, and each method of a group, is called with. */
export const SIGNATURES = {
  list: [list],
  explain: [list],
  get: ['ref', lookup],
  find: ['ref', lookup],
  create: ['data', write],
  update: ['ref', 'data', update],
  delete: ['ref', lookup],
  upsert: ['data', upsert],
  search: ['other', page],
  count: [count],
  createMany: ['other', { ...batch, ...write }],
  updateMany: ['other', { ...batch, ...update }],
  upsertMany: ['other', upsertMany],
  deleteMany: ['other', { ...batch, ...lookup }],
  'conversations.list': ['ref', onChannels],
  'comments.list': ['ref', onChannels],
  'comments.create': ['ref', 'data', lookup],
  'comments.delete': ['ref', 'other', lookup],
  'files.list': ['ref', below],
  'activities.list': ['other', page],
  'avatar.upload': ['other', CALL],
  'notifications.list': [page],
  'notifications.markRead': ['other', CALL],
  'notifications.dismiss': ['other', CALL],
  'notifications.dismissAll': [CALL],
  'contactMethods.list': ['ref', below],
  'contactMethods.get': ['other', CALL],
  'contactMethods.getByExternalId': ['other', CALL],
  'contactMethods.getByMetadata': ['other', 'other', CALL],
  'contactMethods.create': ['ref', 'data', lookup],
  'contactMethods.createMany': ['ref', 'other', { ...batch, ...lookup }],
  'contactMethods.update': ['other', 'data', CALL],
  'contactMethods.delete': ['other', CALL],
  'contactMethods.getPrimary': ['ref', 'other', lookup],
  'contactMethods.setPrimary': ['other', CALL],
  'contactMethods.sync': ['ref', 'data', lookup],
  request: ['data', request],
} as const satisfies Readonly<Record<string, Signature>>
