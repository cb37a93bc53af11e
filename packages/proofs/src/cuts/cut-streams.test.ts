import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { answerBytes, cutServer, type Dress, type Ending, namesAt, namesOf } from './cut-answers.ts'

const TWELVE = { count: 12 }

describe('a streamed listing', () => {
  it.each<[Dress, Ending]>([
    ['plain', 'gracefully'],
    ['plain', 'by reset'],
    ['CRLF', 'gracefully'],
    ['BOM', 'gracefully'],
    ['gzip', 'gracefully'],
  ])('is whole when it is cut after any byte: %s, %s', async (dress, ending) => {
    // Of gzip the size depends on the ids.
    const size = (await answerBytes(TWELVE, 'list', 'application/jsonl', dress)) + 8
    for (let afterBytes = 0; afterBytes <= size; afterBytes++) {
      const server = cutServer(TWELVE, { request: 0, afterBytes, ending, dress })
      const given = namesOf(await server.contacts.list().toArray())
      expect(given, `cut after ${afterBytes} of ${size} bytes`).toEqual(namesAt(server))
    }
  })
})

describe('the question whether more follows', () => {
  it.each<Ending>(['gracefully', 'by reset'])(
    'never passes for the end when its answer is cut %s',
    async (ending) => {
      const { vendor } = cutServer(TWELVE, undefined)
      const size = JSON.stringify({
        items: vendor.contacts.slice(0, 1),
        cursor: vendor.contacts[0]?.id,
      }).length
      for (let afterBytes = 0; afterBytes <= size; afterBytes++) {
        const server = cutServer(TWELVE, { request: 1, afterBytes, ending, dress: 'plain' })
        const outcome = await outcomeOf(server.contacts.list().toArray())
        const isError = outcome === 'network' || outcome === 'bad_response'
        if (!isError) expect(outcome, `cut after ${afterBytes} bytes`).toEqual(namesAt(server))
      }
    },
  )
})

/** The names, or the code of the error. */
async function outcomeOf(list: Promise<readonly { readonly name?: string | undefined }[]>): Promise<unknown> {
  try {
    return namesOf(await list)
  } catch (error) {
    return ContactsError.is(error) ? error.code : error
  }
}
