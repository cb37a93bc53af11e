/** Something that must hold for users of the packed packages. */
export interface Check {
  /** Which compiler or test runner it is about. */
  readonly subject: string
  /** With what settings. */
  readonly setting: string
  /** Resolves when it holds, with a word to show if there is one. */
  run(): Promise<string | undefined>
}

/** A compiler, runtime or test runner that this machine has not. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool'
}

/** What became of a check. */
export interface Outcome {
  readonly check: Check
  readonly state: 'ok' | 'failed' | 'missing'
  readonly note: string
  readonly seconds: number
}

/** Runs checks, some at once, and tells of each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  atOnce: number,
  onOutcome: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const waiting = checks.values()
  const worker = async (): Promise<void> => {
    for (const check of waiting) {
      const outcome = await outcomeOf(check)
      outcomes.push(outcome)
      onOutcome(outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return outcomes
}

async function outcomeOf(check: Check): Promise<Outcome> {
  const started = performance.now()
  const ended = (state: Outcome['state'], note: string): Outcome => {
    return { check, state, note, seconds: (performance.now() - started) / 1000 }
  }
  try {
    return ended('ok', (await check.run()) ?? '')
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return ended(error instanceof MissingTool ? 'missing' : 'failed', message)
  }
}

/** One line of the table. */
export function lineOf({ check, state, note, seconds }: Outcome): string {
  const time = `${seconds.toFixed(1)} s`.padStart(8)
  const brief = state === 'ok' ? note : state.toUpperCase()
  return `${check.subject.padEnd(18)}${check.setting.padEnd(44)}${time}  ${brief}`.trimEnd()
}

/** What is to be said at the end, and whether all is well: what could not be tried counts in CI, where every tool must be there. */
export function verdictOf(
  outcomes: readonly Outcome[],
  isCi: boolean,
): { readonly text: string; readonly ok: boolean } {
  const failed = outcomes.filter(({ state }) => state === 'failed')
  const missing = outcomes.filter(({ state }) => state === 'missing')
  const said = [...failed, ...missing].map(
    ({ check, state, note }) => `${check.subject}, ${check.setting}: ${state}\n${note.slice(0, 4000)}\n\n`,
  )
  const held = outcomes.length - failed.length - missing.length
  const text = `${said.join('')}${held} hold, ${failed.length} do not, ${missing.length} could not be tried.`
  return { text, ok: outcomes.length > 0 && failed.length === 0 && !(isCi && missing.length > 0) }
}
