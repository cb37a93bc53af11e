import type { Contact, ContactsError, ContactsErrorCode, QueryPlan } from '@anycontact/chatbotkit'

/** A row that was not imported, and why. */
export interface RefusedRow {
  /** The line of the file in which it begins. */
  readonly line: number
  readonly name: string
  /** Its email address, as far as it is one. */
  readonly email: string
  readonly error: ContactsError
}

/** What the import did with the rows. */
export interface ImportReport {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** In the order of the file. */
  readonly refused: readonly RefusedRow[]
}

/** What the filtered listing gave. */
export interface ListReport {
  /** Which conditions ran where. */
  readonly plan: QueryPlan
  readonly contacts: readonly Contact[]
}

/** A contact before and after its changes. */
export interface ChangeReport {
  readonly before: Contact
  readonly updated: Contact
  readonly cleared: Contact
}

/** What the search gave. */
export interface SearchReport {
  readonly text: string
  readonly contacts: readonly Contact[]
}

/** What became of the deleted contact. */
export interface DeletionReport {
  readonly contact: Contact
  /** What reading it afterwards fails with; `undefined` when it does not fail. */
  readonly errorAfterwards: ContactsErrorCode | undefined
}

/** The contacts at the end. */
export interface ExportReport {
  readonly csv: string
  /** How many there are, counted apart from the export. */
  readonly count: number
}

/** What one run of the parts did that a provider allows; `undefined` is what it cannot do. */
export interface PartsReport {
  readonly provider: string
  readonly imported: ImportReport | undefined
  readonly listed: ListReport
  readonly changed: ChangeReport
  readonly searched: SearchReport
  readonly deletion: DeletionReport | undefined
  readonly exported: ExportReport
}

/** What one run of the program did. */
export interface ProgramReport extends PartsReport {
  readonly imported: ImportReport
  readonly deletion: DeletionReport
}
