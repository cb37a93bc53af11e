import type { Application } from 'typedoc'
import { showConcreteTypes } from './clients.ts'
import { orderGuides } from './guides.ts'
import { dropForeignSources, linkFilesToGitHub } from './links.ts'
import { writeLlmsTxt } from './llms.ts'
import { nameModules } from './modules.ts'
import { checkNamesArePublic, dropRepeatedCommentWarnings } from './public-names.ts'
import { SiteRouter } from './router.ts'
import { weighSearch } from './search.ts'
import { addGuideFooters, boxTables, openGuides, SiteTheme } from './theme.ts'

/** What TypeDoc is told and cannot be told by options: see each file. */
export function load(app: Application): void {
  dropRepeatedCommentWarnings(app)
  nameModules(app)
  showConcreteTypes(app)
  orderGuides(app)
  dropForeignSources(app)
  linkFilesToGitHub(app)
  checkNamesArePublic(app)
  app.renderer.defineRouter('anycontact', SiteRouter)
  app.renderer.defineTheme('anycontact', SiteTheme)
  weighSearch(app)
  addGuideFooters(app)
  boxTables(app)
  openGuides(app)
  writeLlmsTxt(app)
}
