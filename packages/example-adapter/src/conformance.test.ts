import { testAdapter } from '@anycontact/conformance'
import { createContacts } from '@anycontact/core'
import { test } from 'vitest'
import { exampleCrmAdapter } from './adapter.ts'
import { createServer } from './server.ts'

testAdapter({
  test,
  create(policy) {
    const adapter = exampleCrmAdapter({ token: 'example', fetch: createServer().fetch })
    return { contacts: createContacts(adapter, policy), adapter }
  },
  unique: ['email'],
})
