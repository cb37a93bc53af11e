/** One page of a listing. */
export interface Page<Item> {
  /** May be shorter than asked for, even empty, while `nextCursor` says that there is more. */
  readonly items: Item[]
  /** Pass it as `cursor` to go on; absent at the end. */
  readonly nextCursor?: string
  /** How many match in all, where the provider tells. */
  readonly total?: number
  /** What the provider says beside the items, for example an unread count. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** A page as its source gives it, before anything is left out. */
export interface SourcePage<Item> {
  readonly items: readonly Item[]
  /** Absent at the end. */
  readonly nextCursor?: string | undefined
  /** How many the provider counts in all; absent when it does not tell. */
  readonly total?: number | undefined
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  /** How many records the page had that are not among its items. @default 0 */
  readonly skipped?: number | undefined
  /** Tells which items the caller gets. @default every item */
  readonly keep?: ((item: Item) => boolean) | undefined
  /** Whether `total` counts what the caller gets, and nothing else. @default true */
  readonly isTotalExact?: boolean | undefined
}

/** Where a pager gets its pages. */
export interface PageSource<Item> {
  /** The page at a cursor; `undefined` is the first. */
  fetchPage(cursor: string | undefined, signal: AbortSignal | undefined): Promise<SourcePage<Item>>
  /** All items from the start cursor on, in batches, where that is cheaper than pages. */
  batches?(signal: AbortSignal): AsyncIterable<readonly Item[]>
  /** The cursors of later pages, where they can be known from the first. */
  laterCursors?(first: SourcePage<Item>): Iterable<string>
  /** The id of an item, so that one that comes again shortly after is left out. @default nothing is left out */
  idOf?(item: Item): string
  /**
   * Whether pages are numbered, so that items move from one to the next when others come or go. Those that moved over a border
   * while the pages were read are then looked for, and the total is compared with what came. Takes `idOf`.
   * @default true
   */
  readonly isNumbered?: boolean | undefined
  /** Told, in a sentence, when the listing ends and may lack items. */
  onIncomplete?(why: string): void
  /** How many pages may be under way at once when `laterCursors` knows them. @default 4 */
  readonly concurrency?: number | undefined
  /** Where the listing begins. @default at its start */
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Makes the error that is thrown of the one that was caught. @default the same */
  nameError?(error: unknown): unknown
}
