/** What was looked at, and what it is like. */
export interface Check {
  /** The provider; absent for what is of this machine. */
  readonly of?: string
  readonly check: string
  /** `wrong` must be mended; `unknown`: nothing tells. */
  readonly state: 'ok' | 'warning' | 'wrong' | 'unknown'
  /** A sentence; nothing secret is in it. */
  readonly message: string
}
