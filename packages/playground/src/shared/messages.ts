import type { Contact } from '@anycontact/core'
import type {
  ChannelInboxContact,
  ChatBotKitContact,
  CognipeerContact,
  ContactMethodsRecord,
} from '@anycontact/emulator'
import type { FaultSetting } from './faults.ts'

/** What the emulators hold, record by record, as the vendors keep them. */
export interface StoredRecords {
  readonly chatbotkit: readonly ChatBotKitContact[]
  readonly cognipeer: readonly CognipeerContact[]
  readonly channelInbox: readonly ChannelInboxContact[]
  readonly contactMethods: readonly ContactMethodsRecord[]
}

/** What `emulator.audit()` says, as numbers. */
export interface AuditNumbers {
  readonly writes: number
  readonly doubled: number
  readonly repeated: number
}

/** An error as the page shows it. */
export interface ErrorView {
  readonly name: string
  readonly message: string
  /** Where in the program it came from, counted from 1. */
  readonly line?: number
  /** The members of a `ContactsError` but name and message, as text. */
  readonly facts: Readonly<Record<string, string>>
  readonly issues: readonly string[]
}

/** One argument of a `console.log`, as the page shows it. */
export type OutputPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly error: ErrorView }

/** Which method of the console was called. */
export type OutputLevel = 'log' | 'info' | 'warn' | 'error'

/** What the page tells the worker. */
export type ToWorker =
  /** Make the emulators, with these records; without any, with the sample. */
  | { readonly type: 'prepare'; readonly records: StoredRecords | undefined }
  /** Run a program whose imports are addresses already. */
  | { readonly type: 'run'; readonly code: string; readonly fault: FaultSetting }
  /** The switch was moved. */
  | { readonly type: 'fault'; readonly fault: FaultSetting }

/** What the worker tells the page. */
export type FromWorker =
  | { readonly type: 'output'; readonly level: OutputLevel; readonly parts: readonly OutputPart[] }
  | {
      readonly type: 'request'
      readonly id: number
      readonly method: string
      readonly host: string
      readonly path: string
      /** 1 for the first time that this request is sent. */
      readonly attempt: number
      /** What it will meet on its way. */
      readonly fault: FaultSetting['kind']
    }
  /** The answer to a request, or without a status that none came, and why. */
  | {
      readonly type: 'answer'
      readonly id: number
      readonly status?: number
      readonly ms: number
      readonly problem?: string
    }
  /** The body broke off. */
  | { readonly type: 'broken'; readonly id: number; readonly bytes: number }
  /** A client waits before it sends something again. */
  | { readonly type: 'wait'; readonly operation: string; readonly code: string; readonly delayMs: number }
  | { readonly type: 'stored'; readonly records: StoredRecords; readonly audit: AuditNumbers }
  /** The contacts of the memory clients that the program made. */
  | { readonly type: 'memory'; readonly contacts: readonly Contact[] }
  | { readonly type: 'done'; readonly failure?: ErrorView }
