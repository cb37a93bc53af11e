/**
 * A pattern that is made when it is first asked for. An engine checks every literal as soon as it reads the module, and classes of
 * Unicode's properties take longer than the rest of a module: where only a failure needs them, nobody's start waits for them.
 *
 * @param source - as between the slashes of a literal
 * @param flags - as behind them
 */
// @__NO_SIDE_EFFECTS__
export function pattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}
