import { type Ledger, SyncError } from '@anycontact/sync/ledger-kit'
import { between, type Random } from './chance.ts'
import type { Journal } from './journal.ts'
import type { Process } from './process.ts'
import type { Time } from './time.ts'

/** What goes wrong between processes and the ledger's store. */
export class LedgerLine {
  /** How likely something goes wrong with a call. */
  roughness = 0
  readonly #random: Random
  readonly #time: Time
  readonly #journal: Journal
  readonly #held = new WeakMap<Process, number>()

  constructor(time: Time, journal: Journal, random: Random) {
    this.#time = time
    this.#journal = journal
    this.#random = random
  }

  /**
   * The ledger as a process has it: each call is one that it can die of, that can fail, whether it has happened or not, and that can
   * hang for minutes with all that follow it, while others take the work over.
   *
   * @param onStall - told when it hangs
   */
  of(ledger: Ledger, process: Process, onStall: () => void): Ledger {
    return new Proxy(ledger, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        // The store is not the process's: it outlives it.
        if (name === 'close' || typeof name === 'symbol') return async () => {}
        return (...given: readonly unknown[]) =>
          process.waitFor('ledger call', `the ledger's ${name}`, () =>
            this.#call(process, name, onStall, () => Reflect.apply(member, target, given)),
          )
      },
    })
  }

  async #call(
    process: Process,
    name: string,
    onStall: () => void,
    call: () => Promise<unknown>,
  ): Promise<unknown> {
    const trouble = this.#trouble()
    if (trouble === 'ledger stalled') {
      const ms = between(this.#random, 1_000, 600_000)
      this.#held.set(process, this.#time.now() + ms)
      this.#tell(process, name, `${trouble} for ${ms} ms`)
      onStall()
    }
    const isAfter = trouble === 'ledger failed after' || this.#random.chance(0.5)
    if (!isAfter) await this.#hold(process)
    if (!process.isAlive) return undefined
    if (trouble === 'ledger failed before') {
      this.#tell(process, name, trouble)
      throw unreachable()
    }
    const answer = await call()
    if (isAfter) await this.#hold(process)
    if (trouble !== 'ledger failed after') return answer
    this.#tell(process, name, trouble)
    throw unreachable()
  }

  async #hold(process: Process): Promise<void> {
    const ms = (this.#held.get(process) ?? 0) - this.#time.now()
    if (ms > 0) await this.#time.wait(ms)
  }

  #trouble() {
    if (!this.#random.chance(this.roughness)) return undefined
    const trouble = this.#random.pick([
      'ledger failed before',
      'ledger failed after',
      'ledger stalled',
    ] as const)
    if (trouble !== undefined) this.#journal.count(trouble)
    return trouble
  }

  #tell(process: Process, name: string, what: string): void {
    this.#journal.tell(`${process.name} ${name}: ${what}`)
  }
}

const UNREACHABLE = 'The store cannot be reached. Try again.'

function unreachable(): SyncError {
  return new SyncError({ reason: 'ledger', message: UNREACHABLE })
}

/** Whether an error is one of these, and not one of the store itself. */
export function isUnreachable({ message }: SyncError): boolean {
  return message === UNREACHABLE
}
