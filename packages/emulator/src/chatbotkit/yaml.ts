import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts'

/** Text that YAML would not read back as the same text without quotes. */
const AMBIGUOUS =
  /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|^(?:true|false|null|yes|no|on|off|~)$|^[-+.\d]|: |:$| #|\s$|\p{Cc}/iu

/** A JSON object as a YAML document, block style, ended by a line end. */
export function toYaml(value: JsonObject): string {
  return `${block(value, 0)}\n`
}

function block(value: JsonValue, depth: number): string {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: JsonValue) => `${indent}- ${block(item, depth + 1).trimStart()}`).join('\n')
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(
        ([key, member]) =>
          `${indent}${scalar(key)}:${isNested(member) ? '\n' : ' '}${block(member, depth + 1)}`,
      )
      .join('\n')
  }
  return Array.isArray(value) ? '[]' : isJsonObject(value) ? '{}' : scalar(value)
}

function isNested(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0
}

function scalar(value: JsonValue): string {
  return typeof value === 'string' && AMBIGUOUS.test(value) ? JSON.stringify(value) : String(value)
}
