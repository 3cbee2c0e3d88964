/** Where a key leads to from a span, of `last + 1`. Enter and space pick it once more. */
export function keyTarget(key: string, from: number, last: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(from + 1, last)
  if (key === 'ArrowLeft') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  if (key === 'End') return last
  return key === 'Enter' || key === ' ' ? from : undefined
}

/** The span that an element is a part of. */
export function spanAt(target: EventTarget | null): number | undefined {
  const element = target instanceof Element ? target.closest('[data-span]') : null
  return element ? Number(element.getAttribute('data-span')) : undefined
}

/** Whether an element is the one by which the keyboard reaches its span. */
export function isStop(target: EventTarget | null): boolean {
  return target instanceof Element && target.getAttribute('role') === 'button'
}

/** Focuses the button of a span. */
export function focusSpan(root: Element | null, span: number): void {
  root?.querySelector<HTMLElement>(`[role="button"][data-span="${span}"]`)?.focus({ preventScroll: true })
}

/** Scrolls the views, and never the page, to what is marked. */
export function bringIntoView(root: Element | null): void {
  for (const view of root?.querySelectorAll('.xr-text, .xr-hex') ?? []) {
    const part = view.querySelector('.on')
    if (!part) continue
    const [inner, outer] = [part.getBoundingClientRect(), view.getBoundingClientRect()]
    if (inner.top < outer.top) view.scrollTop -= outer.top - inner.top + 8
    else if (inner.top > outer.bottom - 24) view.scrollTop += inner.top - outer.bottom + 64
  }
}
