import { renderUnicodeCompact } from 'uqr'
import { inWords, type Language, say, type Text, together, wordsIn } from '../../report/words/say.ts'
import { type Demo, startDemo } from '../classroom/demo.ts'
import { readOwnLesson } from '../classroom/lessons/own-lesson-schema.ts'
import { chinese } from '../classroom/words/catalogue.ts'
import { ExitCode } from '../exit.ts'

/** The flags of `pushlab demo`, parsed. */
export interface DemoCommand {
  port: number
  lan?: boolean | string
  allowHost?: string[]
  /** Path of a JSON file. */
  lesson?: string
  fresh?: boolean
  lang: Language
  /** See DemoOptions. */
  folder?: string
}

/** `pushlab demo`: the classroom, until Ctrl-C. */
export async function demo({ lang, port, lesson: file, ...options }: DemoCommand): Promise<void> {
  const words = wordsIn(lang, chinese)
  const print = (text: Text = '') => console.log(inWords(text, words))
  const tell = (text: Text) => console.error(inWords(text, words))
  const lesson = file === undefined ? {} : { lesson: readOwnLesson(file) }
  const asked = new AbortController()
  // From the beginning: who does not want to wait for the pages shall not have to.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(asked))
  tell(say`Setting up the classroom...`)
  const classroom = await startDemo({ port, tell, ...lesson, ...options })
  if (asked.signal.aborted) {
    // Whoever did not wait for the class that was broken off has not ended it.
    await classroom.close({ isKept: classroom.goesOn })
    process.exitCode = ExitCode.interrupted
    return
  }
  for (const line of invitation(classroom, Boolean(options.lan), lang)) print(line)
  await new Promise((resolve) => asked.signal.addEventListener('abort', resolve))
  await classroom.close()
  print(say`The class is over.`)
  process.exitCode = ExitCode.fine
}

/** The first asks for the end; whoever asks twice does not want to wait for it. */
function stop(asked: AbortController): void {
  if (asked.signal.aborted) process.exit(ExitCode.interrupted)
  asked.abort()
}

/** What stands in the terminal. */
function invitation(
  { url, joinUrl, others, key, code, goesOn }: Demo,
  inNetwork: boolean,
  lang: Language,
): Text[] {
  const staff = (page: string) => `${url}/k/${key}/${page}?lang=${lang}`
  const rows: [Text, Text][] = [
    [say`Projector`, staff('projector')],
    [say`Teacher`, staff('teacher')],
    [say`Self-study`, staff('learn')],
    [say`Worksheets`, say`${`${url}/worksheet`}, answers: ${staff('answers')}`],
    [say`Students`, say`${joinUrl} with the code ${code}`],
    ...(others[0] ? [elsewhere(others, others[0].address)] : []),
  ]
  return [
    '',
    inNetwork
      ? say`The classroom is open, on this machine and in its network.`
      : say`The classroom is open, on this machine alone; with --lan also in its network.`,
    ...(goesOn ? [say`It goes on with the class that was broken off: --fresh begins a new one.`] : []),
    '',
    ...rows.flatMap(([title, text]) => [title, together('  ', text)]),
    '',
    ...(inNetwork ? [renderUnicodeCompact(`${joinUrl}#${code}`, { border: 2 }), ''] : []),
    say`The long part of an address is the key of this class: it is for the teacher alone. Open the projector's page on this machine, for the lanes play here. Ctrl-C ends the class.`,
  ]
}

function elsewhere(others: Demo['others'], first: string): [Text, Text] {
  const list = others.map(({ address, device }) => `${address} (${device})`).join(', ')
  return [
    say`Other addresses`,
    say`${list}. Where phones cannot open the one above, their network may be that of another: start the demo with it, --lan ${first}`,
  ]
}
