import { useEffect, useRef } from 'preact/hooks'
import { type Said, say } from '../../../report/words/say.ts'
import type { Phase, StudentState } from '../room/protocol.ts'
import { announce } from './announcer.tsx'
import { Countdown } from './countdown.tsx'
import { Histogram } from './histogram.tsx'
import { t, tb } from './language.ts'
import { letterOf, Options } from './options.tsx'
import { PhaseStrip, phaseNames } from './phase-strip.tsx'
import type { RoomClient } from './room-client.ts'
import { Vote } from './vote.tsx'

/** What to do where the room says nothing of its own. */
const toDo: Readonly<Record<Phase, Said>> = {
  predict: say`Answer alone, before anything is shown.`,
  discuss: say`Turn to a neighbour who chose another answer, and convince each other.`,
  observe: say`Look at the wall: does it do what you have predicted?`,
  explain: say`Say to a neighbour why it is so, in one sentence.`,
  transfer: say`Another case: what follows from what you have seen?`,
}

/** What a student sees once inside: the phase, what to do, the vote that is open, and what the last one came to. */
export function Class({ room }: { room: RoomClient }) {
  const state = room.student.value as StudentState
  const isLost = room.connection.value === 'lost'
  useAnnouncements(state, isLost)
  const { ballot, result, phase, lesson } = state
  const { value: votes } = room.votes
  const own = ballot && votes.get(ballot.id)
  // Locked as soon as it is given: the client keeps it until the room has counted it.
  const voted = state.vote ?? (own?.state === 'refused' ? undefined : own?.option)
  const cameLate = result !== undefined && votes.get(result.ballot.id)?.state === 'refused'
  return (
    <>
      {isLost && (
        <p class="notice">
          {own?.state === 'queued'
            ? t(say`No connection. Your vote is kept, and will be sent when the connection is back.`)
            : t(say`No connection. This page goes on trying; you can still choose.`)}
        </p>
      )}
      <h1>{lesson === 0 ? tb(state.title) : `${lesson}. ${tb(state.title)}`}</h1>
      {lesson > 0 && <PhaseStrip phase={phase} />}
      <Countdown room={room} endsAtUs={state.endsAtUs} />
      <p class="prompt">
        {state.prompt ? tb(state.prompt) : t(lesson === 0 ? say`Look at the wall.` : toDo[phase])}
      </p>
      {ballot && (
        <Vote
          ballot={ballot.id}
          question={tb(ballot.question)}
          options={ballot.options.map(tb)}
          voted={voted}
          note={
            state.vote === undefined && own?.state !== 'counted'
              ? t(say`It waits for the connection.`)
              : t(say`It is counted.`)
          }
          onVote={(option) => room.vote(ballot.id, option)}
        />
      )}
      {result && !ballot && (
        <section class="stack">
          <h2 class="question">{tb(result.ballot.question)}</h2>
          <p class="quiet">
            {result.votes === 1 ? t(say`1 has voted.`) : t(say`${result.votes} have voted.`)}
            {state.vote === undefined &&
              ` ${cameLate ? t(say`Your vote did not arrive before the vote was over.`) : t(say`You have not.`)}`}
          </p>
          {result.counts ? (
            <Histogram
              options={result.ballot.options.map(tb)}
              counts={result.counts}
              {...(result.right === undefined ? {} : { right: result.right })}
              {...(state.vote === undefined ? {} : { own: state.vote })}
              {...(result.whys && { whys: result.whys.map(tb) })}
            />
          ) : (
            <>
              <Options
                texts={result.ballot.options.map(tb)}
                {...(state.vote === undefined ? {} : { own: state.vote })}
              />
              <p class="quiet">
                {t(say`What all have voted comes later, so that nobody just follows the others.`)}
              </p>
            </>
          )}
          {result.right !== undefined && state.vote !== undefined && (
            <p class="notice">
              {state.vote === result.right
                ? t(say`${letterOf(result.right)} is right, and you voted for it.`)
                : t(
                    say`${letterOf(result.right)} is right; you voted for ${letterOf(state.vote)}. What have you seen that speaks against ${letterOf(state.vote)}?`,
                  )}
            </p>
          )}
        </section>
      )}
    </>
  )
}

/** Tells who cannot see the page what has changed on it. */
function useAnnouncements(state: StudentState, isLost: boolean): void {
  const wasLost = useRef(false)
  useEffect(() => {
    if (isLost !== wasLost.current) {
      announce(isLost ? t(say`The connection is lost.`) : t(say`The connection is back.`))
    }
    wasLost.current = isLost
  }, [isLost])
  useEffect(() => {
    announce(
      state.ballot
        ? t(say`A vote is open: ${tb(state.ballot.question)}`)
        : t(say`Now: ${phaseNames[state.phase]}`),
    )
  }, [state.lesson, state.phase, state.ballot?.id])
  useEffect(() => {
    if (state.ballot && state.vote !== undefined) announce(t(say`Your vote is counted.`))
  }, [state.vote])
}
