import './paper.css'
import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import { say } from '../../../report/words/say.ts'
import { language, t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { speakAsAsked } from './page.tsx'
import { takeKey } from './staff.ts'
import { studentChinese } from './student-chinese.ts'

/**
 * Worksheets, or their answer keys: all lessons stand in the page, in both languages. This shows one language, and goes to
 * the lesson that stands behind `#`, which is then printed alone.
 */
const chosen = signal(location.hash.slice(1))
const papers = [...document.querySelectorAll<HTMLElement>('.papers')]
const numbers = [...(papers[0]?.querySelectorAll<HTMLElement>('[data-lesson]') ?? [])].map(
  ({ dataset }) => dataset.lesson as string,
)

function Tools() {
  return (
    <>
      <LanguageButton />
      <button type="button" onClick={() => print()}>
        {numbers.includes(chosen.value) ? t(say`Print lesson ${chosen.value}`) : t(say`Print all lessons`)}
      </button>
      <nav aria-label={t(say`Lessons on paper`)}>
        <a href="#all" aria-current={numbers.includes(chosen.value) ? undefined : 'true'}>
          {t(say`All`)}
        </a>
        {numbers.map((number) => (
          <a key={number} href={`#${number}`} aria-current={number === chosen.value ? 'true' : undefined}>
            {number}
          </a>
        ))}
      </nav>
    </>
  )
}

speakAsAsked(studentChinese)
// A browser prints the address on the paper.
takeKey()
addEventListener('hashchange', () => {
  chosen.value = location.hash.slice(1)
})
effect(() => {
  for (const paper of papers) {
    paper.hidden = paper.dataset.language !== language.value
    for (const sheet of paper.querySelectorAll<HTMLElement>('[data-lesson]')) {
      const isChosen = sheet.dataset.lesson === chosen.value
      sheet.classList.toggle('chosen', isChosen)
      if (isChosen && !paper.hidden) sheet.scrollIntoView()
    }
  }
})
const tools = document.createElement('header')
tools.id = 'tools'
document.body.prepend(tools)
render(<Tools />, tools)
