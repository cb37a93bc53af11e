import { followSignal } from '../call/signals.ts'
import { PageReader } from './page-reader.ts'
import type { Page, PageSource } from './page-source.ts'

/**
 * Reads the pages of a listing in order. While the consumer handles a page the next one is fetched, or the next ones where
 * their cursors are known. A failure comes after the pages before it, and leaving ends what is under way.
 *
 * @param source - where the pages come from
 */
export function pagesOf<Item>(source: PageSource<Item>): AsyncGenerator<Page<Item>, void, undefined> {
  return readPages(source, (page) => page)
}

/**
 * Reads the items of a listing in the batches in which they arrive: from one stream where the source has it, else by pages.
 *
 * @param source - where the items come from
 */
export function batchesOf<Item>(source: PageSource<Item>): AsyncGenerator<readonly Item[], void, undefined> {
  return source.batches ? readStream(source, source.batches) : readPages(source, ({ items }) => items)
}

async function* readPages<Item, Part>(
  source: PageSource<Item>,
  pick: (page: Page<Item>) => Part,
): AsyncGenerator<Part, void, undefined> {
  const { signal, end } = startReading(source)
  const reader = new PageReader(source, signal)
  try {
    for (let page = await reader.next(); page; page = await reader.next()) yield pick(page)
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    reader.end()
    end()
  }
}

async function* readStream<Item>(
  source: PageSource<Item>,
  batches: NonNullable<PageSource<Item>['batches']>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const { signal, end } = startReading(source)
  try {
    signal.throwIfAborted()
    for await (const batch of batches.call(source, signal)) {
      signal.throwIfAborted()
      yield batch
      signal.throwIfAborted()
    }
  } catch (error) {
    throw source.nameError ? source.nameError(error) : error
  } finally {
    end()
  }
}

/** A signal that follows the caller's, and is aborted too when the listing is over or was left: that ends what is under way. */
function startReading({ signal }: Pick<PageSource<unknown>, 'signal'>): {
  readonly signal: AbortSignal
  end(): void
} {
  const controller = new AbortController()
  const stopFollowing = followSignal(signal, (reason) => controller.abort(reason))
  return {
    signal: controller.signal,
    end() {
      stopFollowing()
      controller.abort(new DOMException('The listing was left.', 'AbortError'))
    },
  }
}
