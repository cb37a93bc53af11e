/** The same object, of which some members are others. */
export function replaced<Whole extends object>(
  whole: Whole,
  members: Readonly<Record<string, unknown>>,
): Whole {
  return new Proxy(whole, {
    get: (target, name, receiver) =>
      typeof name === 'string' && Object.hasOwn(members, name)
        ? members[name]
        : Reflect.get(target, name, receiver),
  })
}
