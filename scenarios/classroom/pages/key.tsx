import './student.css'
import { useSignal } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { showPage } from './page.tsx'
import { forgetKey, keptKey, partsOf } from './staff.ts'
import { studentChinese } from './student-chinese.ts'

/**
 * What stands where a page needs the key and does not have it. After a reload of a page that had it, it goes on by itself;
 * an address with a key that brought here has a wrong one.
 */
const { key: wrongKey, page } = partsOf(location.pathname)

function goOn(key: string): void {
  location.replace(`/k/${encodeURIComponent(key)}/${page}${location.hash}`)
}

function Page() {
  const typed = useSignal('')
  return (
    <>
      <header class="top row spread">
        <p class="quiet">pushlab</p>
        <LanguageButton />
      </header>
      <main>
        <form
          class="join stack"
          onSubmit={(event) => {
            event.preventDefault()
            // Who pastes the whole address means the key in it.
            const key = /\/k\/([^/]+)/.exec(typed.value)?.[1] ?? typed.value.trim()
            if (key !== '') goOn(key)
          }}
        >
          <h1>{t(say`This page needs the key that the terminal shows`)}</h1>
          {wrongKey !== undefined && (
            <p class="notice bad" role="alert">
              {t(say`The key in that address is not right. Each start of the demo has a key of its own.`)}
            </p>
          )}
          <label class="stack">
            <span>{t(say`Key, or the whole address`)}</span>
            <input
              type="text"
              class="key"
              value={typed}
              onInput={({ currentTarget }) => {
                typed.value = currentTarget.value
              }}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          </label>
          <button type="submit" class="main">
            {t(say`Open`)}
          </button>
          <p>
            <a href="/">{t(say`Students join here.`)}</a>
          </p>
        </form>
      </main>
    </>
  )
}

const kept = keptKey()
if (wrongKey !== undefined) forgetKey()
else if (kept !== undefined) goOn(kept)

showPage(say`Key`, studentChinese, Page)
