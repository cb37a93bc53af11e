/** What can be made to go wrong. */
export type FaultKind = 'none' | 'cut' | 'unavailable' | 'limited' | 'lost' | 'broken'

/** How the switch stands. */
export interface FaultSetting {
  readonly kind: FaultKind
  /** How many of the requests that it can meet it meets. */
  readonly times: number
}

/** The words for a fault: on the switch, on a request, and for whoever wonders what it does. */
export interface FaultWords {
  readonly label: string
  readonly mark: string
  readonly tells: string
}

/** Nothing goes wrong. */
export const NO_FAULT: FaultSetting = { kind: 'none', times: 1 }

/** How long the 429 asks to wait. */
export const RETRY_AFTER_SECONDS = 2

/** The faults, in the order of the switch. */
export const FAULTS: Readonly<Record<FaultKind, FaultWords>> = {
  none: { label: 'Nothing: it works', mark: '', tells: 'Every request is answered.' },
  cut: {
    label: 'Connection cut',
    mark: 'connection cut',
    tells: 'The connection breaks before the request is applied. The client cannot know that it was not.',
  },
  unavailable: {
    label: '503 Service Unavailable',
    mark: '503',
    tells: 'The provider answers that it cannot serve now.',
  },
  limited: {
    label: `429, Retry-After: ${RETRY_AFTER_SECONDS}`,
    mark: '429',
    tells: `The provider asks to wait ${RETRY_AFTER_SECONDS} seconds.`,
  },
  lost: {
    label: 'Answer of a write lost',
    mark: 'answer lost',
    tells: 'The write is applied, and then the connection breaks. Meets writes only.',
  },
  broken: {
    label: 'Listing cut in the middle',
    mark: 'cut in the body',
    tells:
      'The answer to a listing breaks off in the middle: a stream after three contacts. Meets listings only.',
  },
}

/** Tells whether a word names a fault. */
export function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(FAULTS, word)
}
