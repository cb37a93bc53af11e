/** What a link to the page opens. */
export interface Shared {
  readonly provider?: string
  readonly example?: string
  /** The program, where it is not the example's own. */
  readonly code?: string
}

/** A link's part behind `#`. The program is deflated. */
export async function toHash({ provider, example, code }: Shared): Promise<string> {
  const parts = new URLSearchParams()
  if (provider !== undefined) parts.set('provider', provider)
  if (example !== undefined) parts.set('example', example)
  if (code !== undefined) parts.set('code', toText(await pass(new TextEncoder().encode(code), deflate())))
  return parts.toString()
}

/** Reads what a link opens; a program that is damaged is left out. */
export async function fromHash(hash: string): Promise<Shared> {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const [provider, example, packed] = ['provider', 'example', 'code'].map(
    (name) => parts.get(name) ?? undefined,
  )
  const code = packed === undefined ? undefined : await unpacked(packed)
  return {
    ...(provider !== undefined && { provider }),
    ...(example !== undefined && { example }),
    ...(code !== undefined && { code }),
  }
}

async function unpacked(text: string): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    )
    return new TextDecoder('utf-8', { fatal: true }).decode(await pass(bytes, inflate()))
  } catch {
    return undefined
  }
}

const deflate = (): CompressionStream => new CompressionStream('deflate-raw')
const inflate = (): DecompressionStream => new DecompressionStream('deflate-raw')

async function pass(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const passed = new Blob([bytes]).stream().pipeThrough(through)
  return new Uint8Array(await new Response(passed).arrayBuffer())
}

function toText(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
