import { defineSync, type Sync } from '@anycontact/sync'
import { atChatBotKit, atCognipeer, type Reach } from './clients.ts'
import type { Key, Provider } from './stores.ts'

/** A sync whose processes are killed. */
export interface Scenario {
  readonly source: Provider
  readonly target: Provider
  readonly key: Key
  readonly direction: 'one-way' | 'both'
  /** The sync, whose clients reach the emulator so. */
  sync(reach: Reach): Sync
}

/** The syncs, by what they are called on the command line. */
export const SCENARIOS = {
  /** ChatBotKit takes an external id once: what is in doubt is written again. */
  copy: {
    source: 'cognipeer',
    target: 'chatbotkit',
    key: 'externalId',
    direction: 'one-way',
    sync: (reach) =>
      defineSync({
        name: 'copy',
        source: atCognipeer(reach),
        target: atChatBotKit(reach),
        by: 'externalId',
        fields: { status: 'customFields.status' },
        lost: ['tags'],
        deletions: 'mirror',
      }),
  },
  /** Cognipeer takes an external id as often as it comes: what is in doubt is looked up. */
  both: {
    source: 'chatbotkit',
    target: 'cognipeer',
    key: 'externalId',
    direction: 'both',
    sync: (reach) =>
      defineSync({
        name: 'both',
        source: atChatBotKit(reach),
        target: atCognipeer(reach),
        by: 'externalId',
        fields: { note: 'customFields.note', nickname: 'customFields.nickname' },
        lost: ['verifiedAt'],
        direction: 'both',
      }),
  },
} as const satisfies Readonly<Record<string, Scenario>>

/** One of {@link SCENARIOS}. */
export type ScenarioName = keyof typeof SCENARIOS

/** What a scenario is, whichever it is. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name]
}

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name)
}
