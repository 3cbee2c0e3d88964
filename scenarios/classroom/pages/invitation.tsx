import { names, say } from '../../../report/words/say.ts'
import type { RoomState } from '../room/protocol.ts'
import { whatToDo } from '../way-in.ts'
import { t } from './language.ts'
import { QrCode } from './qr.tsx'

/** Where else students may come in, and what to do where they cannot: for the teacher alone. */
export function OtherWays({ room: { joinUrl, alsoAt = [] } }: { room: RoomState }) {
  if (isOfThisMachine(joinUrl)) return null
  return (
    <details>
      <summary>{t(say`Where phones cannot get in`)}</summary>
      <div class="stack">
        {alsoAt.length > 0 && <p>{t(say`Also open at: ${names(alsoAt)}`)}</p>}
        <ol class="stack ways">
          {whatToDo(new URL(joinUrl).port || 80).map((text) => (
            <li key={String(text)}>{t(text)}</li>
          ))}
        </ol>
      </div>
    </details>
  )
}

/** How students come in: a code for cameras, and an address and a code to type. */
export function Invitation({ room, isSmall = false }: { room: RoomState; isSmall?: boolean }) {
  const { joinUrl, code } = room
  return (
    <div class={`invitation ${isSmall ? 'small' : ''}`}>
      <QrCode text={`${joinUrl}#${code}`} label={t(say`QR code of ${joinUrl} with the code ${code}`)} />
      <div>
        <p class="address">{joinUrl.replace(/^http:\/\//, '').replace(/\/$/, '')}</p>
        <p>
          {t(say`Code`)} <strong class="code">{code}</strong>
        </p>
        {isOfThisMachine(joinUrl) && (
          <p class="quiet">{t(say`Phones cannot open this: for them start the demo with --lan.`)}</p>
        )}
      </div>
    </div>
  )
}

export function isOfThisMachine(address: string): boolean {
  return ['127.0.0.1', 'localhost'].includes(new URL(address).hostname)
}
