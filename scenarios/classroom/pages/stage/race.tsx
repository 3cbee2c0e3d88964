import { format } from '../../../../report/format.ts'
import { say } from '../../../../report/words/say.ts'
import { groupsOf, laneTitle } from '../../log/lane-numbers.ts'
import type { StageState } from '../../log/state.ts'
import { t } from '../language.ts'
import { ByteBar } from './byte-bar.tsx'
import { raceCaption } from './captions.ts'
import { hueStyle } from './hue.ts'
import { Marker } from './marker.tsx'

/** How many bytes each lane has needed so far, on a common scale. */
export function Race({ state: now }: { state: StageState | undefined }) {
  const most = Math.max(1, ...(now?.lanes ?? []).map(({ bytes }) => bytes))
  return (
    <section class="race" aria-labelledby="race-title">
      <h3 id="race-title" class="row spread">
        {t(say`The byte race`)}
        <span class="key quiet">
          {(['header', 'framing', 'payload'] as const).map((name) => (
            <span key={name}>
              <svg class="swatch" aria-hidden="true">
                <rect width="100%" height="100%" fill={`url(#bytes-${name})`} />
              </svg>
              {t(groupTexts[name](''))}
            </span>
          ))}
        </span>
      </h3>
      <ul>
        {now?.lanes.map((lane) => (
          <li key={lane.spec.id} style={hueStyle(lane.spec.technique)} data-bytes={lane.bytes}>
            <Marker technique={lane.spec.technique} />
            <span class="who">{t(laneTitle(lane.spec))}</span>
            <ByteBar groups={groupsOf(lane)} of={most} />
            <b>{format.bytes(lane.bytes)}</b>
            <span class="share quiet" title={t(groupTexts.payload(''))}>
              {lane.bytes > 0 ? `${Math.round((groupsOf(lane).payload / lane.bytes) * 100)} %` : '–'}
            </span>
          </li>
        ))}
      </ul>
      <p class="caption">{now ? t(raceCaption(now)) : ''}</p>
    </section>
  )
}

/** A group of bytes by its name, and how much of them is of it. */
export const groupTexts = {
  header: (share: string) => say`header ${share}`,
  framing: (share: string) => say`framing ${share}`,
  payload: (share: string) => say`payload ${share}`,
}
