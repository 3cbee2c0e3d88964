import type { Catalogue } from '../../../report/words/say.ts'

/** What `pushlab demo` says in the terminal: scenarios/commands/demo.ts. */
export const demo: Catalogue = {
  'Setting up the classroom...': '正在准备课堂……',
  'The class is over.': '课堂已结束。',
  'The class cannot be kept on this disk ({0}): if the demo is broken off, the next one begins anew. The class itself goes on.':
    '无法把这堂课保存到磁盘（{0}）：如果演示中断，下一次将重新开始。课堂本身不受影响。',
  'The class is here again, but its stage could not be set up: {0} To set it up, go to another phase and back.':
    '课堂已恢复，但未能布置舞台：{0} 要布置舞台，请先切换到另一个阶段，再切换回来。',
  Projector: '投影页',
  'Self-study': '自学页',
  Worksheets: '练习单',
  Students: '学生页',
  'Also open at': '还可以从这里打开',
  'Other addresses, for --lan': '其他地址，可用于 --lan',
  '{0}: this machine is on the internet through it, and phones are probably in the same network':
    '{0}：本机通过它上网，手机多半也在同一个网络',
  '{0}: another network of this machine': '{0}：本机所在的另一个网络',
  '{0}: of a VPN, a container or a virtual machine, or given by nobody; phones hardly reach it':
    '{0}：属于 VPN、容器或虚拟机，或者不是网络分配的；手机很难连上',
  '{0}, answers: {1}': '{0}，答案：{1}',
  '{0} with the code {1}': '{0}，加入码 {1}',
  'The classroom is open, on this machine and in its network.':
    '课堂已开放：本机以及本机所在的网络都可以访问。',
  'The classroom is open, on this machine alone; with --lan also in its network.':
    '课堂已开放：仅限本机；加上 --lan 后，本机所在的网络也可以访问。',
  'It goes on with the class that was broken off: --fresh begins a new one.':
    '它接着上一次中断的课堂继续；用 --fresh 可以重新开始。',
  "The long part of an address is the key of this class: it is for the teacher alone. Open the projector's page on this machine, for the lanes play here. Ctrl-C ends the class.":
    '地址中较长的一段是这堂课的密钥，只供教师使用。请在本机打开投影页，因为各条泳道在本机运行。按 Ctrl-C 结束课堂。',
}
