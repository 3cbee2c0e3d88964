import { classMarks } from '../../../../report/wire/classes.ts'
import { said, type Text } from '../../../../report/words/say.ts'
import type { ByteClass } from '../../../../server/wire/span.ts'
import { t } from '../language.ts'

/** The name of a class, or another text, as bytes of it are marked. */
export function ClassText({ byteClass, text }: { byteClass: ByteClass; text?: Text }) {
  const { code, name } = classMarks[byteClass]
  return <i class={code}>{t(text ?? said(name))}</i>
}

/** What the marks mean, for the classes that there are. */
export function Legend({ classes }: { classes: readonly ByteClass[] }) {
  return (
    <ul class="xr-legend">
      {classes.map((byteClass) => (
        <li key={byteClass}>
          <ClassText byteClass={byteClass} /> <small>{t(said(classMarks[byteClass].mark))}</small>{' '}
          <span>{t(said(classMarks[byteClass].text))}</span>
        </li>
      ))}
    </ul>
  )
}
