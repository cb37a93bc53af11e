/** Reads RFC 4180 to the letter, and throws where the text breaks it. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let at = 0
  while (at < text.length) {
    const record: string[] = []
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at + 1) : bareCell(text, at)
      record.push(cell.value)
      at = cell.end
      if (text[at] !== ',') break
      at++
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no line end at ${at}`)
    at += 2
    records.push(record)
  }
  return records
}

function bareCell(text: string, start: number): { value: string; end: number } {
  let end = start
  while (end < text.length && !/[,\r\n"]/.test(text.charAt(end))) end++
  return { value: text.slice(start, end), end }
}

function quotedCell(text: string, start: number): { value: string; end: number } {
  let value = ''
  for (let at = start; at < text.length; at++) {
    if (text[at] !== '"') value += text[at]
    else if (text[at + 1] === '"') {
      value += '"'
      at++
    } else return { value, end: at + 1 }
  }
  throw new Error('a quote is not closed')
}
