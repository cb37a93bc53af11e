/**
 * Runs an asynchronous function over items, several at once, and gives the results in the order of the items. All that have begun are
 * waited for, whatever becomes of others; none begins once `goesOn` says no.
 *
 * @returns the results; `undefined` for items that were not begun
 */
export async function pool<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  goesOn: () => boolean,
  run: (item: Item) => Promise<Result>,
): Promise<readonly (Result | undefined)[]> {
  const results = new Array<Result | undefined>(items.length).fill(undefined)
  const entries = items.entries()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) {
      if (failures.length > 0 || !goesOn()) return
      try {
        results[index] = await run(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  if (failures.length > 0) throw failures[0]
  return results
}
