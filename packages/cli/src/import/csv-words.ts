import type { ContactsError } from '@anycontact/core'

/** What the reader of CSV says of its options, and what they are called on the command line. */
const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^columns\.(.+)$/, '--map or --ignore "$1"'],
  [/it is left out by `columns`/, 'as asked'],
  [/the column that `columns` names/, 'the column that --map names'],
  [/: say in `columns` which it is/, ": say which it is: --map 'Header=field'"],
  [
    /: say in `columns` where they go, such as \{ '(.+?)': '(.+?)' \}; where the first line is no header, `columns` is an array/,
    ": say where they go: --map '$1=$2'. The first line must be the header",
  ],
  [/: name the column in `columns`, such as \{ '(.+?)': '(.+?)' \}/, ": name the column: --map '$1=$2'"],
  [/: name its encoding, such as `encoding: '(.+?)'`/, ': name its encoding: --encoding $1'],
]

/** What the reader of CSV says, with its options as the command line calls them. */
export function said(text: string): string {
  return WORDS.reduce((so, [pattern, words]) => so.replace(pattern, words), text)
}

/** What is said of the file as a whole may begin with what it is about. */
function subject(path: string, message: string): string {
  if (path !== '') return `${path} ${message}`
  return message.startsWith('no ') ? message : `it ${message}`
}

/** Says what is wrong with a CSV file or the options that it is read with, as the command line calls them. */
export function inWordsOfOptions(name: string, error: ContactsError): string {
  const issues = (error.issues ?? []).map(({ path, message }) => subject(said(path), said(message)))
  return issues.length === 0
    ? `${name}: ${error.message}`
    : `${name} cannot be read so: ${issues.join('; ')}.`
}
