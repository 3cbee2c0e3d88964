/** The lines of an answer, without their line feeds, each as soon as the browser has all of it. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = (response.body as ReadableStream<BufferSource>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  let rest = ''
  try {
    for (;;) {
      // A piece is what has just come from the network: half a line, or several.
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() as string
      yield* lines
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
