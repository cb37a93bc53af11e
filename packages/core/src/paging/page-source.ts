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
  /**
   * On the page without `nextCursor`, where contacts are listed: whether every contact that the query asks for has come, so that
   * one that has not come is not there. `false` when the listing began at a `cursor`, ended before the provider's own total, left
   * out records that could not be mapped, or when the provider caps it, or numbers its pages: then also in an order in which changes
   * move contacts, and where its total both rose and fell meanwhile although its pages do not overlap. Absent where that is not known: in a provider's own search, and in listings of other records. A page that was awaited alone has it too: then it says whether that page is the whole listing.
   */
  readonly complete?: boolean
}

/** A page as its source gives it, before anything is left out. */
export interface SourcePage<Item> {
  readonly items: readonly Item[]
  /** Absent at the end. */
  readonly nextCursor?: string | undefined
  /** How many the provider counts in all; absent when it does not tell. */
  readonly total?: number | undefined
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  /** How many of the first items come before the place of the page; absent where that is not known. */
  readonly overlap?: number | undefined
  /** The cursor after one of its items that do not overlap, by its place among all; absent where the page is not to be cut. */
  readonly cursorAfter?: ((at: number) => string) | undefined
  /** How many records the page had that could not be mapped, so that they are not among its items. @default 0 */
  readonly skipped?: number | undefined
  /** How many records the provider gave, of which the items were made. @default as many as there are items */
  readonly records?: number | undefined
  /** Whether this is a listing that reaches every item, as far as its provider goes; absent where that is not known. */
  readonly reachesAll?: boolean | undefined
  /** Whether the provider filters as it reads, so that many pages in a row may be empty. @default false */
  readonly isFiltered?: boolean | undefined
  /** Tells which items the caller gets. @default every item */
  readonly keep?: ((item: Item) => boolean) | undefined
  /** Whether `total` counts what the caller gets, and nothing else. @default true */
  readonly isTotalExact?: boolean | undefined
}

/** Where a pager gets its pages. */
export interface PageSource<Item> {
  /**
   * The page at a cursor; `undefined` is the first.
   *
   * @param overlap - whether the last item of the page before is wanted too
   */
  fetchPage(
    cursor: string | undefined,
    signal: AbortSignal | undefined,
    overlap?: boolean,
  ): Promise<SourcePage<Item>>
  /** All items from the start cursor on, in batches, where that is cheaper than pages. */
  batches?(signal: AbortSignal): AsyncIterable<SourcePage<Item>>
  /** Whether items are to come by pages although there are batches. @default false */
  prefersPages?(): boolean
  /** The cursors of later pages, where they can be known from the first. */
  laterCursors?(first: SourcePage<Item>): Iterable<string>
  /**
   * The id of an item, so that one that comes again within the next 10,000 is left out, and the total can be compared with what
   * came.
   * @default nothing is left out
   */
  idOf?(item: Item): string
  /**
   * Whether pages are numbered, so that items move from one to the next when others come or go. Those that moved over a border
   * while the pages were read are then looked for. Takes `idOf`.
   * @default true
   */
  readonly isNumbered?: boolean | undefined
  /** Told, in a sentence, when the listing ends and may lack items. */
  onIncomplete?(why: string): void
  /** How many pages may be under way at once when `laterCursors` knows them; fewer until as many were read. @default 8 */
  readonly concurrency?: number | undefined
  /** Where the listing begins. @default at its start */
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Makes the error that is thrown of the one that was caught. @default the same */
  nameError?(error: unknown): unknown
}
