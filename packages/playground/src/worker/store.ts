import type { Emulator } from '@anycontact/emulator'
import type { FromWorker, StoredRecords } from '../shared/messages.ts'
import { SAMPLE } from './sample.ts'

/** Puts records into the emulators: those that they had before, or the sample. */
export function fill(emulator: Emulator, records: StoredRecords | undefined): void {
  const { chatbotkit, cognipeer, channelInbox, contactMethods } = records ?? SAMPLE
  emulator.chatbotkit.seed(chatbotkit)
  emulator.cognipeer.seed(cognipeer)
  emulator.channelInbox.seed(channelInbox)
  emulator.contactMethods.seed(contactMethods)
}

/** What the emulators hold, and whether a write was doubled. */
export function stored(emulator: Emulator): FromWorker {
  const { writes, doubled, repeated } = emulator.audit()
  return {
    type: 'stored',
    records: {
      chatbotkit: emulator.chatbotkit.contacts,
      cognipeer: emulator.cognipeer.contacts,
      channelInbox: emulator.channelInbox.contacts,
      contactMethods: emulator.contactMethods.contactMethodsOf('test'),
    },
    audit: { writes, doubled: doubled.length, repeated: repeated.length },
  }
}
