import type { ContactsPolicy } from '@anycontact/core'

/** What a test works on that is not as usual. */
export interface TestSetup {
  /** What the client is made with. @default nothing */
  readonly policy?: ContactsPolicy | undefined
  /** Whether the provider's answers can be made to take time, on a clock of the suite's. @default false */
  readonly isSlow?: boolean | undefined
}
