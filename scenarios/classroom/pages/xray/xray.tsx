import './xray.css'
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { frameHeadersOf } from '../../../../report/wire/frame-header.ts'
import { say } from '../../../../report/words/say.ts'
import { byteClasses } from '../../../../server/wire/span.ts'
import type { Unit } from '../../log/entries.ts'
import type { LaneState } from '../../log/state.ts'
import { t } from '../language.ts'
import { BytesView, type View, views } from './bytes-view.tsx'
import { Legend } from './class-text.tsx'
import { liveCommand, wireCommand } from './commands.ts'
import { Explanation } from './explanation.tsx'
import { FrameBits } from './frame-bits.tsx'
import { Heading, Left } from './heading.tsx'
import { focusSpan } from './span-elements.ts'
import { spansOfUnit } from './spans.ts'
import { Totals } from './totals.tsx'
import { latestOf, neighbour, requestOf, type Sort, sorts } from './units.ts'
import { sortWords } from './words.ts'

export interface XRayProps {
  lane: LaneState
  /**
   * Of the stage's state. The lane is the same object however much happens, and a component that is given the same again
   * is not rendered anew; with this it is.
   */
  atUs?: number
  /** Of the lane's server, for the command that looks at it; left out: none. */
  port?: number | undefined
}

/**
 * The bytes of one unit of a lane, each with its reason; by default of the last that carried an event. Who looks at a span
 * holds the unit; `follow` goes on. Give it a `key` of run and lane, so that it begins anew with either.
 */
export function XRay({ lane, port }: XRayProps) {
  const id = useId()
  const root = useRef<HTMLElement>(null)
  /** Whether another unit was asked for by a key among the spans. */
  const takesFocus = useRef(false)
  const [sort, setSort] = useState<Sort>('event')
  const [held, setHeld] = useState<Unit>()
  /** What stands under the pointer does not change. */
  const [paused, setPaused] = useState<Unit>()
  const [view, setView] = useState<View>('both')
  /** The span that keys go on from, of which unit, and whether it is explained. */
  const [at, setAt] = useState<{ unit: number; span: number; isOpen: boolean }>()
  const [hovered, setHovered] = useState<{ unit: number; span: number }>()

  const { units } = lane
  const unit = held ?? paused ?? latestOf(units, sort)
  const { technique } = lane.spec
  const spans = useMemo(() => (unit ? spansOfUnit(unit, technique) : []), [unit, technique])
  const headers = useMemo(() => frameHeadersOf(spans), [spans])

  const here = at?.unit === unit?.unit ? at : undefined
  const overHere = hovered?.unit === unit?.unit ? hovered : undefined
  const marked = overHere?.span ?? (here?.isOpen ? here.span : undefined)

  const pick = (span: number) => {
    if (!unit) return
    setHeld(unit)
    setHovered(undefined)
    setAt({ unit: unit.unit, span, isOpen: true })
  }
  const follow = () => {
    setHeld(undefined)
    setPaused(undefined)
    setHovered(undefined)
  }
  const close = () => {
    const span = here?.span ?? 0
    setHovered(undefined)
    // The button that closed it is gone; keys go on from the span.
    if (root.current?.querySelector('.xr-why')?.contains(document.activeElement))
      focusSpan(root.current, span)
    if (unit) setAt({ unit: unit.unit, span, isOpen: false })
  }
  const step = (by: -1 | 1, isByKey = false) => {
    const next = unit && neighbour(units, unit, by)
    if (!next) return
    setHeld(next)
    setAt({ unit: next.unit, span: 0, isOpen: isByKey })
    takesFocus.current = isByKey
  }
  // The spans are others then: the focus goes to the first of them.
  useLayoutEffect(() => {
    if (takesFocus.current) focusSpan(root.current, 0)
    takesFocus.current = false
  }, [unit])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || marked === undefined) return
    event.preventDefault()
    event.stopPropagation()
    close()
  }

  return (
    <section class="xray stack" ref={root} onKeyDown={onKeyDown} aria-label={t(say`X-ray of the bytes`)}>
      <div class="xr-tools row spread">
        <fieldset class="xr-choice row">
          <legend class="quiet">{t(say`Show the`)}</legend>
          {sorts.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name={`${id}-sort`}
                checked={sort === name}
                onChange={() => {
                  setSort(name)
                  follow()
                }}
              />
              {t(sortWords[name])}
            </label>
          ))}
        </fieldset>
        <div class="row">
          {([-1, 1] as const).map((by) => (
            <button
              key={by}
              type="button"
              aria-disabled={!unit || !neighbour(units, unit, by)}
              onClick={() => step(by)}
            >
              {t(by < 0 ? say`earlier bytes` : say`later bytes`)}
            </button>
          ))}
          <button type="button" aria-pressed={!held} onClick={() => (held ? follow() : setHeld(unit))}>
            {t(say`follow the newest`)}
          </button>
        </div>
      </div>
      {unit ? (
        <>
          <Heading unit={unit} />
          <fieldset class="xr-choice xr-view row">
            <legend class="quiet">{t(say`Bytes as`)}</legend>
            {views.map((name) => (
              <label key={name}>
                <input
                  type="radio"
                  name={`${id}-view`}
                  checked={view === name}
                  onChange={() => setView(name)}
                />
                {name === 'both'
                  ? t(say`text and hexadecimal`)
                  : name === 'text'
                    ? t(say`text alone`)
                    : t(say`hexadecimal alone`)}
              </label>
            ))}
          </fieldset>
          <Explanation
            span={marked === undefined ? undefined : spans[marked]}
            technique={technique}
            isSaid={!overHere}
            commands={commandsOf(lane, unit, port)}
            onClose={close}
          />
          <BytesView
            spans={spans}
            view={view}
            marked={marked}
            tabStop={Math.min(here?.span ?? 0, Math.max(0, spans.length - 1))}
            onPick={pick}
            onHover={(span) => setHovered({ unit: unit.unit, span })}
            onEnter={() => setPaused(unit)}
            onLeave={() => setPaused(undefined)}
            onStep={(by) => step(by, true)}
          />
          <Left unit={unit} shown={spans.reduce((sum, { shown }) => sum + shown.length, 0)} />
          {headers.map((header, i) => (
            <FrameBits key={i} header={header} />
          ))}
        </>
      ) : (
        <p class="xr-quiet">
          {units.length > 0 ? t(say`There is none of these yet.`) : t(say`No byte has passed yet.`)}
        </p>
      )}
      <Totals lane={lane} />
      <details class="xr-marks">
        <summary>{t(say`How the bytes are marked`)}</summary>
        <Legend classes={byteClasses.filter((name) => name !== 'tls' && name !== 'compressed')} />
      </details>
    </section>
  )
}

function commandsOf(lane: LaneState, unit: Unit, port: number | undefined) {
  const { technique } = lane.spec
  const { payload = 0 } = unit.sums
  const each = unit.events.length > 0 ? payload / unit.events.length : undefined
  const target = requestOf(lane.units, unit)?.about
  const live = port === undefined ? undefined : liveCommand(technique, unit, port, target)
  return [
    {
      label: t(say`To see one event's bytes again:`),
      text: wireCommand(technique, Number.isInteger(each) ? each : undefined),
    },
    ...(live ? [{ label: t(say`To look at this lane's server now:`), text: live }] : []),
  ]
}
