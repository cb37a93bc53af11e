import { refuseUnknownOptions, refuseUnknownOptionsIn } from '../strict-names.ts'

/** Which of the vendor's three descriptions of a request the server understands. */
export type ChannelInboxRequests = 'any' | 'sdk' | 'web' | 'spec'

/** What an API key or a token opens. */
export interface ChannelInboxGrant {
  /** The id of the organization it belongs to. */
  readonly organization: string
  /** A scoped API key reaches a few paths only, and contacts are not among them: 403. @default false */
  readonly scoped?: boolean
  /** An expired credential is refused with 401. @default false */
  readonly expired?: boolean
}

/** What the vendor's published facts leave open, or contradict each other in. */
export interface ChannelInboxSwitches {
  /**
   * The vendor's SDK, its older documentation with its web app, and its exported specification describe some requests
   * differently: the fields of an update, the bodies that name notifications, the search, the paging, the paths of files
   * and comments, several channel types. `'any'` understands all of them, the others one.
   * @default 'any'
   */
  readonly requests: ChannelInboxRequests
  /** `PUT /notifications/read` without a body, or with one that names no ids: marks all, is refused with 400, or is answered and does nothing. @default 'works' */
  readonly markAllRead: 'works' | 'refused' | 'ignored'
  /** What an id of no notification does in a request that marks or dismisses. @default 'ignored' */
  readonly unknownNotification: 'ignored' | 'refused'
  /**
   * The answer for something that is not there. 404 is the vendor's error guide, whose message for a contact is “Contact not found”;
   * 400 is a sample of its older documentation, whose message is “Not Found”.
   * @default 404
   */
  readonly notFoundStatus: 400 | 404
  /** What a delete of a contact or a comment answers: no body, `{}`, or the record. No page shows it. @default 'empty' */
  readonly deleteAnswer: 'empty' | 'object' | 'record'
  /** What the writes on notifications answer. @default 'success' */
  readonly notificationAnswer: 'success' | 'empty'
  /** Whether contacts come with `id` and `object_name`, or with `_id`, `doc_name` and `public_id`. @default 'id' */
  readonly contactIds: 'id' | '_id'
  /** Conversations of a contact in an object with `data` (as sampled), or as an array (as typed). @default 'data' */
  readonly conversations: 'data' | 'array'
  /** Comments as an array (as typed), or in an object with `data`. @default 'array' */
  readonly comments: 'array' | 'data'
  /** Activities as an array (as typed), or in an object with `data`. @default 'array' */
  readonly activities: 'array' | 'data'
  /** Files as messages (as sampled), or with `name`, `url` and `size` (as typed). @default 'messages' */
  readonly files: 'messages' | 'declared'
  /** Whether comments are paged by `skip` and `limit`. @default 'works' */
  readonly commentPaging: 'works' | 'ignored'
  /** Whether pages say `has_more`. @default 'sent' */
  readonly hasMore: 'sent' | 'omitted'
  /** Whether pages say `count` and `total`. @default 'sent' */
  readonly counts: 'sent' | 'omitted'
  /** The largest `limit`. @default Infinity */
  readonly maxLimit: number
  /** What happens to a larger one. @default 'clamp' */
  readonly overLimit: 'clamp' | 'refuse'
  /** The `limit` of a request that names none. @default 10 */
  readonly defaultLimit: number
  /** What an empty string in an update does: clears the field, is passed over, or is refused with 400. @default 'clears' */
  readonly emptyText: 'clears' | 'ignored' | 'refused'
}

/** Options of the channel-inbox server. */
export interface ChannelInboxOptions extends Partial<ChannelInboxSwitches> {
  /** API keys that are accepted besides the default one: key → organization id, or what it opens. */
  readonly apiKeys?: Readonly<Record<string, string | ChannelInboxGrant>>
  /** Access tokens that are accepted besides the default ones, JWTs too: token → organization id, or what it opens. */
  readonly tokens?: Readonly<Record<string, string | ChannelInboxGrant>>
  /** The gateway's limiter, which is off in the published version: requests in 30 minutes, then 429 as plain text. @default no limit */
  readonly rateLimit?: number
  /** How many requests `requests` keeps; the oldest are dropped beyond it. @default Infinity */
  readonly recordLimit?: number
}

/** The API key that is always accepted. */
export const DEFAULT_API_KEY = 'api_emulator'

/** The access token that is always accepted, in `x-access-token`. */
export const DEFAULT_ACCESS_TOKEN = 'acc_emulator'

/** The JWT that is always accepted, in `authorization` together with `x-organization-id`. */
export const DEFAULT_JWT = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1X2VtdWxhdG9yIn0.emulator'

/** The organization that the default credentials belong to. */
export const DEFAULT_ORGANIZATION = 'org_emulator'

/** The switches with their defaults filled in. */
export function resolveSwitches(options: ChannelInboxOptions): ChannelInboxSwitches {
  return {
    requests: options.requests ?? 'any',
    markAllRead: options.markAllRead ?? 'works',
    unknownNotification: options.unknownNotification ?? 'ignored',
    notFoundStatus: options.notFoundStatus ?? 404,
    deleteAnswer: options.deleteAnswer ?? 'empty',
    notificationAnswer: options.notificationAnswer ?? 'success',
    contactIds: options.contactIds ?? 'id',
    conversations: options.conversations ?? 'data',
    comments: options.comments ?? 'array',
    activities: options.activities ?? 'array',
    files: options.files ?? 'messages',
    commentPaging: options.commentPaging ?? 'works',
    hasMore: options.hasMore ?? 'sent',
    counts: options.counts ?? 'sent',
    maxLimit: options.maxLimit ?? Number.POSITIVE_INFINITY,
    overLimit: options.overLimit ?? 'clamp',
    defaultLimit: options.defaultLimit ?? 10,
    emptyText: options.emptyText ?? 'clears',
  }
}

/** Whether the server understands the form of a request that one of the descriptions gives. */
export function understands(
  switches: ChannelInboxSwitches,
  ...forms: readonly ChannelInboxRequests[]
): boolean {
  return switches.requests === 'any' || forms.includes(switches.requests)
}

/** Throws an Error for an option that there is not. */
export function checkOptions(options: ChannelInboxOptions): void {
  const owner = 'createEmulator’s channelInbox'
  refuseUnknownOptions(owner, options, {
    ...resolveSwitches({}),
    apiKeys: true,
    tokens: true,
    rateLimit: true,
    recordLimit: true,
  })
  const grant = { organization: true, scoped: true, expired: true }
  refuseUnknownOptionsIn(`${owner}.apiKeys`, options.apiKeys, grant)
  refuseUnknownOptionsIn(`${owner}.tokens`, options.tokens, grant)
}
