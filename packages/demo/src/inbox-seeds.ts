import type { ContactInput } from '@anycontact/chatbotkit'
import type { ChannelInboxContactSeed } from '@anycontact/emulator'

/**
 * The people of the file as the inbox has them: nobody creates a contact there, it comes into being when somebody writes on a
 * channel.
 *
 * @param inputs - the contacts of the file; a later one with the same external id takes the place of an earlier one
 * @param refused - the places of those that are broken, from 0
 * @returns one record a person
 */
export function inboxSeeds(
  inputs: readonly ContactInput[],
  refused: ReadonlySet<number>,
): readonly ChannelInboxContactSeed[] {
  const people = new Map<string, ContactInput>()
  for (const [index, input] of inputs.entries()) {
    const { externalId } = input
    if (externalId && !refused.has(index)) people.set(externalId, input)
  }
  return [...people.values()].map(({ name, email, phone, note }) => ({
    ...(name && { display_name: name }),
    ...(email && { email }),
    ...(phone && { phone_number: phone }),
    ...(note && { remark: note }),
    channel_type: 'whatsapp',
  }))
}
