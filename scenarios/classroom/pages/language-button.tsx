import { language, setLanguage } from './language.ts'

/** Changes the language, and names the other one in itself. */
export function LanguageButton() {
  const other = language.value === 'zh' ? 'en' : 'zh'
  return (
    <button type="button" lang={other === 'zh' ? 'zh-Hans' : 'en'} onClick={() => setLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}

export function switchLanguage(): void {
  setLanguage(language.value === 'zh' ? 'en' : 'zh')
}
