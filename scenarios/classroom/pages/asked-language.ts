/** The language that the page's address asks for, `?lang=zh`; to be read before the address is changed. */
export function askedLanguage(): string | null {
  return new URLSearchParams(location.search).get('lang')
}
