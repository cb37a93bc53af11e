import type { Installed } from './walk.ts'

/** Licences under which anything may come with our packages: those that ask for no more than their notice. */
const ALLOWED: readonly string[] = ['MIT', 'Apache-2.0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause']

/** Packages that may come under a licence of their own, each for a reason. */
const BY_NAME: Readonly<Record<string, string>> = {
  // Asks for changes of its own files to be published, and nothing of the programs that use it.
  'ical.js': 'MPL-2.0',
}

/**
 * Tells whether a package may come with ours. Of a choice (`MIT OR GPL-3.0`) one is enough, of several at once (`MIT AND ISC`) each
 * is needed.
 */
export function isAllowed({ name, licence }: Pick<Installed, 'name' | 'licence'>): boolean {
  if (Object.hasOwn(BY_NAME, name) && BY_NAME[name] === licence) return true
  const plain = licence.replaceAll(/[()]/g, '')
  if (/ AND /.test(plain)) return plain.split(/ AND | OR /).every((each) => ALLOWED.includes(each))
  return plain.split(' OR ').some((each) => ALLOWED.includes(each))
}
