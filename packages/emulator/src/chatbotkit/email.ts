const LOCAL_PART = /^[\w!#$%&'*+\-/=?^`{|}~]+$/
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i
const TOP_LABEL = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/i

/** Tells whether the vendor's validator takes the text for an email address: any top-level domain, two labels or more. */
export function isEmail(text: string): boolean {
  const [local = '', domain = '', ...rest] = text.split('@')
  if (rest.length > 0 || local === '' || domain === '') return false
  if (text.length > 254 || new TextEncoder().encode(local).length > 64) return false
  if (!local.split('.').every((atom) => LOCAL_PART.test(withoutNonAscii(atom)))) return false
  const labels = asciiDomain(domain).split('.')
  if (labels.length < 2 || labels.some((label) => label.length > 63)) return false
  return labels.every((label, at) => (at === labels.length - 1 ? TOP_LABEL : DOMAIN_LABEL).test(label))
}

/** Letters beyond ASCII are allowed in the local part; an `x` stands for each. */
function withoutNonAscii(atom: string): string {
  return atom.replaceAll(/[\u0080-\u{10ffff}]/gu, 'x')
}

function asciiDomain(domain: string): string {
  if (/^[\x20-\x7e]*$/.test(domain)) return domain
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return ''
  }
}
