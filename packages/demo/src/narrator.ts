import type { BatchProgress } from '@anycontact/chatbotkit'
import type {
  ChangeReport,
  DeletionReport,
  ExportReport,
  ImportReport,
  ListReport,
  SearchReport,
} from './report.ts'

/** The steps of the program, in order. */
export type Step = 'import' | 'list' | 'change' | 'search' | 'delete' | 'export'

/** Told of each step of the program, when it begins and when it is done. */
export interface Narrator {
  begins(step: Step): void
  /** Called after each row of the import. */
  importing(progress: BatchProgress): void
  imported(report: ImportReport): void
  listed(report: ListReport): void
  changed(report: ChangeReport): void
  searched(report: SearchReport): void
  deleted(report: DeletionReport): void
  exported(report: ExportReport): Promise<void> | void
}

/** Says nothing. */
export const SILENT: Narrator = {
  begins() {},
  importing() {},
  imported() {},
  listed() {},
  changed() {},
  searched() {},
  deleted() {},
  exported() {},
}
