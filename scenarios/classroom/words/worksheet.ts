import type { Catalogue } from '../../../report/words/say.ts'

/** What a worksheet says besides its lesson, and who grades it: scenarios/classroom/lessons/worksheet. */
export const worksheet: Catalogue = {
  // scenarios/classroom/lessons/worksheet.ts
  Worksheet: '练习单',
  Date: '日期',
  Group: '小组',
  '1. Predict, alone': '1. 独立预测',
  '2. Discuss': '2. 讨论',
  'Turn over when everybody has predicted.': '所有人都预测完之后，再翻到背面。',
  '3. Observe': '3. 观察',
  '4. Explain': '4. 解释',
  'Why did it happen as it did? What did your prediction leave out?': '为什么会这样？你的预测漏掉了什么？',
  '5. Transfer': '5. 迁移',
  Because: '理由',
  'Answer key, for the teacher': '答案与说明（教师用）',
  Numbers: '数值',
  'Every student has a run of their own: their own run decides, and theory stands beside it. pushlab check grades a saved worksheet in this way.':
    '每个学生都有自己的运行：以自己的运行为准，旁边列出理论值。pushlab check 就是这样评判保存的练习单的。',
  Question: '问题',
  Theory: '理论',
  Accepted: '可接受范围',
  'If a step does not tick': '如果某一步没有打勾',
  Advice: '建议',
  'First vote: alone and in silence. Below 35 % right: explain the matter anew before you go on. From 35 to 70 %: let neighbours discuss, then vote again. Above 70 %: go on, and have one of them say why.':
    '第一次投票：独立、安静地进行。答对的不到 35 %：先重新讲解，再继续。35 % 到 70 %：让邻座讨论，然后再投一次。超过 70 %：继续，并请一位答对的同学说明理由。',
  'Each wrong option is a misconception that people really have. Ask for the reason before you give yours.':
    '每个错误选项都是真实存在的误解。先问理由，再说出你的解释。',
  'If live fails, play the recording of the lesson: the steps tick from it as well, and the page says that it is a recording.':
    '如果现场演示失败，请播放本课的录像：步骤同样会根据录像打勾，页面也会注明这是录像。',
  'Numbers differ from machine to machine and from run to run. A surprising one is worth a second run, not a correction by hand.':
    '数值因机器而异，每次运行也不同。遇到意外的数值，值得再运行一次，而不要动手修正。',
  'Lesson {0}: {1}': '第 {0} 课：{1}',
  'On the stage: {0}. Events a second: {1}; payload: {2} B; poll interval: {3} ms.':
    '舞台上：{0}。每秒事件数：{1}；有效载荷：{2} B；轮询间隔：{3} ms。',
  'Read off your own run': '从自己的运行中读出',
  'Your prediction': '你的预测',
  'Your run': '你的运行',
  Unit: '单位',
  'a count': '个',
  "± {0} of the run's own value, or ± {1}": '自己运行所得值的 ± {0}，或 ± {1}',
  "± {0} of the run's own value": '自己运行所得值的 ± {0}',
  "exactly the run's own value": '与自己运行所得值完全一致',
  // scenarios/commands/check.ts
  '✓ right': '✓ 正确',
  '✗ off': '✗ 不符',
  '– no answer': '– 未作答',
  '? not seen in this run': '? 本次运行中没有看到',
  'your answer': '你的答案',
  'your run': '你的运行',
  verdict: '判定',
  'theory: {0}': '理论：{0}',
  'All {0} are right.': '全部 {0} 题正确。',
  '{0} of {1} are right.': '{1} 题中有 {0} 题正确。',
  'Look again at {0}.': '请再看看第 {0} 题。',
  'To be observed first, then answered: {0}.': '需要先观察再作答：第 {0} 题。',
}
