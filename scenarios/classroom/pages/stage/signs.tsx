import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Said, say } from '../../../../report/words/say.ts'
import { entryOf, pollOf } from '../../../../server/registry.ts'
import { openTabs } from '../../log/lane-numbers.ts'
import type { LaneState, StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { useThrottled } from './throttled.ts'

/** So long each sign is the newest: whoever sees two for the first time at once learns neither. */
const APART_MS = 1_500

/** What the pictures of lanes are made of, in the order in which they are explained where several appear at once. */
const signs: readonly {
  id: string
  text: Said
  drawing: ComponentChildren
  isThere(lane: LaneState): boolean
}[] = [
  {
    id: 'event',
    text: say`event`,
    drawing: <rect class="hue" x="9" y="2" width="16" height="16" rx="8" />,
    isThere: ({ received }) => received.length > 0,
  },
  {
    id: 'ask',
    text: say`request`,
    drawing: <path class="ink" d="M32 10H5M11 5L4 10L11 15" />,
    isThere: ({ requests }) => requests > 0,
  },
  {
    id: 'stream',
    text: say`open stream`,
    drawing: <rect class="hue full" x="2" y="3" width="30" height="14" rx="5" />,
    isThere: ({ spec, openedUs }) =>
      entryOf(spec.technique)?.family === 'stream' && openedUs.some((us) => us !== undefined),
  },
  {
    id: 'held',
    text: say`request that waits`,
    drawing: <rect class="hue" x="2" y="3" width="30" height="14" rx="5" />,
    isThere: ({ spec, isOpen }) => pollOf(spec.technique) === 'held' && isOpen.some(Boolean),
  },
  {
    id: 'answer',
    text: say`answer`,
    drawing: <path class="hue" d="M2 10H29M23 5L30 10L23 15" />,
    isThere: ({ answers }) => answers > 0,
  },
  {
    id: 'empty',
    text: say`empty answer`,
    drawing: (
      <>
        <circle class="ink" cx="17" cy="10" r="8" />
        <path class="ink" d="M12 5L22 15M22 5L12 15" />
      </>
    ),
    isThere: ({ emptyAnswers }) => emptyAnswers > 0,
  },
  {
    id: 'tab',
    text: say`tab that waits`,
    drawing: <rect class="ink broken" x="2" y="5" width="30" height="10" rx="4" />,
    isThere: (lane) => lane.isOpen.length > 1 && openTabs(lane) > 0 && openTabs(lane) < lane.isOpen.length,
  },
  {
    id: 'lost',
    text: say`lost event`,
    drawing: <rect class="bad broken" x="7" y="2" width="20" height="16" rx="8" />,
    isThere: ({ lost }) => lost.length > 0,
  },
]

/** The key of the pictures. It grows by one sign at a time, once that has been in a picture. */
export function Signs({ state }: { state: ReadonlySignal<StageState | undefined> }) {
  const { value: tick } = useThrottled(state, 500)
  const now = state.peek()
  const [known, setKnown] = useState<readonly string[]>([])
  const last = useRef({ run: -1, atMs: Number.NEGATIVE_INFINITY })
  useEffect(() => {
    if (!now) return
    const isNew = last.current.run !== now.run
    if (!isNew && performance.now() - last.current.atMs < APART_MS) return
    const before = isNew ? [] : known
    const next = signs.find(({ id, isThere }) => !before.includes(id) && now.lanes.some(isThere))
    last.current = { run: now.run, atMs: next ? performance.now() : last.current.atMs }
    if (next || isNew) setKnown(next ? [...before, next.id] : [])
  }, [tick])
  return (
    <ul class="signs row" aria-label={t(say`What the pictures show`)}>
      {known.flatMap((id, i) =>
        signs
          .filter((sign) => sign.id === id)
          .map(({ text, drawing }) => (
            <li key={id} class={i === known.length - 1 ? 'newest' : ''}>
              <svg viewBox="0 0 34 20" aria-hidden="true">
                {drawing}
              </svg>
              {t(text)}
            </li>
          )),
      )}
    </ul>
  )
}
