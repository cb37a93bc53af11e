import * as channelInbox from '@anycontact/channel-inbox'
import * as chatbotkit from '@anycontact/chatbotkit'
import * as cognipeer from '@anycontact/cognipeer'
import * as contactMethods from '@anycontact/contact-methods'
import * as core from '@anycontact/core'
import * as memory from '@anycontact/memory'
import { expect, it } from 'vitest'

// A user installs one adapter, and so has only what that one hands on.
it.each(Object.entries({ channelInbox, chatbotkit, cognipeer, contactMethods, memory }))(
  'who installs %s has copyContacts, exportCsv and all else of core',
  (_, adapter: Readonly<Record<string, unknown>>) => {
    expect(Object.keys(core)).toEqual(expect.arrayContaining(['copyContacts', 'exportCsv', 'ContactsError']))
    for (const [name, value] of Object.entries(core)) expect(adapter[name], name).toBe(value)
  },
)
