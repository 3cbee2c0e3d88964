/**
 * Gives the focus to the heading of the stage, or of another part of the page, that a button is in. For buttons that vanish
 * with what they do: otherwise whoever uses keys would be sent back to the beginning of the page.
 */
export function focusHeading(button: Element): void {
  const part = button.closest('.stage-panel') ?? button.closest('section')
  const heading = part?.querySelector<HTMLElement>('h2, h3')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
