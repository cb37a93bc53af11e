/** One page of a listing. */
export interface Page<Item> {
  /** May be shorter than asked for, even empty, while `nextCursor` says that there is more. */
  readonly items: Item[]
  /** Pass it as `cursor` to go on; absent at the end. */
  readonly nextCursor?: string
  /** How many match in all, where the provider tells. */
  readonly total?: number
  /** What the provider says beside the items, such as an unread count. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** Where a pager gets its pages. */
export interface PageSource<Item> {
  /** The page at a cursor; `undefined` is the first. */
  fetchPage(cursor: string | undefined, signal: AbortSignal | undefined): Promise<Page<Item>>
  /** All items from the start cursor on, in batches, where that is cheaper than pages. */
  batches?(signal: AbortSignal): AsyncIterable<readonly Item[]>
  /** The cursors of later pages, where they can be known from the first. */
  laterCursors?(first: Page<Item>): Iterable<string>
  /**
   * The id of an item, where pages are numbered: an item whose id came shortly before in the same iteration is left out,
   * because pages shift when items come or go. @default nothing is left out
   */
  idOf?(item: Item): string
  /** How many pages may be under way at once when `laterCursors` knows them. @default 4 */
  readonly concurrency?: number | undefined
  /** Where the listing begins. @default at its start */
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Makes the error that is thrown of the one that was caught. @default the same */
  nameError?(error: unknown): unknown
}
