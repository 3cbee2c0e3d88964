import { type FrameHeader, printable } from '../../../../report/wire/frame-header.ts'
import { hexText } from '../../../../report/wire/octets.ts'
import { said, say } from '../../../../report/words/say.ts'
import { Heads } from '../heads.tsx'
import { t } from '../language.ts'

/** The bits of a frame header, a field a row; and what a masked frame says. */
export function FrameBits({ header: { bytes, fields, unmasked } }: { header: FrameHeader }) {
  return (
    <div class="xr-frame stack">
      <table class="xr-bits">
        <caption>{t(say`The bits of the frame header ${hexText(bytes)}`)}</caption>
        <Heads texts={[say`bits`, say`field`, say`here`]} />
        <tbody>
          {fields.map(({ name, bits, meaning }) => (
            <tr key={name}>
              <td>
                <code>{bits}</code>
              </td>
              <th scope="row">{t(said(name))}</th>
              <td>{t(meaning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unmasked && unmasked.length > 0 && (
        <p class="xr-unmasked">
          <span>{t(say`unmasked`)}</span> <code translate={false}>{printable(unmasked)}</code>
        </p>
      )}
    </div>
  )
}
