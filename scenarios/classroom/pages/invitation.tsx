import { say } from '../../../report/words/say.ts'
import type { RoomState } from '../room/protocol.ts'
import { t } from './language.ts'
import { QrCode } from './qr.tsx'

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
