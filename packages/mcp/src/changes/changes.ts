import { ContactsError } from '@anycontact/core'
import { sameJson } from '@anycontact/core/adapter-kit'
import { type Answer, fittingRows } from '../answer/answer.ts'
import { Refusal, tellAbout, whatToDoAbout } from '../failures.ts'
import { Kept } from '../kept.ts'
import type { Settings } from '../options.ts'
import { randomText } from '../random-text.ts'
import { changesSince, isSame, type SeenState, type State } from './state.ts'

/** So many previews can be open; the oldest then cannot be applied any more. */
const OPEN_PREVIEWS = 50

/** A change that was shown, and can be made once. */
export interface Change {
  /** The tool that makes it. */
  readonly tool: string
  /** What it was asked for with. */
  readonly args: unknown
  /** What it rests on. */
  readonly state: SeenState
  /** Reads that again. */
  read(signal: AbortSignal): Promise<State>
  /** Makes the change. */
  commit(state: State, signal: AbortSignal): Promise<Answer>
}

/** The changes of a server that were shown and not made yet. */
export class Changes {
  readonly #open = new Kept<Change & { readonly expiresAt: number }>(OPEN_PREVIEWS)
  readonly #settings: Settings
  /** Changes are made one after the other, so that none comes between the reading and the writing of another. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Keeps a change for a while, and makes its token. */
  open(change: Change): { readonly token: string; readonly expiresInSeconds: number } {
    const { now, previewMs, randomBytes } = this.#settings
    const token = randomText(randomBytes, 16)
    this.#open.set(token, { ...change, expiresAt: now() + previewMs })
    return { token, expiresInSeconds: Math.floor(previewMs / 1000) }
  }

  /**
   * Makes a change that was shown, if nothing that it rests on has changed since. Its token is used up, whatever comes of it.
   *
   * @throws Refusal for a token that is unknown, used, too old, or of another call; where something has changed; where the change failed
   */
  async apply(tool: string, token: string, args: unknown, signal: AbortSignal): Promise<Answer> {
    const change = this.#take(tool, token, args)
    const work = async (): Promise<Answer> => {
      const now = await change.read(signal)
      if (!isSame(change.state, now)) throw this.#changed(change.state, now)
      return this.#commit(change, now, signal)
    }
    const made = this.#turn.then(work)
    // Its own caller gets the error; the next one has its turn all the same.
    this.#turn = made.catch(() => undefined)
    return made
  }

  /** Hands a change out to one caller alone: nothing is awaited between finding it and taking it away. */
  #take(tool: string, token: string, args: unknown): Change {
    const change = this.#open.get(token)
    if (!change) {
      throw new Refusal(
        'unknown_token',
        'There is no preview with this token: it was used, or dropped for newer ones, or never was.',
        PREVIEW_AGAIN,
      )
    }
    if (this.#settings.now() >= change.expiresAt) {
      this.#open.take(token)
      throw new Refusal('expired_token', 'This preview is too old. Nothing was written.', PREVIEW_AGAIN)
    }
    if (change.tool !== tool || !sameJson(change.args, args)) {
      throw new Refusal(
        'other_arguments',
        `This token is of a preview for ${change.tool} with other arguments. Nothing was written.`,
        'Call with exactly what was previewed, or make a preview of what is wanted now.',
      )
    }
    this.#open.take(token)
    return change
  }

  #changed(before: SeenState, now: State): Refusal {
    const rows = changesSince(before, now)
    const isGone = before.contact !== undefined && now.contact === undefined
    return new Refusal(
      'changed_since_preview',
      isGone
        ? 'The contact is not there any more. Nothing was written.'
        : 'The contact is not as it was when the change was previewed. Nothing was written.',
      PREVIEW_AGAIN,
      { rows: rows.slice(0, fittingRows(rows, this.#settings)) },
    )
  }

  async #commit(change: Change, now: State, signal: AbortSignal): Promise<Answer> {
    try {
      return await change.commit(now, signal)
    } catch (error) {
      if (signal.aborted) throw error
      if (!ContactsError.is(error)) {
        tellAbout(error, change.tool, this.#settings.onError)
        throw new Refusal('outcome_unknown', 'Something went wrong that nobody expected.', LOOK_FIRST)
      }
      const refusal = (code: string, whatToDo: string): Refusal =>
        new Refusal(code, error.message, whatToDo, { cause: error })
      if (error.applied === 'unknown') throw refusal('outcome_unknown', LOOK_FIRST)
      if (error.applied === 'yes') throw refusal(error.code, WAS_WRITTEN)
      throw refusal(error.code, `Nothing was written. ${whatToDoAbout(error)} ${PREVIEW_AGAIN}`)
    }
  }
}

const PREVIEW_AGAIN = 'To go on, make a new preview and show it to the user.'

const LOOK_FIRST =
  'It is not known whether this was written. Do not try again before you have looked: read the contact first, and tell the user. The token is used up.'

const WAS_WRITTEN =
  'Something was written. Read the contact to see what is stored now, and tell the user. The token is used up.'
