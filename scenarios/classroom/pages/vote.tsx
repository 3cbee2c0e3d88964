import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'
import { letterOf, Options } from './options.tsx'

export interface VoteProps {
  /** Of the ballot: another one begins with nothing chosen. */
  ballot: string
  question: string
  options: readonly string[]
  /** The option that this page has voted for; the vote is locked then. */
  voted: number | undefined
  /** What stands below a locked vote: that it was counted, or that it waits. */
  note: string
  onVote(option: number): void
}

/**
 * A question that one tap answers and a second one locks. Radio buttons, so that arrow keys choose; the chosen option
 * outlives a change of the language, and anything else that renders the page anew.
 */
export function Vote({ ballot, question, options, voted, note, onVote }: VoteProps) {
  const chosen = useSignal<{ ballot: string; option: number } | undefined>(undefined)
  const locked = useRef<HTMLParagraphElement>(null)
  const hasVotedHere = useRef('')
  const option = chosen.value?.ballot === ballot ? chosen.value.option : undefined

  // The button that had the focus is gone with the vote.
  useEffect(() => {
    if (voted !== undefined && hasVotedHere.current === ballot) locked.current?.focus()
  }, [voted, ballot])

  if (voted !== undefined) {
    return (
      <section class="stack">
        <h2 class="question">{question}</h2>
        <Options texts={options} own={voted} />
        <p class="notice" tabIndex={-1} ref={locked}>
          <strong>{t(say`Your vote is ${letterOf(voted)}, and locked.`)}</strong> {note}
        </p>
      </section>
    )
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (option === undefined) return
        hasVotedHere.current = ballot
        onVote(option)
      }}
    >
      <fieldset class="stack">
        <legend class="question">{question}</legend>
        <div class="options">
          {options.map((text, i) => (
            <label class="option" key={text}>
              <input
                type="radio"
                name={ballot}
                checked={i === option}
                onChange={() => {
                  chosen.value = { ballot, option: i }
                }}
              />
              <span class="letter" aria-hidden="true">
                {letterOf(i)}
              </span>
              <span>{text}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit" class="main" aria-disabled={option === undefined ? 'true' : undefined}>
        {option === undefined ? t(say`Choose first, then vote`) : t(say`Vote for ${letterOf(option)}`)}
      </button>
    </form>
  )
}
