import type { ComponentChildren } from 'preact'

interface LeavingButtonProps {
  class?: string
  onClick(): void
  children: ComponentChildren
}

/**
 * A button that vanishes with what it does: it gives the focus to the heading of the stage, or of another part of the page
 * that it is in. Otherwise whoever uses keys would be sent back to the beginning of the page.
 */
export function LeavingButton({ onClick, children, ...more }: LeavingButtonProps) {
  return (
    <button
      type="button"
      {...more}
      onClick={(event) => {
        // A lane around it takes clicks as well.
        event.stopPropagation()
        focusHeading(event.currentTarget)
        onClick()
      }}
    >
      {children}
    </button>
  )
}

function focusHeading(button: Element): void {
  const part = button.closest('.stage-panel') ?? button.closest('section')
  const heading = part?.querySelector<HTMLElement>('h2, h3')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
