/** What options are called when people talk about them: A for the first. */
export function letterOf(option: number): string {
  return String.fromCharCode(65 + option)
}

/** The options of a question, to look at. */
export function Options({ texts, own }: { texts: readonly string[]; own?: number }) {
  return (
    <ol class="options">
      {texts.map((text, i) => (
        <li key={text} class={i === own ? 'option own' : 'option'}>
          <span class="letter">{letterOf(i)}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
