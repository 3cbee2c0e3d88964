import { format } from '../../../../report/format.ts'
import { say } from '../../../../report/words/say.ts'
import type { Unit } from '../../log/entries.ts'
import { t } from '../language.ts'
import { ClassText } from './class-text.tsx'
import { termsOf } from './sums.ts'
import { directionWords, eventsText, kindWords, whenText } from './words.ts'

/** What it is, which way it went, and its sum by class. */
export function Heading({ unit }: { unit: Unit }) {
  const { what, about, direction, connection, bytes, events, sums } = unit
  const carried = eventsText(events)
  return (
    <div class="xr-heading" data-unit={unit.unit} data-bytes={bytes}>
      <h3>
        {t(kindWords[what])} {about !== undefined && <code translate={false}>{about}</code>}
      </h3>
      <p class="xr-facts row quiet">
        <span>{t(directionWords[direction])}</span>
        <span>{t(say`connection ${connection}`)}</span>
        <span>{t(whenText(unit))}</span>
        {carried && <span>{t(carried)}</span>}
      </p>
      <p class="xr-sum">
        <strong>{t(say`${format.count(bytes)} B`)}</strong>
        {termsOf(sums).map(({ byteClass, bytes: part, text }, i) => (
          <span key={byteClass} data-class={byteClass} data-bytes={part}>
            {i === 0 ? ' = ' : ' + '}
            <ClassText byteClass={byteClass} text={text} />
          </span>
        ))}
      </p>
    </div>
  )
}

/** How much of a unit was not kept. */
export function Left({ unit, shown }: { unit: Unit; shown: number }) {
  const left = unit.bytes - shown
  if (left <= 0) return null
  return (
    <p class="xr-left" data-left={left}>
      {t(
        say`These are its first ${format.count(shown)} bytes; ${format.count(left)} more were counted and not kept. The sum above is that of all.`,
      )}
    </p>
  )
}
