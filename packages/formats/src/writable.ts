/** What only a provider can set of a contact method. */
export const METHODS_OWN = ['id', 'createdAt', 'updatedAt'] as const

/**
 * What can be written of a contact method that a provider gave: not what only the provider can set.
 *
 * @param method - a method as it was read from a file, checked or not
 */
export function writableMethod(method: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, verified, ...others } = method
  // That it is not verified is what is so anyway.
  return verified === true ? { ...others, verified } : others
}
