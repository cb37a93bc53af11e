import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { theme } from './theme.ts'

/** What the page does with the editor. */
export interface Editor {
  readonly code: () => string
  /** Opens another program, with nothing to be undone. */
  open(code: string): void
  /** Replaces the program, as an edit, which can be undone. */
  replace(code: string): void
  /** Marks the line that an error came from; without one, marks none. */
  markLine(line: number | undefined): void
  /** Puts the cursor on a line. */
  goTo(line: number): void
}

/** What the editor asks of the page. */
export interface EditorOptions {
  readonly parent: HTMLElement
  /** Ctrl or Command with Enter. */
  readonly run: () => void
  /** Escape: the keyboard goes on behind the editor. */
  readonly leave: () => void
  /** The program was edited: typed, pasted, dropped, undone. */
  readonly typed: () => void
}

const setMark = StateEffect.define<number | undefined>()

const mark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) next = markOn(transaction.state, effect.value)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Makes the editor. */
export function createEditor({ parent, run, leave, typed }: EditorOptions): Editor {
  const act = (action: () => void) => (): boolean => {
    action()
    return true
  }
  const extensions: Extension = [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    highlightActiveLine(),
    javascript(),
    mark,
    theme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': 'Program',
      'aria-describedby': 'editor-help',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) typed()
    }),
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run: act(run) },
        { key: 'Escape', run: act(leave) },
      ]),
    ),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
  ]
  const view = new EditorView({ parent, extensions })
  const place = (line: number): number =>
    view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from
  return {
    code: () => view.state.doc.toString(),
    open: (code) => {
      view.setState(EditorState.create({ doc: code, extensions }))
      view.scrollDOM.scrollTop = 0
    },
    replace: (code) => {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: code },
        selection: { anchor: 0 },
        annotations: isolateHistory.of('full'),
      })
      view.scrollDOM.scrollTop = 0
    },
    markLine: (line) => view.dispatch({ effects: setMark.of(line) }),
    goTo: (line) => {
      view.dispatch({ selection: { anchor: place(line) }, scrollIntoView: true })
      view.focus()
    },
  }
}

function markOn({ doc }: EditorState, line: number | undefined): DecorationSet {
  if (line === undefined || line < 1 || line > doc.lines) return Decoration.none
  return Decoration.set(Decoration.line({ class: 'cm-failed-line' }).range(doc.line(line).from))
}
