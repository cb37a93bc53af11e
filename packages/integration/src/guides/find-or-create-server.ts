import { chatbotkit } from '@anycontact/chatbotkit'
import { contactsApp } from './find-or-create.ts'

// One client for the whole process: requests for the same key wait for each other in it.
const contacts = chatbotkit({ secret: process.env.CHATBOTKIT_SECRET ?? '' })

export default contactsApp(({ key, ...person }) =>
  contacts.upsert({ externalId: key, ...person }, { by: 'externalId', deadlineMs: 10_000 }),
)
