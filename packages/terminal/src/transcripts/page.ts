/** A file that a page shows, and that is then there for its commands. */
export interface ShownFile {
  readonly kind: 'file'
  readonly name: string
  readonly text: string
}

/** What happens while a command runs, beside what it does by itself. */
export interface Happening {
  /** No emulators run elsewhere: the program has its own, with the same contacts. */
  readonly alone?: true
  /** Keys that are pressed when the program has sent a text. */
  readonly press?: { readonly keys: string; readonly after: string }
  /** Ctrl-C is pressed when so many requests to a path have been answered. */
  readonly stop?: {
    readonly emulator: 'chatbotkit' | 'cognipeer'
    readonly path: string
    readonly after: number
  }
}

/** A command of a page, and what it prints. */
export interface ShownCommand {
  readonly kind: 'command'
  readonly line: string
  /** Line by line. */
  readonly output: readonly string[]
  readonly happening: Happening
}

/** What a page shows of a terminal, in its order. */
export type Step = ShownFile | ShownCommand

/** A page between whose steps there is other text. */
export interface Page {
  readonly steps: readonly Step[]
  /** The page with other outputs, one for each command. */
  withOutputs(outputs: readonly (readonly string[])[]): string
}

const FENCE =
  /^(?:<!-- (?<kind>file|while) (?<said>.+) -->\n\n?)?```(?<language>\w+)[^\n]*\n(?<body>[\s\S]*?)^```$/gm
const PROMPT = '$ '

/**
 * Reads a page: fenced blocks of `console`, in which `$ ` begins a command, and fenced blocks below a comment `<!-- file name -->`. A
 * comment `<!-- while {…} -->` above a block of one command says what happens while it runs.
 */
export function readPage(text: string): Page {
  const steps: Step[] = []
  const pieces: (string | { readonly line: string })[] = []
  let read = 0
  for (const match of text.matchAll(FENCE)) {
    const { kind, said = '', language, body = '' } = match.groups ?? {}
    if (kind === 'file') steps.push({ kind, name: said, text: body })
    if (language !== 'console') continue
    const start = match.index + match[0].length - '```'.length - body.length
    pieces.push(text.slice(read, start))
    read = start + body.length
    const commands = commandsOf(body)
    if (commands.length === 0) throw new Error(`A block of console has no command: ${body}`)
    if (kind === 'while' && commands.length > 1) throw new Error(`Which command is it that ${said} is for?`)
    const happening: Happening = kind === 'while' ? JSON.parse(said) : {}
    for (const command of commands) {
      steps.push({ kind: 'command', ...command, happening })
      pieces.push({ line: command.line })
    }
  }
  pieces.push(text.slice(read))
  return {
    steps,
    withOutputs(outputs) {
      let at = 0
      return pieces
        .map((piece) => {
          if (typeof piece === 'string') return piece
          return [PROMPT + piece.line, ...(outputs[at++] ?? [])].map((line) => `${line}\n`).join('')
        })
        .join('')
    },
  }
}

function commandsOf(body: string): readonly { readonly line: string; readonly output: readonly string[] }[] {
  const commands: { readonly line: string; readonly output: string[] }[] = []
  for (const line of body.split('\n').slice(0, -1)) {
    if (line.startsWith(PROMPT)) commands.push({ line: line.slice(PROMPT.length), output: [] })
    else if (commands.length === 0) throw new Error(`A block of console begins with no command: ${line}`)
    else commands.at(-1)?.output.push(line)
  }
  return commands
}
