import { expect, test } from 'vitest'
import { bilingual } from './bilingual.ts'
import { fullText, roomTexts } from './texts.ts'

test('every text of the room is there in both languages, and its Chinese is Chinese', () => {
  for (const [name, text] of [...Object.entries(roomTexts), ['roomFull', fullText(300)] as const]) {
    const { en, zh } = bilingual(text)
    expect(en, name).not.toMatch(/\p{Script=Han}/u)
    expect(zh, name).toMatch(/\p{Script=Han}/u)
    // A space stands between Han and Latin, and punctuation after Han is full-width.
    expect(zh, name).not.toMatch(/\p{Script=Han}[A-Za-z\d]|[A-Za-z\d]\p{Script=Han}|\p{Script=Han}[,.:;!?]/u)
  }
  expect(bilingual(fullText(30)).en).toContain('(30 students)')
  expect(bilingual(fullText(30)).zh).toContain('30 名')
})
