/** The text that was compressed for the page: base64 of gzip. */
export async function inflated(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

/** The JSON that an element of the page holds so. */
export async function embedded<T>(id: string): Promise<T> {
  return JSON.parse(await inflated(document.getElementById(id)?.textContent ?? '')) as T
}
