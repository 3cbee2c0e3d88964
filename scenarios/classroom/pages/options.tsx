/** What options are called when people talk about them: A for the first. */
export function letterOf(option: number): string {
  return String.fromCharCode(65 + option)
}

/** The options of a question, to look at. */
export function Options({ texts, own, right }: { texts: readonly string[]; own?: number; right?: number }) {
  return (
    <ol class="options">
      {texts.map((text, i) => (
        <li key={text} class={`option ${i === own ? 'own' : ''} ${i === right ? 'right' : ''}`}>
          <span class="letter">{letterOf(i)}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
