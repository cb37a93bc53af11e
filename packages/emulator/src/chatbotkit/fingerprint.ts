const NAMESPACE = '83eac369-0401-4a2c-992f-dd9b914420af'

/** The values that an untrusted `ensure` derives a fingerprint from. */
export interface FingerprintSource {
  readonly name?: string | null | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly nick?: string | null | undefined
}

/**
 * The fingerprint of an untrusted contact: a UUID v5 over its four values, sorted as JavaScript sorts an array
 * (so absent and null can differ), joined with `;`.
 */
export function untrustedFingerprint(source: FingerprintSource): Promise<string> {
  return uuidV5([source.name, source.email, source.phone, source.nick].sort().join(';'))
}

async function uuidV5(text: string): Promise<string> {
  const namespace = Uint8Array.from(NAMESPACE.replaceAll('-', '').match(/../g) ?? [], (byte) =>
    Number.parseInt(byte, 16),
  )
  const name = new TextEncoder().encode(text)
  const input = new Uint8Array(namespace.length + name.length)
  input.set(namespace)
  input.set(name, namespace.length)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', input)).subarray(0, 16)
  const version = (hash[6] ?? 0) & 0x0f
  const variant = (hash[8] ?? 0) & 0x3f
  hash[6] = version | 0x50
  hash[8] = variant | 0x80
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
