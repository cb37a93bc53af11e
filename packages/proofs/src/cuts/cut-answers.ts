import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { type ChatBotKitContacts, chatbotkit } from '@anycontact/chatbotkit'
import { ContactClient } from '@anycontact/chatbotkit/api'
import type { ContactsWarning, FetchFunction } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator } from '@anycontact/emulator'

/** How the text of an answer travels. */
export type Dress = 'plain' | 'CRLF' | 'BOM' | 'gzip'

/** How an answer that is cut ends: as if that were its end, or with a broken connection. */
export type Ending = 'gracefully' | 'by reset'

/** What is done to one answer. */
export interface Cut {
  /** Which of the requests is answered so, from 0. */
  readonly request: number
  readonly afterBytes: number
  readonly ending: Ending
  readonly dress: Dress
}

/** What the vendor's server keeps. */
export interface Kept {
  readonly count: number
  /** Whether all were made in the same millisecond. */
  readonly isSameTime?: boolean
}

/** Contacts whose names have characters of one to four bytes, oldest first. */
export function people({
  count,
  isSameTime = false,
}: Kept): { name: string; createdAt: number; meta: { plan: string } }[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `Zoë 李 🦊 ${at}`,
    createdAt: Date.UTC(2026, 0, 1) + (isSameTime ? 0 : at * 1000),
    meta: { plan: 'pro' },
  }))
}

const clock = createTestClock({ waits: 'pass' })

/** One for all, emptied each time: to make one takes longer than to read its listing. */
const { chatbotkit: vendor } = createEmulator({ now: clock.now, seed: 1 })

/** A server with contacts, and what is asked of it. */
export interface CutServer {
  readonly vendor: Emulator['chatbotkit']
  readonly contacts: ChatBotKitContacts
  readonly face: ContactClient
  readonly warnings: ContactsWarning[]
  /** How many requests were answered. */
  readonly answered: () => number
}

/**
 * Makes a server that cuts one answer.
 *
 * @param meanwhile - called when the cut answer has been sent, with the ids of the contacts that it had whole
 */
export function cutServer(
  kept: Kept,
  cut: Cut | undefined,
  meanwhile: (server: CutServer, sent: readonly string[]) => Promise<void> = async () => {},
): CutServer {
  vendor.reset()
  vendor.seed(people(kept))
  const warnings: ContactsWarning[] = []
  let answered = 0
  const fetch: FetchFunction = async (input, init) => {
    const isCut = answered++ === cut?.request
    const answer = await vendor.fetch(input, init)
    if (!isCut || cut === undefined) return answer
    const bytes = arriving(slim(await answer.text()), cut)
    await meanwhile(server, idsIn(bytes))
    return new Response(ended(bytes, cut.ending), answer)
  }
  const common = { secret: CHATBOTKIT_SECRET, fetch, clock, random: () => 0 }
  const server: CutServer = {
    vendor,
    contacts: chatbotkit({ ...common, onWarning: (warning) => warnings.push(warning) }),
    face: new ContactClient(common),
    warnings,
    answered: () => answered,
  }
  return server
}

/** How many bytes the answer to a listing has. */
export async function answerBytes(kept: Kept, path: string, accept: string, dress: Dress): Promise<number> {
  cutServer(kept, undefined)
  const headers = { accept, authorization: `Bearer ${CHATBOTKIT_SECRET}` }
  const answer = await vendor.fetch(`https://emulator.test/v1/contact/${path}`, { headers })
  return dressed(slim(await answer.text()), dress).length
}

/** An answer without the fields of contacts that have no value, so that there are fewer places to cut it at. */
function slim(text: string): string {
  return text.replace(/"\w+":(?:""|null),/g, '').replace(/"fingerprint":"[^"]*",/g, '')
}

/** The text as it travels. */
function dressed(text: string, dress: Dress): Uint8Array {
  if (dress === 'CRLF') return Buffer.from(text.replaceAll('\n', '\r\n'))
  if (dress === 'BOM') return Buffer.from(`\uFEFF${text}`)
  return dress === 'gzip' ? gzipSync(text) : Buffer.from(text)
}

/** What a runtime hands on of the bytes that arrive. Of gzip that ends too early it can give what it has, without an error. */
function arriving(text: string, { dress, afterBytes }: Cut): Uint8Array<ArrayBuffer> {
  const part = dressed(text, dress).subarray(0, afterBytes)
  return new Uint8Array(dress === 'gzip' ? unpacked(part) : part)
}

function unpacked(part: Uint8Array): Uint8Array {
  // Without its header nothing can be unpacked.
  return part.length < 18 ? new Uint8Array() : gunzipSync(part, { finishFlush: constants.Z_SYNC_FLUSH })
}

/** The ids of the contacts whose lines are whole. */
function idsIn(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes).split('\n')
  return lines.flatMap((line) => /^\S*?\{"type":"item","data":\{"id":"(\w+)".*\}\}\r?$/.exec(line)?.[1] ?? [])
}

function ended(bytes: Uint8Array<ArrayBuffer>, ending: Ending): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = bytes.length === 0
  return new ReadableStream({
    pull(controller) {
      if (!isSent) {
        isSent = true
        controller.enqueue(bytes)
      } else if (ending === 'by reset') controller.error(new TypeError('terminated'))
      else controller.close()
    },
  })
}

/** What the server keeps, by name, newest first: the order of its listings. */
export function namesAt(
  server: CutServer,
  keep: (contact: { readonly meta: { readonly plan?: unknown } | null }) => boolean = () => true,
): string[] {
  return namesOf(server.vendor.contacts.filter(keep)).reverse()
}

/** The names of contacts, in order. */
export const namesOf = (items: readonly { readonly name?: string | undefined }[]): string[] =>
  items.map(({ name = '' }) => name)
