import { markOf } from '../../../../report/charts/svg/marks.ts'
import { classColors, hatches, identityOf } from '../../../../report/palette.ts'
import { groupNames } from '../../log/lane-numbers.ts'

/** A technique's marker, in its hue: `--hue` of what stands around. */
export function Marker({ technique }: { technique: string }) {
  const mark = markOf(identityOf(technique).marker)
  if (!mark) return null
  const d = `M${mark.from[0]} ${mark.from[1]}${mark.shape}`
  return (
    <svg class={`marker ${mark.look}`} viewBox="-7 -7 14 14" aria-hidden="true">
      <path d={d} />
    </svg>
  )
}

/** The patterns of the three groups of bytes, once on a page: `fill="url(#bytes-header)"`. */
export function BytePatterns() {
  return (
    <svg class="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {groupNames.map((name) => {
          const color = classColors[name]
          const hatch = hatches[color]
          return (
            <pattern key={name} id={`bytes-${name}`} width="8" height="8" patternUnits="userSpaceOnUse">
              <rect width="8" height="8" fill={color} />
              {hatch && <path d={hatch.lines} stroke={hatch.ink} stroke-width="1.2" fill="none" />}
            </pattern>
          )
        })}
      </defs>
    </svg>
  )
}
