import type { FaultSetting } from '../shared/faults.ts'
import { PROVIDERS, type ProviderName } from '../shared/providers.ts'

/** An example of the menu: a program for each provider that can do it. */
export interface Example {
  readonly name: string
  readonly label: string
  readonly programs: Readonly<Partial<Record<ProviderName, string>>>
  /** How the switch is put when the example is chosen. @default everything works */
  readonly fault?: FaultSetting
  /** Whose contacts are shown, where it is not the provider that was chosen. */
  readonly shows?: (provider: ProviderName) => ProviderName
}

/** What a program begins with: the import and the client. */
export function client(provider: ProviderName, name = 'contacts'): string {
  const { factory, options } = PROVIDERS[provider]
  return `const ${name} = ${factory}(${options})`
}

/** The line that imports a provider's factory, and more of what its package exports. */
export function imports(provider: ProviderName, ...more: readonly string[]): string {
  const { factory, package: source } = PROVIDERS[provider]
  return `import { ${[factory, ...more].join(', ')} } from '${source}'`
}

/** A program for one provider. */
export function program(provider: ProviderName, body: string, ...more: readonly string[]): string {
  return `${imports(provider, ...more)}\n\n${client(provider)}\n\n${body.trim()}\n`
}
