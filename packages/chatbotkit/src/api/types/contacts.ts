/**
 * What a caller keeps with a contact: any JSON. Typed as the vendor's documentation has it, so that programs written to it
 * compile unchanged.
 */
// biome-ignore lint/suspicious/noExplicitAny: the vendor's documented type
export type ContactMeta = Record<string, any>

/**
 * The fields of a contact, as the vendor documents them. On the wire a field that is not set is `null`, which these types do
 * not say.
 */
export type ContactOptions = {
  name?: string
  description?: string
  /** The id in the caller's system; unique in the account, 16 characters or more. */
  fingerprint?: string
  email?: string
  /** Stored as E.164; a number without a country is read as one of the United States. */
  phone?: string
  nick?: string
  /** Free text. */
  preferences?: string
  /** Milliseconds since the epoch. */
  verifiedAt?: number
  meta?: ContactMeta
}

/**
 * {@link ContactOptions} as the server takes them: `null` clears, where the vendor's types know no clearing. `undefined` is as if
 * it were not there.
 */
export type ContactFields = {
  [Field in keyof ContactOptions]:
    | ContactOptions[Field]
    | (Field extends 'email' | 'phone' | 'nick' | 'preferences' | 'verifiedAt' ? null : never)
    | undefined
}

/** A contact. */
export type ContactInstance = ContactOptions & {
  id: string
  /** Always there: a contact that was made without one has one that the server made up. */
  fingerprint: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch. */
  updatedAt: number
}

/** Which page of a listing. */
export type PageRequest = {
  /** The id of the last item already seen. */
  cursor?: string
  /** By creation time. @default 'desc' */
  order?: 'desc' | 'asc'
  /** How many items at most; the server gives no more than 100 at a time. @default 100 */
  take?: number
  /** Only items whose `meta` has these values, compared as text. */
  meta?: Record<string, string>
}

/** {@link PageRequest} as the functions take it: `undefined` is as if it were not there. */
export type PageFields = { [Field in keyof PageRequest]: PageRequest[Field] | undefined }

/** One page of a listing. */
export type PageResponse<Item> = {
  items: Item[]
  /**
   * The id of the page's last item, for the next request; a last page has one too. Declared as the vendor declares it, but an
   * empty page has none.
   */
  cursor: string
}

/** One line of a streamed listing. */
export type StreamItem<Item> = {
  type: 'item'
  data: Item
}

/** Which contacts to list. */
export type ContactListRequest = PageRequest

/** One page of contacts. */
export type ContactListResponse = PageResponse<ContactInstance>

/** One line of a streamed listing of contacts. */
export type ContactListStreamItemType = StreamItem<ContactInstance>

/** What a streamed listing of contacts yields. */
export type ContactListStreamType = ContactListStreamItemType

/** The answer to `fetch`. */
export type ContactFetchResponse = ContactInstance

/** What to create a contact with. Without a fingerprint each call makes another contact. */
export type ContactCreateRequest = ContactOptions

/** The answer to `create`. */
export type ContactCreateResponse = { id: string }

/** What to change; absent fields stay as they are. `meta` replaces, unless it is `{ $update: { … } }`, which merges. */
export type ContactUpdateRequest = ContactOptions

/** The answer to `update`. */
export type ContactUpdateResponse = { id: string }

/** What a delete takes: nothing. */
export type ContactDeleteRequest = Record<string, never>

/** The answer to `delete`. */
export type ContactDeleteResponse = { id: string }

/**
 * The contact to find by its fingerprint, and what to create it with when there is none. One that is there is not changed;
 * `verifiedAt` is ignored. With an empty fingerprint the contact is found by its name, email, phone and nick.
 */
export type ContactEnsureRequest = ContactOptions & { fingerprint: string }

/** {@link ContactEnsureRequest} as the server takes it. */
export type ContactEnsureFields = ContactFields & { fingerprint: string }

/** The answer to `ensure`; it does not tell whether the contact was created. */
export type ContactEnsureResponse = { id: string }

/** The vendor's newer name of {@link ContactCreateRequest}. */
export type ContactCreateRequestBody = ContactCreateRequest
/** The vendor's newer name of {@link ContactCreateResponse}. */
export type ContactCreateResponseBody = ContactCreateResponse
/** The vendor's newer name of {@link ContactUpdateRequest}. */
export type ContactUpdateRequestBody = ContactUpdateRequest
/** The vendor's newer name of {@link ContactUpdateResponse}. */
export type ContactUpdateResponseBody = ContactUpdateResponse
/** The vendor's newer name of {@link ContactDeleteRequest}. */
export type ContactDeleteRequestBody = ContactDeleteRequest
/** The vendor's newer name of {@link ContactDeleteResponse}. */
export type ContactDeleteResponseBody = ContactDeleteResponse
/** The vendor's newer name of {@link ContactEnsureRequest}. */
export type ContactEnsureRequestBody = ContactEnsureRequest
/** The vendor's newer name of {@link ContactEnsureResponse}. */
export type ContactEnsureResponseBody = ContactEnsureResponse
