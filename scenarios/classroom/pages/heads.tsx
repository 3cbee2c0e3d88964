import type { Text } from '../../../report/words/say.ts'
import { t } from './language.ts'

/** The head of a table: what its columns are. */
export function Heads({ texts }: { texts: readonly Text[] }) {
  return (
    <thead>
      <tr>
        {texts.map((text) => (
          <th key={String(text)} scope="col">
            {t(text)}
          </th>
        ))}
      </tr>
    </thead>
  )
}
