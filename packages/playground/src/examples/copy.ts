import type { ProviderName } from '../shared/providers.ts'
import { client, type Example, imports } from './example.ts'

function copy(from: ProviderName, to: ProviderName): string {
  return `${imports(from, 'copyContacts')}
${imports(to)}

${client(from, 'from')}
${client(to, 'to')}

// Each copy says where it comes from.
const map = (input, contact) => ({
  ...input,
  customFields: { ...input.customFields, from: contact.provider },
})

const report = await copyContacts(from, to, { map })
console.log(report.created, 'created,', report.updated, 'updated,', report.unchanged, 'unchanged')
console.log('left out, because the target has no such field:', report.dropped)

// What is as it was is not written again.
const again = await copyContacts(from, to, { map })
console.log('the second time:', again.unchanged, 'unchanged')
`
}

const targetOf = (provider: ProviderName): ProviderName =>
  provider === 'chatbotkit' ? 'cognipeer' : 'chatbotkit'

/** A copy from the chosen provider to another one. */
export const copyToAnother: Example = {
  name: 'copy',
  label: 'Copy to another provider',
  shows: targetOf,
  programs: {
    chatbotkit: copy('chatbotkit', targetOf('chatbotkit')),
    cognipeer: copy('cognipeer', targetOf('cognipeer')),
    channelInbox: copy('channelInbox', targetOf('channelInbox')),
    contactMethods: copy('contactMethods', targetOf('contactMethods')),
    memory: copy('memory', targetOf('memory')),
  },
}
