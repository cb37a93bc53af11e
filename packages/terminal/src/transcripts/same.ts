/** What of an output is no other where it differs, by what it is called. */
const RULES: readonly { readonly what: string; readonly pattern: RegExp; readonly instead: string }[] = [
  { what: 'how long something took', pattern: /\b\d+(?:\.\d+)? s\b/g, instead: 'a while' },
  { what: 'when something happened', pattern: /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, instead: 'a time' },
  {
    what: 'an id that a provider has made, with the time in it',
    pattern: /\bcm[a-z0-9]{23}\b|\b[0-9a-f]{24}\b/g,
    instead: 'an id',
  },
  // Both follow from how many requests were under way when it was stopped.
  { what: 'how far a bar had come', pattern: /█*░* +\d+ % .*(?=\^C)/g, instead: 'a part' },
  { what: 'how many contacts a stopped import had made', pattern: /has [\d,]+ of/g, instead: 'has some of' },
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
