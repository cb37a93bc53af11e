import {
  type Application,
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  MarkdownEvent,
  type NavigationElement,
  type PageEvent,
  type ProjectReflection,
  type Reflection,
} from 'typedoc'
import { guideGroupsOf, guidesOf } from './guides.ts'
import { HAS_PLAYGROUND, REPOSITORY } from './repository.ts'
import { guideOf } from './router.ts'

const element = JSX.createElement

/** TypeDoc's theme with the site's links in the header, and the guides by group in the navigation. */
export class SiteTheme extends DefaultTheme {
  override ContextClass = SiteContext

  override buildNavigation(project: ProjectReflection): NavigationElement[] {
    // TypeDoc makes a folder of the scope that all names have.
    const scope = super.buildNavigation(project).find(({ text }) => text === '@anycontact')
    const groups = guideGroupsOf(project).map(({ title, documents }) => ({
      text: title,
      children: documents.map((each) => ({
        text: each.name,
        path: this.router.getFullUrl(each),
        kind: each.kind,
      })),
    }))
    return [...groups, { text: 'Reference', path: 'modules.html', children: scope?.children ?? [] }]
  }
}

class SiteContext extends DefaultThemeRenderContext {
  constructor(...given: ConstructorParameters<typeof DefaultThemeRenderContext>) {
    super(...given)
    const { header, navigation, toolbar, sidebarLinks } = this
    this.header = (props) =>
      props.url === 'modules.html'
        ? element('div', { class: 'tsd-page-title' }, element('h1', null, 'Reference'))
        : header(props)
    // TypeDoc has its first link lead to the reference.
    this.navigation = (props) => {
      const tree = navigation(props)
      const home = element('a', { href: this.relativeURL('index.html', true) ?? '' }, props.project.name)
      return { ...tree, children: [home, ...tree.children.slice(1)] }
    }
    this.toolbar = (props) => withChildren(toolbar(props), 'tsd-toolbar-links', this.siteLinks())
    this.sidebarLinks = () =>
      sidebarLinks() ??
      element('nav', { id: 'tsd-sidebar-links', class: 'tsd-navigation' }, ...this.siteLinks())
  }

  private siteLinks(): JSX.Element[] {
    const here = (path: string) => this.relativeURL(path, true) ?? path
    const first = guidesOf(this.page.project)[0]
    const links: [label: string, url: string | undefined][] = [
      ['Guides', first && here(this.router.getFullUrl(first))],
      ['Reference', here('modules.html')],
      ['Playground', HAS_PLAYGROUND ? here('playground/') : undefined],
      ['GitHub', REPOSITORY],
    ]
    return links.flatMap(([label, href]) =>
      href ? [element('a', { href, class: 'tsd-nav-link' }, label)] : [],
    )
  }
}

/** The tree, with children for the element that has an id. */
function withChildren(tree: JSX.Element, id: string, children: JSX.Element[]): JSX.Element {
  if (tree.props && Reflect.get(tree.props, 'id') === id) return { ...tree, children }
  const within = (child: JSX.Children): JSX.Children =>
    Array.isArray(child)
      ? child.map(within)
      : child && typeof child === 'object' && 'tag' in child
        ? withChildren(child, id, children)
        : child
  return { ...tree, children: tree.children.map(within) }
}

/**
 * Tables scroll in a box of their own, which the keyboard reaches, so that the page never does. A dotted name that begins a row may be
 * broken behind its dot, to leave a phone's screen to the other columns.
 */
export function boxTables(app: Application): void {
  const box = '<div class="table-box" role="region" aria-label="Table" tabindex="0"><table>'
  app.renderer.on(
    MarkdownEvent.PARSE,
    (event: MarkdownEvent) => {
      event.parsedText = event.parsedText
        .replaceAll('<table>', box)
        .replaceAll('</table>', '</table></div>')
        .replaceAll(/(<tr>\s*<td><code>\w+\.)(?=\w+<\/code>)/g, '$1<wbr>')
    },
    // After TypeDoc has made HTML of it.
    -1000,
  )
}

/** The groups of guides are open until a reader closes them. TypeDoc keeps what is open in the browser's storage. */
export function openGuides(app: Application): void {
  app.renderer.hooks.on('head.end', (context) => {
    const titles = JSON.stringify(guideGroupsOf(context.page.project).map(({ title }) => title))
    const html = `try{for(const t of ${titles})localStorage['tsd-accordion-'+t]??='true'}catch{}`
    return element('script', null, element(JSX.Raw, { html }))
  })
}

/** Previous and next, and where to edit it, at the end of each guide. */
export function addGuideFooters(app: Application): void {
  app.renderer.hooks.on('content.end', (context) => {
    const { model } = context.page as PageEvent<Reflection>
    if (!model.isDocument()) return element(JSX.Fragment, null)
    const guides = guidesOf(model.project)
    const at = guides.indexOf(model)
    const link = (rel: string, label: string, to: Reflection | undefined) =>
      to && element('a', { rel, href: context.urlTo(to) }, element('span', null, label), to.name)
    return element(
      'div',
      { class: 'guide-end' },
      element(
        'nav',
        { 'aria-label': 'Guides' },
        link('prev', 'Previous', guides[at - 1]),
        link('next', 'Next', guides[at + 1]),
      ),
      element(
        'p',
        null,
        element('a', { href: `${REPOSITORY}/edit/main/docs/guides/${guideOf(model)}.md` }, 'Edit this page'),
      ),
    )
  })
}
