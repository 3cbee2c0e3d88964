import type { Bilingual } from './protocol.ts'

/** What the room says to people in a few words of its own. None of it repeats what somebody sent. */
export const roomTexts = {
  wrongCode: {
    en: 'This is not the code of this room. Look at the projector: it has six letters and digits, and none of them is 0, O, 1, I or L.',
    zh: '加入码不对。请看投影：加入码由六位字母和数字组成，其中没有 0、O、1、I 和 L。',
  },
  wrongKey: {
    en: 'This is not the key of this room. Open the address that the terminal shows in which the demo runs.',
    zh: '密钥不对。请打开运行演示的终端里显示的地址。',
  },
  tooManyTries: {
    en: 'Too many wrong tries from this address. Wait a few seconds, look at the projector and try again.',
    zh: '来自此地址的错误尝试太多。请等几秒钟，看清投影后再试。',
  },
  roomFull: {
    en: 'The room is full (300 students). Look at the projector together with your neighbour.',
    zh: '房间已满（300 名学生）。请和邻座一起看投影。',
  },
  tooManyNew: {
    en: 'Too many students have joined from this address within a minute. This page asks again by itself; a page that was here before comes in at once.',
    zh: '一分钟内从此地址加入的学生太多。此页会自动重试；之前加入过的页面可以立即进入。',
  },
  staffFull: {
    en: 'Too many staff pages are open. Close one of them and load this one again.',
    zh: '打开的教师页面太多。请关闭其中一个，再重新加载此页。',
  },
  tooManyTabs: {
    en: 'This student has the room open in too many tabs. This one is closed; go on in the latest.',
    zh: '同一名学生打开的标签页太多。此页已断开，请在最新的标签页里继续。',
  },
  helloFirst: {
    en: 'A page has to say hello first, with the code of the room or its key. Load this page again.',
    zh: '页面必须先报到，并给出加入码或密钥。请重新加载此页。',
  },
  badMessage: {
    en: 'The room does not understand this message. Load this page again; it may be of another version.',
    zh: '房间无法理解这条消息。请重新加载此页，它可能来自另一个版本。',
  },
  tooLong: {
    en: 'This message is too long. Load this page again.',
    zh: '这条消息太长。请重新加载此页。',
  },
  tooFast: {
    en: 'This page sends more messages than the room takes. Wait a moment and load it again.',
    zh: '此页发送的消息超过了房间能接受的数量。请稍候，再重新加载。',
  },
  staffOnly: {
    en: 'Only the teacher can do this.',
    zh: '只有教师可以这样做。',
  },
  noStudent: {
    en: 'Only students vote. Join the room with its code to do so.',
    zh: '只有学生可以投票。要投票，请用加入码加入房间。',
  },
  voteClosed: {
    en: 'This vote is over.',
    zh: '这次投票已经结束。',
  },
  voteJustOpened: {
    en: 'This vote has only just been opened. Show the answer once somebody has voted.',
    zh: '这次投票刚刚开始。请等有人投票之后再显示答案。',
  },
  noSuchLesson: {
    en: 'There is no such lesson.',
    zh: '没有这一课。',
  },
  noVoteHere: {
    en: 'There is nothing to vote on here. Go to a lesson first.',
    zh: '这里没有可以投票的问题。请先进入一课。',
  },
  noRecordingHere: {
    en: 'The sandbox has no recording. Go to a lesson first.',
    zh: '自由实验没有录像。请先进入一课。',
  },
  anotherPlays: {
    en: 'Another page plays the lanes. Take over to play them here.',
    zh: '另一个页面正在运行泳道。要在这里运行，请先接管。',
  },
  stageFailed: {
    en: 'The stage could not do this. Try once more, or reset it.',
    zh: '舞台未能完成这一操作。请再试一次，或者重置舞台。',
  },
  lanesFailed: {
    en: 'The process behind the lanes did not do this. Wait a few seconds and reset the stage; if it happens again, start the demo once more.',
    zh: '泳道背后的进程未能完成这一操作。请等几秒钟，再重置舞台；如果仍然失败，请重新启动演示。',
  },
  stageClosed: {
    en: 'The stage is closed, for the demo is ending. Start it again.',
    zh: '舞台已关闭，因为演示正在结束。请重新启动演示。',
  },
  sandbox: { en: 'Sandbox', zh: '自由实验' },
  notFound: {
    en: 'There is nothing at this address. Students type the address on the projector; the teacher’s is in the terminal.',
    zh: '此地址没有内容。学生请输入投影上的地址；教师的地址在终端里。',
  },
  noSuchMethod: {
    en: 'Pages are read here with GET, and nothing else.',
    zh: '这里只能用 GET 读取页面。',
  },
  wrongHost: {
    en: 'The room does not answer to this host name. Type the address on the projector as it stands.',
    zh: '房间不接受这个主机名。请照原样输入投影上的地址。',
  },
  wrongOrigin: {
    en: 'Only the room’s own pages may connect to it.',
    zh: '只有房间自己的页面可以连接到它。',
  },
  upgrade: {
    en: 'This is the WebSocket of the room’s pages.',
    zh: '这里是房间页面使用的 WebSocket。',
  },
  failed: {
    en: 'This is a mistake in pushlab itself. Load the page again.',
    zh: '这是 pushlab 自身的错误。请重新加载此页。',
  },
} as const satisfies Record<string, Bilingual>

/** The room holds another number of students than usual. */
export function fullText(most: number): Bilingual {
  const said = (text: string) => text.replace('300', String(most))
  return { en: said(roomTexts.roomFull.en), zh: said(roomTexts.roomFull.zh) }
}
