type Attribute = string | boolean | undefined | ((event: Event) => void)

/** An element with attributes and children; what listens to it is given as `onclick`, `onchange`, …. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, Attribute> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    // As a listener, for the page's policy forbids scripts in attributes.
    if (typeof value === 'function') made.addEventListener(key.slice('on'.length), value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== undefined && value !== false) made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

/** The element of an id; null on a page whose run had nothing to put there. */
export function byId(id: string): HTMLElement | null {
  return document.getElementById(id)
}
