import { PushlabError } from '../server/error.ts'

/** Whether the text of a file, which begins with ASCII as all JSON does, is UTF-16: some editors call that Unicode. */
export function isUtf16([first, second]: Uint8Array): boolean {
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return hasMark || (second !== undefined && (first === 0) !== (second === 0))
}

/**
 * The text of a file from any system and any editor: UTF-8, without the byte order mark that some put before it.
 * @param file its name, for messages.
 * @throws {PushlabError} BAD_INPUT where it is UTF-16.
 */
export function utf8Text(bytes: Uint8Array, file: string | URL): string {
  if (isUtf16(bytes))
    throw new PushlabError('BAD_INPUT', `${file} is UTF-16. Save it as UTF-8, then try again.`)
  return new TextDecoder().decode(bytes)
}

/** Whether a file is one of JSON by its name: other systems write it in capitals. */
export function isJsonName(name: string): boolean {
  return name.toLowerCase().endsWith('.json')
}
