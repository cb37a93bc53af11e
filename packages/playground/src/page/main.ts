import { isProviderName, PROVIDER_NAMES, PROVIDERS, type ProviderName } from '../shared/providers.ts'
import { createChoices } from './choices.ts'
import { byId, fillMenu } from './dom.ts'
import { createEditor } from './editor.ts'
import { brokenLine, resolveImports } from './imports.ts'
import { createResults } from './results.ts'
import { createRunner } from './runner.ts'
import { fromHash, toHash } from './share.ts'

const button = (id: string): HTMLButtonElement => byId(id, HTMLButtonElement)
const [runButton, stopButton, shareButton] = [button('run'), button('stop'), button('share')]
const status = byId('status', HTMLElement)
const storedAt = byId('stored-at', HTMLSelectElement)

/** Programs that were written in the place of an example, so that looking at another one loses nothing. */
const drafts = new Map<string, string>()

const editor = createEditor({
  parent: byId('editor', HTMLElement),
  run,
  leave: () => (runButton.disabled ? stopButton : runButton).focus(),
  typed: () => drafts.set(place(), editor.code()),
})
const results = createResults(
  (line) => editor.markLine(line),
  (line) => editor.goTo(line),
)
const runner = createRunner({
  message(message) {
    // The engine does not say where a program cannot be read; the editor's parser does.
    if (
      message.type === 'done' &&
      message.failure?.name === 'SyntaxError' &&
      message.failure.line === undefined
    ) {
      const line = brokenLine(editor.code())
      if (line !== undefined) return results.take({ ...message, failure: { ...message.failure, line } })
    }
    results.take(message)
  },
  changed(isRunning) {
    const hadFocus = document.activeElement === (isRunning ? runButton : stopButton)
    runButton.disabled = isRunning
    stopButton.disabled = !isRunning
    // A button that is disabled loses the keyboard.
    if (hadFocus) (isRunning ? stopButton : runButton).focus()
  },
})
const choices = createChoices({
  chosen: showProgram,
  faultChanged: () => runner.setFault(choices.fault()),
})

fillMenu(
  storedAt,
  PROVIDER_NAMES.map((name) => [name, PROVIDERS[name].label]),
)
storedAt.addEventListener('change', () => {
  if (isProviderName(storedAt.value)) results.showStored(storedAt.value)
})
runButton.addEventListener('click', run)
stopButton.addEventListener('click', () => {
  runner.stop()
  results.stopped()
})
button('reset-program').addEventListener('click', () => {
  editor.replace(exampleCode())
  drafts.delete(place())
  status.textContent = 'The program is as it was.'
})
button('reset-contacts').addEventListener('click', () => {
  results.forget()
  runner.reset()
  status.textContent = 'The sample contacts are back.'
})
shareButton.addEventListener('click', share)
window.addEventListener('hashchange', open)
open()

function run(): void {
  editor.markLine(undefined)
  const resolved = resolveImports(
    editor.code(),
    (module) => new URL(`./modules/${module}.js`, document.baseURI).href,
  )
  results.begin()
  if ('code' in resolved) runner.run(resolved.code, choices.fault())
  else results.refused(resolved.message, resolved.line)
}

function place(): string {
  return `${choices.provider()}/${choices.example().name}`
}

function exampleCode(): string {
  return choices.example().programs[choices.provider()] ?? ''
}

function showProgram(): void {
  editor.open(drafts.get(place()) ?? exampleCode())
  const shown: ProviderName = choices.example().shows?.(choices.provider()) ?? choices.provider()
  storedAt.value = shown
  results.showStored(shown)
}

async function open(): Promise<void> {
  const { provider, example, code } = await fromHash(location.hash)
  choices.choose(provider, example)
  if (code === undefined) return
  drafts.set(place(), code)
  showProgram()
}

async function share(): Promise<void> {
  const code = editor.code()
  const hash = await toHash({
    provider: choices.provider(),
    example: choices.example().name,
    ...(code !== exampleCode() && { code }),
  })
  history.replaceState(null, '', `#${hash}`)
  const copied = await navigator.clipboard.writeText(location.href).then(
    () => true,
    () => false,
  )
  status.textContent = copied ? 'The link is in the clipboard.' : 'The link is in the address bar.'
}
