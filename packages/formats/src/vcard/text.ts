import { type Damage, isDamaged } from '../source/decode.ts'
import type { RawForm } from './raw.ts'

const BEYOND_ASCII = /[\u0080-\uffff]/
/** What a line says of its encoding, before its value. */
const CHARSET = /^([^:]*?);CHARSET="?([^";:]*)"?/i
/** Characters that quoted-printable stands for, one after the other. */
const QUOTED = /(?:=[0-9A-F]{2})+/gi

/** Makes text of what the lines of a file hold. */
export class TextReader {
  readonly #form: RawForm
  readonly #damage: Damage
  readonly #encoding: string
  readonly #decoders = new Map<string, TextDecoder>()

  /**
   * @param encoding - how bytes are read of which nothing else is said
   */
  constructor(form: RawForm, damage: Damage, encoding: string) {
    this.#form = form
    this.#damage = damage
    this.#encoding = encoding
  }

  /** Whether a value is not read as the rest of its file is. */
  isForeign(raw: string, charset: string): boolean {
    const { charset: own } = this.#form
    return own !== undefined && BEYOND_ASCII.test(raw) && this.#decoder(charset).encoding !== own
  }

  /**
   * The text of part of a line.
   *
   * @param charset - the encoding that is said of it
   * @returns nothing where it is no text in that encoding
   */
  text(raw: string, charset?: string): string | undefined {
    if (this.#form.charset === undefined) return isDamaged(raw, this.#damage) ? undefined : raw
    return BEYOND_ASCII.test(raw) ? this.#decode(raw, charset) : raw
  }

  /** A whole line as text that is to be written as UTF-8; what is no text in it is marked. */
  line(raw: string): string {
    const { charset: own } = this.#form
    if (own === undefined || !BEYOND_ASCII.test(raw)) return raw
    const [, , said] = CHARSET.exec(raw) ?? []
    const text = this.#decode(raw, said) ?? new TextDecoder(own).decode(bytesOf(raw))
    return text.replace(CHARSET, '$1;CHARSET=UTF-8')
  }

  /** The text of a quoted-printable value. */
  quoted(raw: string, charset?: string): string | undefined {
    const isText = this.#form.charset === undefined && BEYOND_ASCII.test(raw)
    if (!isText) return this.#decode(raw.replace(QUOTED, unquoted), charset)
    let isWhole = !isDamaged(raw, this.#damage)
    const text = raw.replace(QUOTED, (run) => {
      const read = this.#decode(unquoted(run), charset)
      if (read === undefined) isWhole = false
      return read ?? ''
    })
    return isWhole ? text : undefined
  }

  /** The text of a base64 value; nothing where it is none. */
  base64(raw: string, charset?: string): string | undefined {
    try {
      return this.#decode(atob(raw.replace(/\s/g, '')), charset)
    } catch {
      return undefined
    }
  }

  #decode(bytes: string, charset: string | undefined): string | undefined {
    if (!BEYOND_ASCII.test(bytes)) return bytes
    const all = bytesOf(bytes)
    // What is said of an encoding is wrong at times.
    return decoded(all, this.#decoder(charset)) ?? decoded(all, this.#decoder())
  }

  #decoder(charset = ''): TextDecoder {
    const known = this.#decoders.get(charset)
    if (known) return known
    const decoder = makeDecoder(charset) ?? new TextDecoder(this.#form.charset ?? this.#encoding, FORM)
    this.#decoders.set(charset, decoder)
    return decoder
  }
}

function decoded(bytes: Uint8Array, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function bytesOf(bytes: string): Uint8Array {
  const all = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) all[at] = bytes.charCodeAt(at)
  return all
}

const FORM = { fatal: true, ignoreBOM: true } as const

function makeDecoder(charset: string): TextDecoder | undefined {
  try {
    // ASCII says nothing of the bytes beyond it, and is said of cards by habit.
    return /^(?:us-)?ascii$/i.test(charset) ? undefined : new TextDecoder(charset, FORM)
  } catch {
    return undefined
  }
}

function unquoted(run: string): string {
  return run.replace(/=(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
