import type { Catalogue } from '../../../report/words/say.ts'

/** What the room says to people, and its stage where it cannot do what it is asked for. */
export const room: Catalogue = {
  // scenarios/classroom/room/texts.ts
  'This is not the code of this room. Look at the projector: it has six letters and digits, and none of them is 0, O, 1, I or L.':
    '加入码不对。请看投影：加入码由六位字母和数字组成，其中没有 0、O、1、I 和 L。',
  'This is not the key of this room. Open the address that the terminal shows in which the demo runs.':
    '密钥不对。请打开运行演示的终端里显示的地址。',
  'Too many wrong tries from this address. Wait a few seconds, look at the projector and try again.':
    '来自此地址的错误尝试太多。请等几秒钟，看清投影后再试。',
  'The room is full ({0} students). Look at the projector together with your neighbour.':
    '房间已满（{0} 名学生）。请和邻座一起看投影。',
  'Too many students have joined from this address within a minute. This page asks again by itself; a page that was here before comes in at once.':
    '一分钟内从此地址加入的学生太多。此页会自动重试；之前加入过的页面可以立即进入。',
  'Too many staff pages are open. Close one of them and load this one again.':
    '打开的教师页面太多。请关闭其中一个，再重新加载此页。',
  'This student has the room open in too many tabs. This one is closed; go on in the latest.':
    '同一名学生打开的标签页太多。此页已断开，请在最新的标签页里继续。',
  'A page has to say hello first, with the code of the room or its key. Load this page again.':
    '页面必须先报到，并给出加入码或密钥。请重新加载此页。',
  'The room does not understand this message. Load this page again; it may be of another version.':
    '房间无法理解这条消息。请重新加载此页，它可能来自另一个版本。',
  'This message is too long. Load this page again.': '这条消息太长。请重新加载此页。',
  'This page sends more messages than the room takes. Wait a moment and load it again.':
    '此页发送的消息超过了房间能接受的数量。请稍候，再重新加载。',
  'Only the teacher can do this.': '只有教师可以这样做。',
  'Only students vote. Join the room with its code to do so.':
    '只有学生可以投票。要投票，请用加入码加入房间。',
  'This vote is over.': '这次投票已经结束。',
  'This vote has only just been opened. Show the answer once somebody has voted.':
    '这次投票刚刚开始。请等有人投票之后再显示答案。',
  'There is no such lesson.': '没有这一课。',
  'There is nothing to vote on here. Go to a lesson first.': '这里没有可以投票的问题。请先进入一课。',
  'The sandbox has no recording. Go to a lesson first.': '自由实验没有录像。请先进入一课。',
  'Another page plays the lanes. Take over to play them here.':
    '另一个页面正在运行泳道。要在这里运行，请先接管。',
  'The stage could not do this. Try once more, or reset it.':
    '舞台未能完成这一操作。请再试一次，或者重置舞台。',
  'The process behind the lanes did not do this. Wait a few seconds and reset the stage; if it happens again, start the demo once more.':
    '泳道背后的进程未能完成这一操作。请等几秒钟，再重置舞台；如果仍然失败，请重新启动演示。',
  'The stage is closed, for the demo is ending. Start it again.':
    '舞台已关闭，因为演示正在结束。请重新启动演示。',
  'There is nothing at this address. Students type the address on the projector; the teacher’s is in the terminal.':
    '此地址没有内容。学生请输入投影上的地址；教师的地址在终端里。',
  'Pages are read here with GET, and nothing else.': '这里只能用 GET 读取页面。',
  'The room does not answer to this host name. Type the address on the projector as it stands; or start the demo with --allow-host and this name.':
    '房间不接受这个主机名。请照原样输入投影上的地址；或者用 --allow-host 加上这个主机名启动演示。',
  'Vote {0} on the same question. Has your neighbour convinced you? Decide alone, once more.':
    '同一问题的第 {0} 次投票。你的邻座说服你了吗？请再次独立决定。',
  'Compare both votes. Who has changed the answer? Say what convinced you.':
    '比较两次投票。谁改变了答案？说说是什么说服了你。',
  'Hands are counted while the vote is open, for each of its answers.':
    '只能在投票进行时统计举手人数，每个选项各填一个数。',
  'There is no class to go back to any more.': '已经无法回到之前的课堂。',
  'Only the room’s own pages may connect to it.': '只有房间自己的页面可以连接到它。',
  'This is the WebSocket of the room’s pages.': '这里是房间页面使用的 WebSocket。',
  'This is a mistake in pushlab itself. Load the page again.': '这是 pushlab 自身的错误。请重新加载此页。',

  // scenarios/classroom/stage/limits.ts
  'There is no setting {0}. There are: {1}.': '没有名为 {0} 的设置。可用的有：{1}。',
  'The settings': '设置',
  'The setup': '舞台的布置',
  'A lane': '泳道',
  'A step of the plan': '计划的一步',
  'A stage has 1 to {0} lanes.': '舞台可以有 1 到 {0} 条泳道。',
  'There are two lanes {0}. Give each an id of its own.': '有两条泳道都叫 {0}。请让每条泳道的名称各不相同。',
  'The setup does not say: {0}.': '舞台的布置缺少：{0}。',
  "A lane's id is lower case with hyphens, {0} characters at most: sse, not {1}.":
    '泳道的名称由小写字母、数字和连字符组成，最多 {0} 个字符，例如 sse，而不是 {1}。',
  'technique of the lane {0}': '泳道 {0} 的 technique',
  'A plan is a list of {0} acts at most.': '计划是一个列表，最多有 {0} 个动作。',
  '{0} must be an object, not {1}.': '{0}须为对象，而不是 {1}。',
  '{0} must be a number from {1} to {2}, or 0, not {3}.': '{0} 须为 {1} 到 {2} 的数，或 0，而不是 {3}。',
  '{0} must be a whole number from {1} to {2}, not {3}.': '{0} 须为 {1} 到 {2} 的整数，而不是 {3}。',
  '{0} must be a number from {1} to {2}, not {3}.': '{0} 须为 {1} 到 {2} 的数，而不是 {3}。',
  '{0} must be true or false, not {1}.': '{0} 须为 true 或 false，而不是 {1}。',
  '{0} must be one of {1}, not {2}.': '{0} 须为以下之一：{1}，而不是 {2}。',
}
