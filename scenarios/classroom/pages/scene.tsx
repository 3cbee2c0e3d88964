import type { Signal } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { RoomState } from '../room/protocol.ts'
import { Countdown, CountdownButtons } from './countdown.tsx'
import { ShortExplanation } from './explanation.tsx'
import { Hands, votesByHand } from './hands.tsx'
import { Histogram } from './histogram.tsx'
import { Invitation } from './invitation.tsx'
import { t } from './language.ts'
import { Options } from './options.tsx'
import { questionOf, rightOf } from './question.ts'
import type { RoomClient } from './room-client.ts'
import { Sandbox } from './sandbox.tsx'
import { partControls, StageControls } from './stage/stage-controls.tsx'
import { StagePanel, shownControls } from './stage-panel.tsx'
import { Steps } from './steps.tsx'
import type { ShownStage } from './use-stage.ts'

export interface SceneProps {
  room: RoomClient
  state: RoomState
  lesson: Lesson | undefined
  stage: ShownStage
  isXRay: Signal<boolean>
}

type InLesson = SceneProps & { lesson: Lesson }

/** What the wall shows in a phase. */
export function Scene(props: SceneProps) {
  const { room, state, lesson, stage, isXRay } = props
  if (!lesson) {
    return (
      <>
        <StagePanel room={room} state={state} stage={stage} isXRay={isXRay} isPart />
        <aside class="stack">
          <Invitation room={state} isSmall />
          <Settings {...props} />
          <details class="choice" open={state.stage.setup.lanes.length === 0}>
            <summary>{t(say`Choose lanes`)}</summary>
            <Sandbox room={room} state={state} />
          </details>
        </aside>
      </>
    )
  }
  if (state.phase === 'observe') {
    return (
      <>
        <section class="watch" aria-label={t(say`What there is to see`)}>
          <h2 class="unseen">{t(say`What there is to see`)}</h2>
          <Steps lesson={lesson} stage={stage} isXRay={isXRay} />
        </section>
        <StagePanel room={room} state={state} stage={stage} isXRay={isXRay} lesson={lesson} />
      </>
    )
  }
  if (state.phase === 'explain') {
    return (
      <>
        <ShortExplanation lesson={lesson} state={stage.shown.value.watch.calmState.value} />
        <aside class="stack">
          <h2>{t(say`What the class predicted`)}</h2>
          <Result {...props} lesson={lesson} right={rightOf(lesson.predict)} />
        </aside>
      </>
    )
  }
  return <Ask {...props} lesson={lesson} />
}

/** What the class may change: beside the stage, for below it there is no room. */
function Settings({ state, lesson, stage }: SceneProps) {
  const [, controls] = partControls(shownControls(stage, lesson))
  if (controls.length === 0) return null
  return (
    <div class="stage-apart">
      <StageControls desk={stage.shown.value.desk} controls={controls} stage={state.stage} />
    </div>
  )
}

/** A question with more letters than this, options among them, is set smaller, so that the last option is seen, too. */
const LONG_LETTERS = 330

/** Before the answer is known: the question, and how to vote on it, or how the vote has gone. */
function Ask(props: InLesson) {
  const { state, lesson } = props
  const { text, options } = questionOf(lesson, state.phase)
  const isOpen = state.ballot !== undefined
  const latest = state.tallies.at(-1)
  const { length } = [text, ...options.map((option) => option.text)].map(t).join('')
  return (
    <>
      <section class={`stack ask ${length > LONG_LETTERS ? 'long' : ''}`}>
        {state.phase === 'predict' && state.round > 1 && (
          <p class="talk">{t(say`Vote ${state.round}: has your neighbour convinced you?`)}</p>
        )}
        {state.phase === 'discuss' && <p class="talk">{t(lesson.discuss)}</p>}
        <h2 class="question">{t(text)}</h2>
        {!latest || !state.bars ? (
          <Options texts={options.map((option) => t(option.text))} />
        ) : (
          // Once the vote on the transfer is over, so is the lesson.
          <Result {...props} {...(state.phase === 'transfer' ? { right: rightOf(lesson.transfer) } : {})} />
        )}
        {latest && !isOpen && !state.bars && <HiddenBars {...props} votes={latest.votes} />}
      </section>
      <aside class="stack">
        <div class="row clock-row">
          <Countdown room={props.room} endsAtUs={state.endsAtUs} />
          <CountdownButtons room={props.room} phase={state.phase} endsAtUs={state.endsAtUs} />
        </div>
        {votesByHand(state) ? (
          <ByHand {...props} />
        ) : (
          <Invitation room={state} isSmall={state.phase !== 'predict'} />
        )}
        {isOpen && (
          <p class="count">
            <strong>{latest?.ballot === state.ballot?.id ? (latest?.votes ?? 0) : 0}</strong>{' '}
            {votesByHand(state) ? t(say`hands`) : t(say`of ${state.voters} have voted`)}
          </p>
        )}
      </aside>
    </>
  )
}

/** A class without phones. */
function ByHand({ room, state }: InLesson) {
  return (
    <>
      <Hands room={room} state={state} />
      <details>
        <summary>{t(say`Let students in`)}</summary>
        <Invitation room={state} isSmall />
      </details>
    </>
  )
}

function HiddenBars({ room, votes }: InLesson & { votes: number }) {
  return (
    <p class="row quiet">
      {votes === 1 ? t(say`1 has voted.`) : t(say`${votes} have voted.`)}{' '}
      {t(say`The bars come after the second vote.`)}
      <button type="button" onClick={() => room.say({ type: 'bars', on: true })}>
        {t(say`Show the bars`)}
      </button>
    </p>
  )
}

function Result({ state, lesson, right }: InLesson & { right?: number }) {
  const { options } = questionOf(lesson, state.phase)
  const [before, latest] = [state.tallies.at(-2), state.tallies.at(-1)]
  if (!latest) return <p class="quiet">{t(say`Nobody has voted.`)}</p>
  return (
    <Histogram
      options={options.map((option) => t(option.text))}
      counts={latest.counts}
      {...(before ? { before: before.counts } : {})}
      {...(right === undefined ? {} : { right, whys: options.map(({ why }) => t(why)) })}
    />
  )
}
