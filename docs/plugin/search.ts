import { type Application, IndexEvent } from 'typedoc'
import { GUIDES } from './guide-list.ts'
import { guideOf } from './router.ts'

// So that a guide about a word comes before the names that have the word in them.
const WEIGHT_OF_KEYWORDS = 100_000

/** Has the search look into the titles, the headings and the keywords of guides first. */
export function weighSearch(app: Application): void {
  app.renderer.on(IndexEvent.PREPARE_INDEX, (event: IndexEvent) => {
    event.searchFieldWeights.keywords = WEIGHT_OF_KEYWORDS
    for (const [index, result] of event.searchResults.entries()) {
      if (!result.isDocument()) continue
      const keywords = GUIDES.find(({ file }) => file === guideOf(result))?.keywords ?? ''
      event.searchFields[index] = { keywords: `${result.name} ${keywords}` }
    }
  })
}
