/** The element with an id, as what it is. @throws Error where there is none: page and script do not fit. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`)
  return found
}

/** An element with text or elements in it. Text stays text: nothing that a program prints becomes markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** Fills a menu. */
export function fillMenu(
  menu: HTMLSelectElement,
  choices: readonly (readonly [value: string, label: string])[],
): void {
  menu.replaceChildren(...choices.map(([value, label]) => new Option(label, value)))
}

/** A table whose cells are text or elements. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const head = element('tr', '', ...columns.map((column) => headCell(column)))
  const body = rows.map((cells) => element('tr', '', ...cells.map((cell) => element('td', '', cell))))
  return element('table', '', element('thead', '', head), element('tbody', '', ...body))
}

function headCell(text: string): HTMLTableCellElement {
  const cell = element('th', '', text)
  cell.scope = 'col'
  return cell
}

/**
 * Keeps the end of a box in view, unless somebody has scrolled away from it.
 *
 * @returns to be called when something was added; cheap, however often
 */
export function followEnd(box: HTMLElement): () => void {
  let isAtEnd = true
  let isPlanned = false
  box.addEventListener('scroll', () => {
    isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40
  })
  return () => {
    if (isPlanned || !isAtEnd) return
    isPlanned = true
    requestAnimationFrame(() => {
      isPlanned = false
      box.scrollTop = box.scrollHeight
    })
  }
}
