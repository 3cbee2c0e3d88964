import type { Catalogue } from '../../../report/words/say.ts'

/** What the pages of staff say, beside what they share with students' pages: scenarios/classroom/pages. */
export const classroom: Catalogue = {
  // On every page of staff
  'Connecting…': '正在连接……',
  'No connection to the demo. If it has ended, start it again; this page goes on trying.':
    '与演示的连接已断开。如果演示已结束，请重新启动；此页会继续尝试。',
  'Open the address that the terminal shows now.': '请打开终端里现在显示的地址。',
  'Light colours': '浅色',
  'Dark colours': '深色',
  'Single keys': '单键快捷键',
  Lessons: '课程',
  Sandbox: '自由实验',
  Back: '返回',
  'Next lesson': '下一课',
  'Show the answer': '公布答案',
  Close: '关闭',
  Code: '加入码',
  'QR code of {0} with the code {1}': '{0} 的二维码，加入码 {1}',
  '1 student here': '1 名学生在线',
  '{0} students here': '{0} 名学生在线',
  '{0}. {1}. Now: {2}': '第 {0} 课：{1}。现在：{2}',

  // The wall
  Wall: '投影',
  'Full screen': '全屏',
  Keys: '快捷键',
  Recording: '录像',
  'of {0} have voted': '/ {0} 人已投票',
  'Nobody has voted.': '无人投票。',
  'What the class predicted': '全班的预测',
  'What there is to see': '观察要点',
  'next phase': '下一阶段',
  'previous phase': '上一阶段',
  'vote again': '再次投票',
  'show or hide how the class has voted': '显示或隐藏全班的投票结果',
  'start or stop the clock of a vote or discussion': '开始或停止投票、讨论的计时',
  'lessons; a number, then Enter, goes to that lesson, 0 to the sandbox':
    '课程列表；输入数字再按回车进入该课，0 为自由实验',
  'X-ray: the bytes of the last message': 'X 光：最近一条消息的字节',
  'play the lesson’s recording, or go back to the live stage': '播放本课的录像，或回到现场',
  'English or Chinese': '切换中文和英文',
  'light or dark colours': '切换浅色和深色',
  'full screen': '全屏显示',
  'this list': '显示此列表',
  'On the stage': '舞台',
  'Whoever dictates to this machine, or hits keys by accident, switches single keys off here. Tab reaches everything.':
    '如果使用语音输入，或者容易误触按键，可以在这里关闭单键快捷键。用 Tab 键可以到达所有控件。',

  // Where phones cannot get in; the terminal says it, too
  'Where phones cannot get in': '如果手机连不上',
  'Also open at: {0}': '还可以从这里打开：{0}',
  'Phones have to be in the network of this machine: not in the mobile one, nor in another Wi-Fi.':
    '手机必须和本机在同一个网络：不能用移动网络，也不能连别的 Wi-Fi。',
  'Many guest and school networks keep devices apart (client isolation). There no address helps: let a phone or this machine open a hotspot, and connect all to it; the wall shows the new address.':
    '许多访客网络和校园网会隔离各台设备（客户端隔离）。这时换地址没有用：请用手机或本机开一个热点，让所有设备都连上；投影会显示新的地址。',
  'A firewall on this machine may be in the way: let it accept TCP port {0}.':
    '可能被本机的防火墙拦住了：请让它放行 TCP 端口 {0}。',
  'The address may be of a VPN or a container: switch the VPN off, or choose another with --lan ADDRESS.':
    '这个地址可能属于 VPN 或容器：请关闭 VPN，或者用 --lan 地址 另选一个。',
  'A show of hands needs no phones: the teacher’s page counts it beside the votes.':
    '举手表决不需要手机：教师页会把它和手机投票一起计入。',

  // How a class votes
  'Show of hands': '举手表决',
  'All close their eyes and raise a hand for one answer. Write down how many hands you see.':
    '大家闭上眼睛，为一个选项举手。请填写看到的举手人数。',
  'Hands for {0}': '选 {0} 的举手人数',
  'The bars come after the second vote.': '第二次投票之后再显示条形图。',
  hands: '人举手',
  'Show the bars': '显示条形图',
  'Everybody sees these bars': '让全班看到这些条形图',
  'Clock {0}': '计时 {0}',
  '{0} s more': '再加 {0} s',
  'Stop the clock': '停止计时',
  'Vote {0}: {1} of {2} have voted': '第 {0} 次投票：{2} 人中已有 {1} 人投票',
  'Vote {0} is over. Votes: {1}': '第 {0} 次投票结束，共 {1} 票',
  '{0} votes from one address are left out.': '已不计来自同一地址的 {0} 票。',
  '{0} votes came from one address. That is right where your class shares one, behind a router or a tunnel; otherwise one person may have voted often.':
    '有 {0} 票来自同一地址。如果全班通过同一个路由器或隧道上网，这很正常；否则可能有人投了很多票。',
  'Leave them out': '不计这些票',
  'Count them again': '重新计入',
  'The second vote, alone again. Then show the bars: what has the discussion changed?':
    '第二次投票，仍然独立作答。之后显示条形图：讨论改变了什么？',
  'Both votes stand side by side. Ask who has changed the answer, and what convinced them.':
    '两次投票的结果并列显示。问问谁改变了答案，是什么说服了他们。',
  '{0} of {1} students still here': '{1} 名学生中还有 {0} 名在线',
  'The class': '班级',
  'All votes as a table (CSV)': '所有投票的表格（CSV）',
  'New class': '新的班级',
  'It forgets votes and students and takes another code. For a minute it can be undone.':
    '清空投票和学生，并换一个加入码；一分钟内可以撤销。',
  'This is a new class, with another code.': '这是新的班级，加入码已更换。',
  'Back to the class before': '回到之前的班级',
  'The class is over. To begin another one, start the demo again and open the address that it shows.':
    '课堂已结束。要再上一堂课，请重新启动演示，并打开它显示的地址。',

  // Steps of an observation
  Seen: '已看到',
  'Seen: {0}': '已看到：{0}',
  'Not seen yet': '尚未看到',
  'Do it': '执行',
  'Why?': '为什么？',
  'I did not see that': '我没看到',
  'More about: {0}': '展开或收起：{0}',
  'The lesson’s lanes are on their way.': '本课的泳道即将就绪。',
  'Nothing is on the stage: choose lanes and begin.': '舞台上还没有泳道：请选择泳道，然后开始。',
  'Choose lanes': '选择泳道',

  // Whether the stage is live
  'Another window plays the lanes.': '另一个窗口正在运行泳道。',
  'Play here': '在此运行',
  'Lanes play only on the machine that runs the demo. Open this page there, at http://127.0.0.1:{0}, to see them live.':
    '泳道只能在运行演示的机器上运行。请在那台机器上打开 http://127.0.0.1:{0} 观看现场。',
  'Recording of {0}, not live': '{0}的录像，不是现场',
  '{0} of {1} s': '已播 {0} s，共 {1} s',
  'It is over, after {0} s.': '已播完，共 {0} s。',
  'Play it again': '再播一次',
  'From the beginning': '从头播放',
  'Back to live': '回到现场',
  'Play the recording': '播放录像',
  'The demo has not answered for 10 s.': '演示已有 10 s 没有回应。',
  'The lanes’ server has been gone for 10 s.': '泳道的服务器已停止 10 s。',
  'A lane has not opened for 10 s.': '有一条泳道 10 s 仍未打开。',

  // The teacher's page
  Teacher: '教师',
  'Where the class is': '课堂进度',
  'Let students in': '让学生加入',
  'Other pages': '其他页面',
  'Wall, for the projector': '投影页',
  'Lessons to take alone, and the sandbox': '自学课程与自由实验',
  'Worksheets to print': '可打印的练习单',
  'Answer keys': '练习单答案',
  'Page of the students': '学生页',
  '{0} of {1} have voted': '{1} 人中已有 {0} 人投票',
  'The vote is over. Votes: {0}': '投票结束，共 {0} 票',
  'Vote again': '再次投票',
  'Too few votes to advise anything.': '票数太少，无法给出建议。',
  'Below 35 % are right: go over the idea once more, then vote again.':
    '正确率低于 35 %：请再讲一遍要点，然后再次投票。',
  '35 to 70 % are right: let neighbours discuss, then vote again.':
    '正确率在 35 % 到 70 % 之间：让邻座讨论，然后再次投票。',
  'Not more than 70 % are right after the second vote: let them see it, and explain it in full.':
    '第二次投票后正确率仍不超过 70 %：让学生亲眼看到，并详细解释。',
  'More than 70 % are right: go on, and explain briefly.': '正确率超过 70 %：可以继续，简要解释即可。',
  'On the wall': '投影上',
  '{0} of {1} steps seen': '{1} 个要点中已看到 {0} 个',
  'No window plays the lanes: open the wall’s page on the machine that runs the demo.':
    '没有窗口在运行泳道：请在运行演示的机器上打开投影页。',
  'A page of self-study plays the lanes, not the wall: open the wall’s page, and it takes over.':
    '在运行泳道的是自学页，不是投影页：请打开投影页，它会接管。',
  'If the lanes fail:': '如果泳道出现故障：',
  'Play the recording on the wall': '在投影上播放录像',
  'For you': '教师提示',
  'Let everybody vote alone. Do not say yet which answer is right, nor show it by your face.':
    '让每个人独立投票。先不要说出正确答案，也不要流露在表情上。',
  'Students now convince each other. What they talk about:': '现在让学生互相说服。讨论的内容：',
  'Each step ticks by itself when it has happened on the wall. What to say if somebody asks why:':
    '每个要点在投影上出现后会自动打勾。如果有人问为什么，可以这样回答：',
  'If it does not tick:': '如果没有打勾：',
  right: '正确',

  // Lessons to take alone
  'Lessons to take alone': '自学课程',
  'Predict first': '请先预测',
  'What is right you see for yourself, in a moment.': '哪个正确，你马上就会亲眼看到。',
  'Nobody is beside you, so write it down: why is your answer right, and why would somebody choose another?':
    '身边没有邻座，那就写下来：你的答案为什么对？别人为什么会选另一个？',
  Lanes: '泳道',
  'Begin with {0} lanes': '用 {0} 条泳道开始',
  'Worksheet of your run': '你这次运行的练习单',
  'There is no run of this lesson to read from: go back and observe it first.':
    '还没有本课的运行可供读数：请先返回并观察。',
  Check: '检查',
  'Save as a file': '保存为文件',
  'The file is for: pushlab check {0} FILE': '该文件用于：pushlab check {0} FILE',
  '✓ Right for your run.': '✓ 与你的运行相符。',
  '✗ Your run says {0}.': '✗ 你的运行给出 {0}。',
  'Nothing written yet.': '尚未填写。',
  '✗ This may be {0} or {1}: write it without the comma.': '✗ 这可能是 {0}，也可能是 {1}：请不带逗号填写。',
  '✗ This is no number: write 0.5 or 0,5.': '✗ 这不是数：请写成 0.5 或 0,5。',
  'This did not happen in your run.': '你的运行中没有出现这一现象。',

  // The page that plays the lanes.
  'Lanes are slowed: bring this page to the front': '各泳道已变慢：请把此页面切到前台',
  'This page was in the background from {0} to {1}: browsers slow its timers, and delays of that time say nothing.':
    '此页面从 {0} 到 {1} 处于后台：浏览器会放慢它的定时器，那段时间的延迟没有意义。',
  Understood: '知道了',
  'The demo was away for so long that some of what the lanes saw is gone: begin the stage anew before you read counters.':
    '演示程序离开太久，各泳道看到的一部分内容已丢失：请先重新开始舞台，再读取计数。',
  'Phones cannot open this: for them start the demo with --lan.':
    '手机无法打开这个地址：要让手机加入，请用 --lan 启动演示。',
  'Vote {0}: has your neighbour convinced you?': '第 {0} 次投票：你的邻座说服你了吗？',
  'Numbers of this run': '本次运行的数字',
}
