import { type Application, IndexEvent } from 'typedoc'
import { GUIDES } from './guide-list.ts'
import { guideOf } from './router.ts'

// So that a guide about a word comes before the names that have the word in them.
const WEIGHT_OF_KEYWORDS = 100_000

/** Has the search look into the titles and the keywords of guides first, and show a name where its home is and nowhere else. */
export function weighSearch(app: Application): void {
  app.renderer.on(IndexEvent.PREPARE_INDEX, (event: IndexEvent) => {
    for (let index = event.searchResults.length - 1; index >= 0; index--) {
      if (event.searchResults[index]?.isReference()) event.removeResult(index)
    }
    event.searchFieldWeights.keywords = WEIGHT_OF_KEYWORDS
    for (const [index, result] of event.searchResults.entries()) {
      if (!result.isDocument()) continue
      const keywords = GUIDES.find(({ file }) => file === guideOf(result))?.keywords ?? ''
      event.searchFields[index] = { keywords: `${result.name} ${keywords}` }
    }
  })
}
