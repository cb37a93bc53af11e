/**
 * A pattern that is made when it is first asked for. An engine checks every literal as soon as it reads the module, and classes of
 * Unicode's properties take longer than the rest of a module: where only a failure needs them, nobody's start waits for them.
 *
 * @example
 * ```ts
 * const LETTERS = pattern`/\p{L}+/gu`
 * text.match(LETTERS())
 * ```
 */
// @__NO_SIDE_EFFECTS__
export function pattern({ raw: [literal = ''] }: TemplateStringsArray): () => RegExp {
  let made: RegExp | undefined
  return () => {
    const end = literal.lastIndexOf('/')
    made ??= new RegExp(literal.slice(1, end), literal.slice(end + 1))
    return made
  }
}
