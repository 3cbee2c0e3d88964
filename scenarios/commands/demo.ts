import { renderUnicodeCompact } from 'uqr'
import { inWords, type Language, say, type Text, together, wordsIn } from '../../report/words/say.ts'
import type { OwnAddress } from '../classroom/addresses.ts'
import { type Demo, startDemo } from '../classroom/demo.ts'
import { readOwnLesson } from '../classroom/lessons/own-lesson-schema.ts'
import { whatToDo } from '../classroom/way-in.ts'
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
  for (const line of invitation(classroom, options.lan ?? false, lang)) print(line)
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

/** What stands in the terminal. Exported for tests. */
export function invitation(
  {
    url,
    joinUrl,
    address,
    key,
    code,
    goesOn,
  }: Pick<Demo, 'url' | 'joinUrl' | 'address' | 'key' | 'code' | 'goesOn'>,
  lan: boolean | string,
  lang: Language,
): Text[] {
  const staff = (page: string) => `${url}/k/${key}/${page}?lang=${lang}`
  const inNetwork = lan !== false
  const { own, others } = address
  const { port } = new URL(joinUrl)
  const rows: [title: Text, texts: Text[]][] = [
    [say`Projector`, [staff('projector')]],
    [say`Teacher`, [staff('teacher')]],
    [say`Self-study`, [staff('learn')]],
    [say`Worksheets`, [say`${`${url}/worksheet`}, answers: ${staff('answers')}`]],
    [say`Students`, [say`${joinUrl} with the code ${code}`, ...(own ? [remark(own)] : [])]],
  ]
  if (inNetwork && others.length > 0) {
    // With an address of its own the room listens at no other.
    const title = lan === true ? say`Also open at` : say`Other addresses, for --lan`
    const nameOf = (name: string) => (lan === true ? new URL(`http://${name}:${port || 80}`).href : name)
    rows.push([title, others.map((other) => together(nameOf(other.address), ' – ', remark(other)))])
  }
  if (inNetwork) rows.push([say`Where phones cannot get in`, whatToDo(port || 80)])
  return [
    '',
    inNetwork
      ? say`The classroom is open, on this machine and in its network.`
      : say`The classroom is open, on this machine alone; with --lan also in its network.`,
    ...(goesOn ? [say`It goes on with the class that was broken off: --fresh begins a new one.`] : []),
    '',
    ...rows.flatMap(([title, texts]) => [title, ...texts.map((text) => together('  ', text))]),
    '',
    ...(inNetwork ? [renderUnicodeCompact(`${joinUrl}#${code}`, { border: 2 }), ''] : []),
    say`The long part of an address is the key of this class: it is for the teacher alone. Open the projector's page on this machine, for the lanes play here. Ctrl-C ends the class.`,
  ]
}

/** Whether phones may come in by an address. */
function remark({ device, kind }: OwnAddress): Text {
  switch (kind) {
    case 'default-route':
      return say`${device}: this machine is on the internet through it, and phones are probably in the same network`
    case 'network':
      return say`${device}: another network of this machine`
    case 'unlikely':
      return say`${device}: of a VPN, a container or a virtual machine, or given by nobody; phones hardly reach it`
  }
}
