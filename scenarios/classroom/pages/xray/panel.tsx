import { useId } from 'preact/hooks'
import { say } from '../../../../report/words/say.ts'
import type { LaneSpec } from '../../log/entries.ts'
import { laneTitle } from '../../log/lane-numbers.ts'
import type { StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { XRay } from './xray.tsx'

export interface XRayPanelProps {
  state: StageState | undefined
  /** What can be chosen, in the order of the stage. */
  lanes: readonly LaneSpec[]
  /** Id of the lane that is looked at; undefined: the panel is closed, and nothing is rendered. */
  selected: string | undefined
  /** Another lane was chosen; undefined: the panel was closed. Where the focus goes then is up to the page. */
  onSelect(lane: string | undefined): void
  /** Ports of the lanes' servers, by the id of the lane. */
  ports: Readonly<Record<string, number>>
}

/** A lane's X-ray, with the choice of the lane. Esc closes it, once no explanation is open. */
export function XRayPanel({ state, lanes, selected, onSelect, ports }: XRayPanelProps) {
  const id = useId()
  if (selected === undefined) return null
  const lane = state?.lanes.find(({ spec }) => spec.id === selected)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    onSelect(undefined)
  }
  return (
    <section class="xr-panel stack" aria-labelledby={`${id}-title`} onKeyDown={onKeyDown}>
      <div class="xr-top row spread">
        <h2 id={`${id}-title`}>{t(say`X-ray`)}</h2>
        <button type="button" onClick={() => onSelect(undefined)}>
          <span aria-hidden="true">×</span> {t(say`Close the X-ray`)}
        </button>
      </div>
      <fieldset class="xr-choice row">
        <legend class="quiet">{t(say`Lane to look at`)}</legend>
        {lanes.map((spec) => (
          <label key={spec.id}>
            <input
              type="radio"
              name={`${id}-lane`}
              checked={spec.id === selected}
              onChange={() => onSelect(spec.id)}
            />
            {t(laneTitle(spec, lanes))}
          </label>
        ))}
      </fieldset>
      {state && lane ? (
        <XRay key={`${state.run} ${selected}`} lane={lane} atUs={state.atUs} port={ports[selected]} />
      ) : (
        <p class="xr-quiet">{t(say`No byte has passed yet.`)}</p>
      )}
    </section>
  )
}
