import './student.css'
import { effect, signal } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import { Announcer } from './announcer.tsx'
import { Class } from './class.tsx'
import { Join } from './join.tsx'
import { t } from './language.ts'
import { LanguageButton } from './language-button.tsx'
import { showPage } from './page.tsx'
import { joinRoom, type RoomClient } from './room-client.ts'
import { keepCode, keptCode } from './room-client-token.ts'
import { studentChinese } from './student-chinese.ts'

/**
 * The page of a student: joins by the code behind `#` or typed, votes, and shows what the class has voted. It holds no
 * lesson and no answer; what it shows comes from the room when it is time for it.
 */
const room = signal<RoomClient | undefined>(undefined)
/** What is in the field; it outlives a refusal and a change of the language. */
const typed = signal('')

function join(code: string): void {
  room.value?.close()
  typed.value = code
  room.value = joinRoom({ role: 'student', code })
}

/** What cannot be decoded is no code, and nothing to ask the room with. */
function readHash(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return ''
  }
}

function Page() {
  const connection = room.value?.connection.value
  const isIn = room.value !== undefined && room.value.student.value !== undefined && connection !== 'refused'
  return (
    <>
      <header class="top row spread">
        <p class="quiet">pushlab</p>
        <LanguageButton />
      </header>
      <main class="stack">
        {connection === 'over' ? (
          <Goodbye />
        ) : isIn ? (
          <Class room={room.value as RoomClient} />
        ) : (
          <Join room={room.value} typed={typed} onJoin={join} />
        )}
      </main>
      <footer class="quiet">
        {t(
          say`No names and no cookies: this browser keeps a random number until you join another class, so that your vote counts once.`,
        )}
      </footer>
      <Announcer />
    </>
  )
}

/** The class has ended, or another one has begun, whose code is on the wall. */
function Goodbye() {
  return (
    <section class="stack">
      <h1>{t(say`The class is over. Goodbye!`)}</h1>
      <p>{t(say`You can close this page.`)}</p>
      <div class="row">
        <button type="button" onClick={() => location.reload()}>
          {t(say`Join again`)}
        </button>
      </div>
    </section>
  )
}

// The code was in the address for the camera; it need not stay in the history.
const scanned = readHash(location.hash.slice(1)).trim()
if (scanned !== '') history.replaceState(null, '', location.pathname)
// A reload comes back to the room that it was in.
const code = scanned || keptCode()
if (code) join(code)
effect(() => {
  if (room.value?.connection.value === 'here') keepCode(typed.peek())
})
showPage(say`Vote`, studentChinese, Page)
