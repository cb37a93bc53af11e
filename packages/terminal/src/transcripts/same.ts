/** What of an output is no other where it differs, by what it is called. */
const RULES: readonly { readonly what: string; readonly pattern: RegExp; readonly instead: string }[] = [
  { what: 'how long something took', pattern: /\b\d+(?:\.\d+)? s\b/g, instead: 'a while' },
]

/** An output without what may differ. */
export function settled(output: readonly string[]): readonly string[] {
  return output.map((line) =>
    RULES.reduce((text, { pattern, instead }) => text.replaceAll(pattern, instead), line),
  )
}

/** The outputs to be shown: those that the page has, where they differ by nothing that matters. */
export function renewed(
  shown: readonly (readonly string[])[],
  printed: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return printed.map((output, at) => {
    const before = shown[at] ?? []
    return settled(before).join('\n') === settled(output).join('\n') ? before : output
  })
}
