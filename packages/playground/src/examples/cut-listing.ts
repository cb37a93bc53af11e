import { type Example, program } from './example.ts'

const everyone = (shown: string): string => `
// The switch below cuts the answer in the middle, twice. What was seen
// before the cut is not seen again, and nobody is left out.
let count = 0
for await (const contact of contacts.list()) {
  count += 1
  console.log(count, contact.${shown})
}
`

/** A listing that breaks off, and goes on. */
export const cutListing: Example = {
  name: 'cut-listing',
  label: 'Listing that is cut',
  fault: { kind: 'broken', times: 2 },
  programs: {
    chatbotkit: program('chatbotkit', everyone('name')),
    cognipeer: program('cognipeer', everyone('name')),
    channelInbox: program('channelInbox', everyone('name')),
    contactMethods: program('contactMethods', everyone('id')),
  },
}
