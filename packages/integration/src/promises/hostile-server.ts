import { inspect } from 'node:util'
import type { ContactsError, ContactsWarning } from '@anycontact/core'
import {
  type Answering,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  type ServerOptions,
} from './vendor-servers.ts'

/** Every provider that is asked over HTTP, as a server and a client of it. */
export const hostileServers = {
  chatbotkit: chatbotkitServer,
  cognipeer: cognipeerServer,
  'contact-methods': contactMethodsServer,
  'channel-inbox': channelInboxServer,
} as const satisfies Record<string, (options?: ServerOptions) => unknown>

/** The name of one of {@link hostileServers}. */
export type HostileName = keyof typeof hostileServers

/** An error answer in every vendor's form at once, which says `text` wherever a vendor says anything. */
export function quoting(text: string, status: number, nested = true): Response {
  const said = { message: text, code: text }
  const body = {
    success: false,
    ...said,
    error: nested ? said : text,
    detail: text,
    details: { field: text, [text]: text },
    data: { issues: [{ path: [text], message: text }] },
    errors: [said],
  }
  // A header takes what Latin-1 can write.
  const id = text.replace(/[^\x20-\x7e\xa0-\xff]/g, '')
  return Response.json(body, { status, headers: { 'x-request-id': id, 'x-trace-id': id } })
}

/** Has the vendor answer the first requests, and something else the others. */
export function afterwards(count: number, answer: () => Response): Answering {
  let seen = 0
  return async (_, serve) => (seen++ < count ? serve() : answer())
}

/** Everything that an error shows, in every way that there is to show it. */
export function renderings(error: unknown, warnings: readonly ContactsWarning[] = []): string {
  const views = [JSON.stringify(warnings)]
  for (let depth = 0; error !== undefined && depth < 10; depth++) {
    views.push(String(error), JSON.stringify(error), inspect(error, { depth: null, showHidden: true }))
    if (error instanceof Error) {
      const { stack, issues, vendorCode, requestId } = error as Partial<ContactsError>
      views.push(error.message, stack ?? '', JSON.stringify(issues), `${vendorCode} ${requestId}`)
    }
    error = Reflect.get(Object(error), 'cause')
  }
  return views.join('\n')
}

/** A text as a reader sees it who looks for somebody: without escapes, case, accents and signs. */
function plainly(text: string): string {
  let plain = text
  for (let level = 0; level < 3; level++) {
    plain = plain
      .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
      .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
      .replace(/&([a-z])(?:acute|uml|grave|tilde|cedil|circ|ring);/gi, '$1')
      .replace(/&(?:quot|amp|lt|gt|apos);/g, ' ')
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
        try {
          return decodeURIComponent(run)
        } catch {
          return run
        }
      })
  }
  return plain
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s+\\"'&<>]+/g, ' ')
}

/** What of the values can be found in a text. */
export function foundIn(text: string, values: readonly string[]): string[] {
  const plain = plainly(text)
  const digits = text.normalize('NFKC').replace(/[\s().\-/]/g, '')
  return values.filter((value) => {
    const number = value.replace(/\D/g, '')
    const isPhone = /^[+(\d][\d\s().\-/]+$/.test(value) && number.length >= 8
    return plain.includes(plainly(value).trim()) || (isPhone && digits.includes(number.slice(-8)))
  })
}

const named: Readonly<Record<string, string>> = {
  á: 'aacute',
  é: 'eacute',
  í: 'iacute',
  ó: 'oacute',
  ú: 'uacute',
  ã: 'atilde',
  õ: 'otilde',
  ñ: 'ntilde',
  ç: 'ccedil',
  ü: 'uuml',
  ö: 'ouml',
  ä: 'auml',
  ë: 'euml',
  è: 'egrave',
  ê: 'ecirc',
  å: 'aring',
  '&': 'amp',
  '"': 'quot',
  '<': 'lt',
  '>': 'gt',
  "'": 'apos',
}

const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')
const html = (text: string, write: (character: string) => string): string =>
  [...text].map((character) => (/[a-z0-9 ]/i.test(character) ? character : write(character))).join('')

/** What a server may make of a value before it says it back. */
export const FORMS: Readonly<Record<string, (value: string) => string>> = {
  'as it is': (value) => value,
  'upper case': (value) => value.toUpperCase(),
  'lower case': (value) => value.toLowerCase(),
  'taken apart (NFD)': (value) => value.normalize('NFD'),
  'without accents': withoutAccents,
  'without accents, upper case': (value) => withoutAccents(value).toUpperCase(),
  'HTML, named': (value) => html(value, (one) => (named[one] ? `&${named[one]};` : one)),
  'HTML, decimal': (value) => html(value, (one) => `&#${one.codePointAt(0)};`),
  'HTML, hexadecimal': (value) => html(value, (one) => `&#x${one.codePointAt(0)?.toString(16)};`),
  'HTML, twice': (value) => html(value, (one) => `&amp;#${one.codePointAt(0)};`),
  'URL-escaped': encodeURIComponent,
  'URL-escaped twice': (value) => encodeURIComponent(encodeURIComponent(value)),
  'as in a form': (value) => new URLSearchParams({ v: value }).toString().slice(2),
  JSON: (value) => JSON.stringify(value).slice(1, -1),
  'JSON in ASCII': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'JSON in JSON': (value) => JSON.stringify(JSON.stringify(value)).slice(1, -1),
  digits: (value) => (/^[+(\d]/.test(value) ? value.replace(/\D/g, '') : value),
  'E.164': (value) => (/^[+(\d]/.test(value) ? `+${value.replace(/\D/g, '')}` : value),
  'with 00': (value) => (value.startsWith('+') ? `00${value.replace(/\D/g, '')}` : value),
}
