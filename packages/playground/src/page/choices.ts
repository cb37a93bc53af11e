import { type Example, exampleOf, examplesOf } from '../examples/index.ts'
import { FAULTS, type FaultSetting, isFaultKind, NO_FAULT } from '../shared/faults.ts'
import { isProviderName, PROVIDER_NAMES, PROVIDERS, type ProviderName } from '../shared/providers.ts'
import { byId, fillMenu } from './dom.ts'

/** What is chosen in the menus. */
export interface Choices {
  readonly provider: () => ProviderName
  readonly example: () => Example
  readonly fault: () => FaultSetting
  /** Chooses by name; what there is not is passed over. */
  choose(provider: string | undefined, example: string | undefined): void
}

/** What the page does when something else is chosen. */
export interface ChoiceEvents {
  readonly chosen: () => void
  readonly faultChanged: () => void
}

const TIMES: readonly (readonly [value: string, label: string])[] = [
  ['1', 'the next request'],
  ['2', 'the next two requests'],
  ['Infinity', 'every request'],
]

/** Fills the menus and follows them. */
export function createChoices({ chosen, faultChanged }: ChoiceEvents): Choices {
  const providers = byId('provider', HTMLSelectElement)
  const examples = byId('example', HTMLSelectElement)
  const faults = byId('fault', HTMLSelectElement)
  const times = byId('fault-times', HTMLSelectElement)
  const tells = byId('fault-tells', HTMLElement)

  const provider = (): ProviderName => (isProviderName(providers.value) ? providers.value : 'chatbotkit')
  const example = (): Example => exampleOf(provider(), examples.value)
  const fault = (): FaultSetting => ({
    kind: isFaultKind(faults.value) ? faults.value : 'none',
    times: Number(times.value),
  })

  const showFault = (): void => {
    const isMemory = provider() === 'memory'
    faults.disabled = isMemory
    times.disabled = isMemory || fault().kind === 'none'
    tells.textContent = isMemory ? 'A memory client sends nothing.' : FAULTS[fault().kind].tells
  }
  const setFault = (setting: FaultSetting): void => {
    faults.value = setting.kind
    times.value = String(setting.times)
    showFault()
  }
  const choose = (nextProvider: ProviderName, nextExample: string): void => {
    providers.value = nextProvider
    fillMenu(
      examples,
      examplesOf(nextProvider).map(({ name, label }) => [name, label]),
    )
    const found = exampleOf(nextProvider, nextExample)
    examples.value = found.name
    setFault(found.fault ?? NO_FAULT)
    chosen()
  }

  fillMenu(
    providers,
    PROVIDER_NAMES.map((name) => [name, PROVIDERS[name].label]),
  )
  fillMenu(
    faults,
    Object.entries(FAULTS).map(([name, { label }]) => [name, label]),
  )
  fillMenu(times, TIMES)
  providers.addEventListener('change', () => choose(provider(), examples.value))
  examples.addEventListener('change', () => choose(provider(), examples.value))
  for (const menu of [faults, times]) {
    menu.addEventListener('change', () => {
      showFault()
      faultChanged()
    })
  }
  return {
    provider,
    example,
    fault,
    choose: (named, exampleName = '') =>
      choose(named !== undefined && isProviderName(named) ? named : provider(), exampleName),
  }
}
