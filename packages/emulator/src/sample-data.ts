import { seedChannelInboxSample } from './channel-inbox/sample.ts'
import { seedSample } from './chatbotkit/sample.ts'
import { seedCognipeerSample } from './cognipeer/sample.ts'
import { seedContactMethodsSample } from './contact-methods/sample.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
import type { SeedVendors } from './seed-file.ts'

/** Puts made-up contacts into all vendors' servers, and tells how many each got. */
export const fillWithSample: SeedVendors = (vendors) => fillAt(vendors, Date.now())

function fillAt(
  { chatbotkit, cognipeer, channelInbox, contactMethods }: Parameters<SeedVendors>[0],
  now: number,
): ReturnType<SeedVendors> {
  return {
    chatbotkit: seedSample(chatbotkit, now),
    cognipeer: seedCognipeerSample(cognipeer, now),
    channelInbox: seedChannelInboxSample(channelInbox, now),
    contactMethods: seedContactMethodsSample(contactMethods, now),
  }
}

/** Makes local servers of the vendors' APIs, in process, with the made-up contacts that the program starts with. */
export function createSampleEmulator(options?: EmulatorOptions): Emulator {
  const emulator = createEmulator(options)
  fillAt(emulator, (options?.now ?? Date.now)())
  return emulator
}
