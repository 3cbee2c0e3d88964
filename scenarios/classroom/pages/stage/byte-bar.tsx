import { type Groups, groupNames } from '../../log/lane-numbers.ts'

/** Header, framing and payload as parts of a bar; `of` is how many bytes its whole width stands for. */
export function ByteBar({ groups, of }: { groups: Groups; of: number }) {
  let left = 0
  return (
    <svg class="byte-bar" width="100%" height="100%" aria-hidden="true">
      {groupNames.map((name) => {
        const x = left
        const width = of > 0 ? (groups[name] / of) * 100 : 0
        left += width
        return (
          <rect key={name} x={`${x}%`} y="0" width={`${width}%`} height="100%" fill={`url(#bytes-${name})`} />
        )
      })}
    </svg>
  )
}
