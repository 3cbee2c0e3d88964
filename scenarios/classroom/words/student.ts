import type { Catalogue } from '../../../report/words/say.ts'

/** What students' pages say, some of it staff's as well: nothing in it tells an answer. */
export const student: Catalogue = {
  // The course of a lesson
  Predict: '预测',
  Discuss: '讨论',
  Observe: '观察',
  Explain: '解释',
  Transfer: '迁移',
  'Phases of the lesson': '本课的各个阶段',
  'Now: {0}': '现在：{0}',
  'Answer alone, before anything is shown.': '在演示开始之前，独立作答。',
  'Turn to a neighbour who chose another answer, and convince each other.':
    '找一位答案不同的邻座，试着说服对方。',
  'Look at the wall: does it do what you have predicted?': '看投影：结果和你的预测一样吗？',
  'Say to a neighbour why it is so, in one sentence.': '用一句话向邻座解释为什么会这样。',
  'Another case: what follows from what you have seen?': '换一种情形：从刚才看到的能推出什么？',
  'Look at the wall.': '请看投影。',

  // Voting
  'Choose first, then vote': '先选择，再投票',
  'Vote for {0}': '投 {0}',
  'Your vote is {0}, and locked.': '你投了 {0}，已锁定。',
  'It waits for the connection.': '正在等待连接恢复。',
  'It is counted.': '已计入。',
  'What all have voted comes later, so that nobody just follows the others.':
    '全班的结果稍后公布，以免有人只是随大流。',
  'Time is up.': '时间到。',
  'Why is it right?': '为什么对？',
  'Why is it wrong?': '为什么错？',
  'A vote is open: {0}': '投票开始：{0}',
  'Your vote is counted.': '你的一票已计入。',
  'Your vote did not arrive before the vote was over.': '你的一票没能在投票结束前送达。',
  '1 has voted.': '已有 1 人投票。',
  '{0} have voted.': '已有 {0} 人投票。',
  'You have not.': '你没有投票。',
  '{0} %, now {1} %': '先前 {0} %，现在 {1} %',
  '(1 vote)': '（1 票）',
  '({0} votes)': '（{0} 票）',
  'This is right.': '这是正确答案。',
  'You chose this.': '这是你的选择。',
  '{0} is right, and you voted for it.': '{0} 正确，和你选的一样。',
  '{0} is right; you voted for {1}. What have you seen that speaks against {2}?':
    '正确答案是 {0}，你选了 {1}。你看到过的现象中，哪一点与 {2} 不符？',

  // Coming in, and connections
  'Join the class': '加入课堂',
  'Code on the wall': '投影上的加入码',
  Join: '加入',
  'Joining…': '正在加入……',
  'The class is over. Goodbye!': '课堂已结束，再见！',
  'You can close this page.': '可以关闭此页了。',
  'Join again': '重新加入',
  'The room does not answer. This page goes on trying.': '房间没有回应。此页会继续尝试。',
  'No connection. Your vote is kept, and will be sent when the connection is back.':
    '连接已断开。你的一票已保存，连接恢复后会自动发送。',
  'No connection. This page goes on trying; you can still choose.':
    '连接已断开。此页会继续尝试，你仍然可以作答。',
  'The connection is lost.': '连接已断开。',
  'The connection is back.': '连接已恢复。',
  'No names and no cookies: this browser keeps a random number until you join another class, so that your vote counts once.':
    '不记姓名，不用 Cookie：此浏览器只保存一个随机数，直到你加入另一堂课，以保证你的一票只计一次。',
  Vote: '投票',

  // Where a page needs the key
  'This page needs the key that the terminal shows': '此页需要终端里显示的密钥',
  'The key in that address is not right. Each start of the demo has a key of its own.':
    '该地址里的密钥不对。演示每次启动都有自己的密钥。',
  'Key, or the whole address': '密钥，或者完整的地址',
  Open: '打开',
  'Students join here.': '学生请从这里加入。',
  Key: '密钥',

  // Worksheets and answer keys on paper
  'Print all lessons': '打印全部课程',
  'Print lesson {0}': '打印第 {0} 课',
  'Lessons on paper': '课程的纸面材料',
  All: '全部',
}
