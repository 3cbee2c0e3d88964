import { useLayoutEffect, useRef } from 'preact/hooks'
import type { LaneFrame, Player } from './player.ts'

/**
 * A frame that browsers hide (`display: none`) or that lies outside the window may be slowed down by them: so it is one
 * pixel in the corner.
 */
const STYLE = {
  position: 'fixed',
  right: 0,
  bottom: 0,
  width: '1px',
  height: '1px',
  border: 0,
  opacity: 0.01,
  pointerEvents: 'none',
} as const

/** The lanes' pages, which play and are not looked at. To be rendered once, wherever in the page. */
export function LaneFrames({ player }: { player: Player }) {
  return (
    <div aria-hidden="true">
      {player.frames.value.map((frame) => (
        <Frame key={frame.key} frame={frame} player={player} />
      ))}
    </div>
  )
}

function Frame({ frame: { lane, technique, key, src }, player }: { frame: LaneFrame; player: Player }) {
  const element = useRef<HTMLIFrameElement>(null)
  // At once, for a page from this machine can be ready before the next frame is painted.
  useLayoutEffect(() => {
    player.mounted(lane, key, element.current?.contentWindow ?? undefined)
    return () => player.mounted(lane, key, undefined)
  }, [player, lane, key])
  return (
    <iframe
      ref={element}
      src={src}
      title={technique}
      tabIndex={-1}
      style={STYLE}
      onLoad={() => player.loaded(lane, key)}
    />
  )
}
