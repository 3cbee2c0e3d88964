import type { Catalogue } from '../say.ts'

/** The page around what was found: its sections, tables, notes, drawings and tools; embedded in it for its script. */
export const page: Catalogue = {
  // Around all
  'To the answer': '跳到结论',
  'Which push technique? pushlab, run {0}': '该用哪种推送技术？pushlab，运行 {0}',
  'How should a server push events to a web page?': '服务器应当如何向网页推送事件？',
  'Run {0}, {1} trials on {2} cores, {3}.': '运行 {0}，{1} 次试验，{2} 个核心，{3}。',
  Sections: '章节',
  '{0}.': '{0}。',
  'The run was interrupted: what is missing could change it.': '本次运行被中断：缺少的部分可能会改变结果。',

  // The questions, and what the navigation calls them
  Pick: '首选',
  'Which technique should I pick?': '我该选哪种技术？',
  Trust: '可信度',
  'Can I trust this run?': '这次运行可信吗？',
  Compare: '比较',
  'How do they compare?': '它们相比如何？',
  Delay: '延迟',
  Steady: '平稳性',
  'Was it steady?': '运行平稳吗？',
  Wire: '线路',
  Time: '时间',
  'Where does the time go?': '时间花在哪里？',
  Server: '服务器',
  Network: '网络',
  'What if the network is slow or breaks?': '网络缓慢或中断时会怎样？',
  Claims: '说法',
  'Which claims held?': '哪些说法成立？',
  Changed: '变化',
  'What changed since last time?': '与上次相比有什么变化？',
  Facts: '事实',
  'What can each do at all?': '每种技术究竟能做什么？',
  Method: '方法',
  'On what machine, how measured, how to repeat?': '在什么机器上，如何测量，如何重复？',

  // Badges
  '✓ valid': '✓ 有效',
  '! use with care': '! 谨慎使用',
  '✕ not valid': '✕ 无效',
  '– not measured': '– 未测量',
  valid: '有效',
  'use with care': '须谨慎使用',
  'not valid': '无效',
  'not measured': '未测量',
  'Bytes, requests and losses': '字节、请求与丢失',
  'Delays and CPU time, compared with each other': '延迟与 CPU 时间，相互比较',
  'The same in milliseconds of this machine': '同样的数值，以本机的毫秒计',
  '{0}: {1} in {2} of {3} cells.': '{0}：{3} 个单元中有 {2} 个{1}。',

  // The alarm
  '✕ Not all is well with this run.': '✕ 这次运行并非一切正常。',
  'The run was interrupted.': '本次运行被中断。',
  '{0} of {1} planned trials are missing.': '计划的 {1} 次试验中缺少 {0} 次。',
  '{0} trial failed.': '{0} 次试验失败。',
  '{0} trials failed.': '{0} 次试验失败。',
  'These experiments failed: {0}.': '这些实验失败了：{0}。',
  'Events: {0} lost, {1} duplicated, {2} reordered.': '事件：丢失 {0} 个，重复 {1} 个，乱序 {2} 个。',

  // Pick
  Picks: '首选',
  'If you need most': '如果最看重',
  Because: '理由',
  'Runner-up, times the pick': '次选，为首选的倍数',
  'Can it be trusted?': '可信吗？',
  'none that were compared is told apart': '参与比较的技术都不能区分',
  'not told apart: the load agent may have made the difference': '不能区分：差异可能来自负载进程',
  'not told apart: such trials see differences from about {0} on':
    '不能区分：这样的试验约能看出 {0} 以上的差异',
  'Measured and never picked, for it is history: {0}.': '测量过但不作为首选，因为已成历史：{0}。',
  'no other here can do it': '这里没有其他技术能做到',
  'Survives cuts': '经得起断线',
  'Not measured in this run: the experiment resume cuts connections.':
    '本次运行未测量：切断连接的是实验 resume。',
  'No event lost, doubled or reordered over {0} cuts each, coming back with the cursor':
    '每种技术断线 {0} 次，带游标重连，没有事件丢失、重复或乱序',
  'all that were tried': '所有试过的技术',
  '{0}: {1} lost, {2} twice, {3} out of order': '{0}：丢失 {1} 个，重复 {2} 个，乱序 {3} 个',
  'Values are geometric means of trials, which divide to the ratios. There is no total score: what matters depends on what you build.':
    '数值是各次试验的几何平均值，相除即得所列的倍数。没有总分：看重什么取决于您要构建什么。',
  'Nothing was measured.': '没有测量任何内容。',
  'This run has no comparison of techniques, and so no pick. What it found:':
    '本次运行没有对各种技术的比较，因此没有首选。它的发现如下：',
  'What does your application have to keep?': '您的应用必须满足什么要求？',
  'What is judged is the delay that 99 % of events kept, the p99 of all trials together with its interval; the longest delay, which by itself fails nothing, where they have too few events or moments for that. It is judged by the nearest load that was measured, which each reason names; a load that you do not name is, for all techniques, the common load: that of the main comparison, {0}.':
    '评判的是 99 % 的事件所能保持的延迟：所有试验合在一起的 p99 及其区间；若事件或时刻太少、不足以得出 p99，则用最长延迟，但单凭它不判为不符合。评判依据是测量过的最接近的负载，每条原因都写明了它；您未指定的负载，对所有技术都取共同负载，即主要比较的负载：{0}。',
  'At the load that you ask for, a technique fits where the interval ends within your delay, fails where it begins beyond, and is borderline in between. From other loads two things are inferred, with care, for more load is not always slower: it fits where the nearest with at least as many subscribers and events was in time; it fails where one with at most as many was late, and nothing that bore more than that one was in time. Short polling is as late as its interval, and is judged by the interval that it needs. Your machine and network are taken to be as fast as these.':
    '在您要求的负载下，区间的上端在您的延迟之内则符合，下端超出则不符合，介于其间则为临界。由其他负载谨慎地推断两点，因为负载更高并不总是更慢：若订阅者数和事件数都不低于要求的最接近的单元及时，则符合；若两者都不高于要求的某个单元太晚，且没有负载不低于该单元的单元及时，则不符合。短轮询的延迟取决于轮询间隔，因此按它所需的间隔来评判。这里假定您的机器和网络与这里的一样快。',
  'Techniques by your budget': '按您的要求看各种技术',
  'Fits?': '符合吗？',
  Why: '原因',
  'What was shown': '测得的结果',
  'Under what load': '在何种负载下',
  '✓ fits': '✓ 符合',
  '? borderline': '? 临界',
  '✕ fails': '✕ 不符合',
  '? not measured': '? 未测量',
  '99 % of events within, ms': '99 % 的事件须在多久之内到达，ms',
  'Subscribers at once': '同时在线的订阅者数',

  'This may be {0} or {1}, and no limit is taken from it: write it without the comma.':
    '这可能是 {0}，也可能是 {1}：不作为限制。请不带逗号填写。',
  'This is no number above 0: no limit is taken from it.': '这不是大于 0 的数：不作为限制。',
  'Techniques: {0}.': '各种技术：{0}。',
  '{0} fits': '{0} 种符合',
  '{0} fit': '{0} 种符合',
  '{0} borderline': '{0} 种处于边界',
  '{0} fails': '{0} 种不符合',
  '{0} fail': '{0} 种不符合',
  '{0} not measured': '{0} 种未测量',

  // What a scenario was, and what it found
  'Median round trip': '往返时间中位数',
  'Of the requests of {0}, {1} brought nothing.': '{0}的请求中有 {1} 空手而归。',
  '{0}. {1}': '{0}。{1}',
  'Packets per delivered event. {0}': '每个送达事件的数据包数。{0}',
  'Payload’s share of the TCP stream. {0}': '有效载荷在 TCP 流中所占的比例。{0}',
  'What a new connection takes in headers of TCP/IP is not in them: the kernel’s count is missing.':
    '其中不含新建连接所需的 TCP/IP 头部：没有内核的统计。',
  'Delays take three trials or more.': '延迟至少要三次试验才能给出。',
  'mean delay': '平均延迟',
  'Mean delay. {0}': '平均延迟。{0}',
  'Load agent CPU per 1,000 events. {0}': '每 1,000 个事件的负载进程 CPU。{0}',
  'Server CPU per 1,000 events. {0}': '每 1,000 个事件的服务器 CPU。{0}',
  'Client’s cost, median. {0}': '客户端的代价，中位数。{0}',
  '{0}: no delay is valid.': '{0}：没有有效的延迟。',
  ', for {0} requests per second and subscriber': '，每个订阅者的每秒请求数为 {0}',
  ', for 1 request per second and subscriber': '，每个订阅者每秒 1 个请求',
  'The server stood still for {0}.': '服务器停顿了 {0}。',
  'too few events or moments to tell': '（事件或时刻太少，无法给出）',
  '{0}: p99 from the schedule {1}, from publication {2}.':
    '{0}：p99 从应发时刻算起为 {1}，从发布时刻算起为 {2}。',
  '{0}: of {1} events {2} lost, {3} duplicated, {4} reordered.':
    '{0}：{1} 个事件中，丢失 {2} 个，重复 {3} 个，乱序 {4} 个。',
  'Expected:': '预期：',
  'All figures, with their intervals and badges': '全部数值，附区间和可信度标记',
  'who publish {0} in turn': '轮流发布，{0}',
  'short polls every {0} ms': '每 {0} ms 一次短轮询',
  'Scenario {0}: {1}.': '场景 {0}：{1}。',
  '{0} to {1} subscribers': '{0} 到 {1} 个订阅者',
  '{0} to {1} events per second': '每秒 {0} 到 {1} 个事件',
  'up to {0} trials of {1} s each': '最多 {0} 次试验，每次 {1} s',
  '{0} trial of {1} s': '{0} 次试验，{1} s',
  '{0} trials of {1} s each': '{0} 次试验，每次 {1} s',
  'bursts of {0} events every {1} ms': '每 {1} ms 突发 {0} 个事件',
  '{0} (Poisson, seed {1})': '{0}（泊松，种子 {1}）',
  '{0} (constant)': '{0}（匀速）',
  'no event at all': '没有任何事件',
  'Varied: {0}: {1}.': '变量：{0}：{1}。',
  'Varied: {0}.': '变量：{0}。',
  'The same as a table': '同样的内容，以表格显示',
  'This table is made from the records in this file when scripts run; without them pushlab report and the files beside this one have the same figures.':
    '运行脚本时，此表由本文件中的记录生成；不运行脚本时，pushlab report 和本文件旁边的文件有同样的数值。',

  // Searches
  'Every trial held up to': '每次试验都达标的最大值',
  'None held from': '没有一次达标的最小值',
  Trials: '试验次数',
  'What ran out': '耗尽的资源',
  'With at most 1 % of the deliveries of a trial later than {0} ms, in the order of the registry.':
    '每次试验中延迟超过 {0} ms 的投递不多于 1 %，按登记顺序列出。',
  'every trial held up to {0}': '直到{0}，每次试验都达标',
  'not every trial held at {0}': '{0}时，并非每次试验都达标',
  'none held from {0} on': '从{0}起，没有一次达标',
  'the largest tried': '这是所试的最大值',
  'at nothing that was tried did all fail': '所试的值中，没有一个是全部不达标的',
  'with one trial at the value that decides': '决定性的值只有一次试验',
  'with {0} trials at the value that decides': '决定性的值只有 {0} 次试验',
  'the load agent ran out of CPU, and a server may do more': '负载进程耗尽了 CPU，服务器也许还能承受更多',
  'the server ran out of CPU': '服务器耗尽了 CPU',
  'neither process ran out of CPU': '两个进程都没有耗尽 CPU',
  'the load agent’s CPU': '负载进程的 CPU',
  'the server’s CPU': '服务器的 CPU',
  'neither process was full': '两个进程都未占满',
  'nothing, up to the largest tried': '直到所试的最大值都没有耗尽',
  'not found': '未找到',

  // Trust
  'The run': '本次运行',
  'Below, a cell shows a badge only where something was found of it, and not of the whole run.':
    '下文中，只有问题出自某个单元本身、而非整个运行时，该单元才显示可信度标记。',
  '{0}, trial {1}: {2}': '{0}，第 {1} 次试验：{2}',
  '{0} planned cell has no record at all.': '计划中有 {0} 个单元完全没有记录。',
  '{0} planned cells have no record at all.': '计划中有 {0} 个单元完全没有记录。',
  '{0}, {1} {2}': '{0}，{1}（{2}）',
  '{0}, {1}': '{0}，{1}',
  '{0} cells': '{0} 个单元',
  '{0} cells: {1}': '{0} 个单元：{1}',
  '{0} findings': '{0} 处',
  '{0} of {1} planned trials are here.': '计划的 {1} 次试验中，有 {0} 次的记录。',
  'This measures what is missing:': '用这条命令测量缺少的部分：',
  'Some of it is not valid. What is not valid in milliseconds is struck through below; what is not valid as a comparison is never ranked.':
    '其中有一些无效：毫秒值无效的在下文中划去，比较无效的不参与排名。',
  'The others failed.': '其余的失败了。',
  'Every byte of the tapped subscribers is accounted for. Quote the figures with these reservations:':
    '被监听订阅者的每个字节都有据可查。引用这些数值时，请注明以下保留意见：',
  'Nothing speaks against it.': '没有发现任何问题。',
  'A/A in {0}: {1}, measured twice, took {2}{3} its own median delay, within a round. Differences of median delays up to {4} are noise.':
    '{0} 中的 A/A 对照：{1}测量两次，在同一轮内，第二次的延迟中位数是第一次的 {2}{3}。延迟中位数相差在 {4} 以内的都是噪声。',
  'Does measurement agree with theory?': '测量结果与理论相符吗？',
  ' A further {0} are not valid.': '另有 {0} 个无效。',
  'Of {0} figures that a model predicts {1} are within their tolerance, {2} beyond it.':
    '模型预测的 {0} 个数值中，{1} 个在容差之内，{2} 个超出容差。',
  '{0} figures within the tolerance': '在容差之内的 {0} 个数值',
  'Beyond the tolerance': '超出容差',
  'Within the tolerance': '在容差之内',
  Where: '位置',
  Figure: '数值',
  Model: '模型',
  Measured: '测量值',
  'Off by': '偏差',
  Tolerance: '容差',
  Badge: '可信度',
  'Mean delay': '平均延迟',
  'Longest delay': '最长延迟',
  exactly: '完全一致',

  // Tables of figures
  'Median over trials, with its 95 % interval where there are six trials or more, else min-max; p99 of the delays of all trials together, its interval by a bootstrap over trials; the longest of all. Times: geometric mean of the ratios within a round. Lower is better in every column. Struck through: not valid.':
    '各次试验的中位数；试验达到六次时附其 95 % 区间，否则附最小值到最大值；p99 由所有试验的延迟合并得出，其区间由对试验的自助法得出；最长延迟取全部之中的最长者。倍数是同一轮内比值的几何平均值。每一列都是越低越好。划去的数值无效。',
  'Median over trials (min-max); p99 of the delays of all trials together, and the longest of all. Lower is better in every column. Struck through: not valid.':
    '各次试验的中位数（最小值到最大值）；p99 由所有试验的延迟合并得出，最长延迟取全部之中的最长者。每一列都是越低越好。划去的数值无效。',
  Comparison: '比较',
  Timing: '计时',
  Comparing: '比较',
  Counting: '计数',
  'Delay, median': '延迟，中位数',
  'Delay, p99': '延迟，p99',
  'Delay, mean': '延迟，平均值',
  'Delay, longest': '延迟，最大值',
  'Instrument’s bound, median': '仪器的界限，中位数',
  'Client’s cost, median': '客户端的代价，中位数',
  'Client’s cost, mean': '客户端的代价，平均值',
  'Delay from publication, median': '从发布算起的延迟，中位数',
  'Delay from publication, p99': '从发布算起的延迟，p99',
  'Round trip, median': '往返时间，中位数',
  'Round trip, p99': '往返时间，p99',
  'Bytes per event with TCP/IP headers': '每个事件的字节数，含 TCP/IP 头部',
  'Packets per event': '每个事件的数据包数',
  'Overhead per event': '每个事件的额外开销',
  'Empty answers': '空响应',
  'Bytes/s per subscriber': '每个订阅者每秒字节数',
  'Bytes to set up': '建立连接的字节数',
  'Bytes besides events': '事件以外的字节数',
  'Server memory (RSS)': '服务器内存（RSS）',
  'Load agent CPU per 1,000 events': '每 1,000 个事件的负载进程 CPU',
  'Payload share': '有效载荷所占比例',
  'Memory per subscriber': '每个订阅者的内存',
  'Lost / duplicated / reordered': '丢失 / 重复 / 乱序',
  'After cuts': '断线之后',
  'Median, times the lowest': '中位数，为最低者的倍数',
  'Median, times the floor': '中位数，为基线的倍数',
  Delays: '延迟',
  'Bytes and requests': '字节与请求',
  'Setting up, and the server': '建立连接与服务器',
  lowest: '最低',
  more: '更高',
  '{0}{1} the lowest': '最低者的 {0}{1}',
  'too few': '太少',
  'too few events': '事件太少',
  'too few moments': '时刻太少',
  'all of {0} there': '{0} 个全部到达',
  '{0} of {1} lost, {2} twice, {3} out of order': '{1} 个中丢失 {0} 个，重复 {2} 个，乱序 {3} 个',
  'modelled {0}': '模型值 {0}',
  'model {0}, exactly': '模型 {0}，完全一致',
  'model {0}, {1}': '模型 {0}，{1}',
  'In other situations': '在其他情形下',

  // Delay
  'From when the schedule asked for an event to when its last byte arrived. Each point is read from the delays of all trials together, p50 the median over trials; a percentile is shown only where at least ten events, and of the moments at which they were due at least one, lie beyond it.':
    '从时间表要求发出事件到其最后一个字节到达为止。每个点都由所有试验的延迟合并得出，p50 则是各次试验的中位数；只有当至少有十个事件、且其应发时刻中至少有一个落在某个百分位数之外时，才给出该百分位数。',
  'What changes it?': '什么会改变它？',
  'No delays were measured.': '没有测量延迟。',

  // Steady
  'There is no comparison to look at over time.': '没有可以随时间查看的比较。',
  'When were events late?': '事件在什么时候迟到？',
  'One trial of each technique in {0}, the one with the median p50; darker means more of the events that were due in that moment.':
    '{0} 中每种技术取一次试验，即 p50 居中的那次；颜色越深，表示该时刻应发的事件中落在此处的越多。',
  'No moment of these trials stands out: no slice’s longest delay is more than {0} times the usual one of its technique.':
    '这些试验中没有特别突出的时刻：没有一个时间片的最长延迟超过其技术通常值的 {0} 倍。',
  '{0} had its longest delay, {1}, {2} s into the window; {3} is the usual longest of a slice.':
    '{0}的最长延迟为 {1}，出现在测量窗口开始后 {2} s；时间片的最长延迟通常为 {3}。',
  Trial: '试验',
  'First, middle and last third, median delay': '前、中、后三分之一的延迟中位数',
  'Longest delay of a slice, usual': '时间片最长延迟的通常值',
  At: '出现时刻',
  'Garbage collections, server': '垃圾回收，服务器',
  'Garbage collections, load agent': '垃圾回收，负载进程',
  'Longest pause, server': '最长停顿，服务器',
  'Longest pause, load agent': '最长停顿，负载进程',
  'Delays over time': '延迟随时间的变化',

  // Wire and time
  'The very bytes of one event': '一个事件的实际字节',
  'The event that was captured is number 1: numbers with more digits, and lengths with more digits, take a byte or two more, which is what the averages above show.':
    '捕获的是编号为 1 的事件：编号或长度的位数更多时，要多占一两个字节，上面的平均值即是如此。',
  'This run has not looked at the first seconds of a subscription: the experiment first-seconds does.':
    '本次运行没有观察订阅的最初几秒：这由实验 first-seconds 完成。',
  'No event arrived.': '没有事件到达。',
  'The heads of a request and its answer are shared by all events of that answer, in {0} {1}: the one that was captured had them to itself.':
    '一次请求及其响应的头部由该响应中的所有事件分摊，在 {0} 中{1}；而捕获的事件独占一份头部。',
  'about {0} with {1}': '{1}约 {0} 个',
  'Subscribed, in round trips of {0}: {1}.': '完成订阅所用的往返次数（每次往返 {0}）：{1}。',
  'after {0}: {1}': '{0} 次：{1}',
  'Each event then took {0}.': '此后每个事件所用的时间：{0}。',
  'about half a round trip ({0}) with {1}': '{1}约为半个往返时间（{0}）',
  '{0} to {1} with {2}': '{2}为 {0} 到 {1}',
  '{0}, where they wait for the next poll': '{0}，因为要等下一次轮询',
  'One request was enough for {0}.': '只需一个请求的有：{0}。',
  'One request was enough for {0};': '只需一个请求的有：{0}；',
  '{0} in the same time.': '同样的时间内，{0}。',
  '{0} made {1}': '{0}发出 {1} 个请求',
  'From schedule to application': '从应发到应用程序',
  'What a delay is made of was not recorded in {0}.': '{0} 中没有记录延迟由哪些部分组成。',
  'Means over a seeded sample of {0} subscribers and over trials: means add, medians do not. Fan-out is an event’s turn in the broadcast; the way is what remains until it arrived.':
    '对按种子抽取的 {0} 个订阅者以及各次试验取平均：平均值可以相加，中位数不能。分发是事件在广播中等待轮到的时间；途中是到达之前余下的时间。',
  'Parts of a delay': '延迟的组成部分',
  'The first seconds of a subscription': '一次订阅的最初几秒',
  'First seconds': '最初几秒',
  Connections: '连接数',
  Requests: '请求',
  'Subscribed after': '完成订阅用时',
  'Time connecting': '建立连接的时间',
  'Time waiting': '等待的时间',
  'Time receiving': '接收的时间',
  'Delay of each event': '每个事件的延迟',

  // Server
  'In no scenario did the load agent use more than {0} of a core: what is slow is not the generator of the load.':
    '在所有场景中，负载进程使用的都不超过一个核心的 {0}：慢的不是负载的产生者。',
  'In {0} the load agent used more than {1} of a core: there its delays are not the server’s, and the gate does not let them pass.':
    '在{0}中，负载进程使用的超过一个核心的 {1}：那里的延迟不是服务器的，可信度检查不予通过。',
  'Server CPU, of one core': '服务器 CPU，占一个核心',
  'Load agent CPU, of one core': '负载进程 CPU，占一个核心',
  'Connections held': '保持的连接数',
  'Memory per subscriber was not measured in this run: the experiment memory-per-subscriber does.':
    '本次运行没有测量每个订阅者的内存：这由实验 memory-per-subscriber 完成。',
  'What does one more subscriber cost in memory?': '每多一个订阅者，要多用多少内存？',
  'Bytes of the server’s process and of the kernel’s end of the socket, by least squares over three numbers of held connections, with the 95 % interval of the slope.':
    '服务器进程以及内核中套接字一端的字节数，对三种保持的连接数用最小二乘法得出，附斜率的 95 % 区间。',
  'How far does it go?': '极限在哪里？',
  'What memory and saturation were seen to be': '观察到的内存与饱和情况',

  // Network
  'What is lost by connections that are cut?': '连接被切断会丢失什么？',
  'What is lost by cuts': '断线造成的丢失',
  'No connection was cut in this run: the experiment resume does.':
    '本次运行没有切断连接：这由实验 resume 完成。',
  'Over {0} cuts no technique lost, doubled or reordered an event when it came back with its cursor.':
    '断线 {0} 次，带游标重连时，没有一种技术丢失、重复或打乱事件。',
  'Over {0} cuts events were lost, doubled or reordered with {1}.':
    '断线 {0} 次，出现事件丢失、重复或乱序的有：{1}。',
  Cuts: '断线次数',
  'Events published': '发布的事件数',
  'Lost with the cursor': '有游标时丢失',
  Twice: '重复',
  'Out of order': '乱序',
  'Lost without the cursor': '没有游标时丢失',
  'Lost beyond the server’s history': '超出服务器历史而丢失',
  'Of those, told of': '其中已告知的',
  'What do delay, proxies and stalls do?': '延迟、代理和停顿有什么影响？',
  'What networks and proxies were seen to do': '观察到的网络与代理的行为',

  // Experiments
  'All {0} rows': '全部 {0} 行',
  'With {0}.': '所用软件：{0}。',
  yes: '是',
  no: '否',

  // Claims and published figures
  'What lecture notes, blogs and papers say about push techniques, each with a rule that was fixed before the run: {0}.':
    '讲义、博客和论文关于推送技术的说法，每条都有在运行之前就确定的判定规则：{0}。',
  Claim: '说法',
  Verdict: '判定',
  '{0} held': '{0} 条成立',
  '{0} did not hold': '{0} 条不成立',
  '{0} depends': '{0} 条视情况而定',
  '{0} inconclusive': '{0} 条无法定论',
  '{0} not tested here': '{0} 条本次未检验',
  held: '成立',
  'did not hold': '不成立',
  depends: '视情况而定',
  inconclusive: '无法定论',
  'not tested here': '本次未检验',
  'Rule and evidence': '规则与证据',
  'Rule:': '规则：',
  '{0} claim was not tested in this run': '有 {0} 条说法本次未检验',
  '{0} claims were not tested in this run': '有 {0} 条说法本次未检验',
  'What have others published, and what is it here?': '别人发表过什么数值，在这里又是多少？',
  'Published figures': '发表过的数值',
  Published: '发表值',
  Here: '本次测量',
  'What differs': '有何不同',
  '{0} published figure was not measured in this run': '有 {0} 个发表过的数值本次未测量',
  '{0} published figures were not measured in this run': '有 {0} 个发表过的数值本次未测量',

  // Changed
  'This report was made without an earlier run to compare with.': '生成本报告时没有可供比较的早先运行。',
  'Run {0} of {1} against this one.': '{1} 的运行 {0} 与本次运行相比。',
  '✕ The runs are not alike.': '✕ 两次运行的条件不同。',
  'A difference says nothing about the code: {0}.': '差异不能说明代码有变化：{0}。',
  'The runs have no cell in common.': '两次运行没有共同的单元。',
  'No event was newly lost, duplicated or reordered.': '没有新出现的丢失、重复或乱序的事件。',
  '{0} worse': '{0} 个变差',
  '{0} newly not valid': '{0} 个变为无效',
  '{0} better': '{0} 个变好',
  '{0} not told apart': '{0} 个不能区分',
  '{0} not valid': '{0} 个无效',
  '{0} not recorded': '{0} 个没有记录',
  '{0} the same within noise': '{0} 个差异在噪声范围内',
  'Gone, for the new run has nothing of them: {0}.': '不再有的（新的运行中完全没有）：{0}。',
  'Only in the new run: {0}.': '只在新的运行中有：{0}。',
  'Delays are not compared, for {0} and {1} measured them.':
    '未比较延迟，因为测量它们的工具不同：{0} 和 {1}。',
  'Of median delays differences from about {0} on would have been seen in half of the cells.':
    '就延迟中位数而言，在半数单元中约能看出 {0} 以上的差异。',
  'not told apart: {0} trials see differences from about {1} on':
    '不能区分：{0} 次试验约能看出 {1} 以上的差异',
  'from nothing': '从无到有',
  'Events lost': '丢失的事件',
  'Events duplicated': '重复的事件',
  'Events reordered': '乱序的事件',
  'Worse or better is only what Welch’s test calls so after Holm’s correction, and what exceeds the noise of either run. Values are geometric means of trials, a p99 that of all trials together.':
    '只有经 Holm 校正后 Welch 检验判定显著、且超过任一次运行的噪声的，才称为变差或变好。数值是各次试验的几何平均值，p99 则由所有试验的延迟合并得出。',
  'Worse or better': '变差或变好',
  'The same, or not told': '相同，或不能判断',
  '{0} figures of which nothing else is told': '其余 {0} 个数值',
  Before: '以前',
  Now: '现在',
  'Now, times before (95 % interval from six trials on)': '现在为以前的倍数（六次试验起附 95 % 区间）',
  '✕ Not compared.': '✕ 未能比较。',
  'The file {0} could not be compared: {1}': '文件 {0} 无法比较：{1}',
  'Drop an earlier run here: the JSON that its report saves, or the report itself.':
    '把早先的运行拖放到这里：其报告保存的 JSON，或报告本身。',
  '{0} is UTF-16. Save it as UTF-8, then try again.': '{0} 是 UTF-16 编码。请另存为 UTF-8，然后重试。',
  '{0} is neither the JSON of a run nor a report. A report saves its records at its end.':
    '{0} 既不是运行的 JSON，也不是报告。报告的末尾可以保存其记录。',
  '{0} has the schema {1}, which is not that of this page ({2}, {3}): measure again with the same version.':
    '{0} 的格式为 {1}，与本页的（{2}、{3}）不同：请用同一版本重新测量。',
  '{0} holds no records of a run. A report saves its records at its end.':
    '{0} 中没有运行的记录。报告的末尾可以保存其记录。',

  // Facts
  'The table holds facts with their sources, not measurements.': '表中是附有出处的事实，不是测量结果。',
  Techniques: '技术',
  'Who begins': '由谁发起',
  'Resumed by': '凭什么续传',
  'Ends when': '何时结束',
  Direction: '方向',
  'Where it stands': '现状',
  Specification: '规范',
  'down; up by requests beside it': '下行；上行另用请求',
  'both, on one connection': '双向，在一条连接上',
  'No browser has {0} built in: a page loads its client first, {1}, or {2} with gzip. That is in no figure here.':
    '没有浏览器内置 {0}：页面要先加载其客户端，{1}，用 gzip 压缩后为 {2}。这不计入这里的任何数值。',
  'Rules of the conformance suite that do not hold': '不适用的一致性测试规则',
  '{0} {1}: {2}': '{0}（{1}）：{2}',
  '{0} cell was left out': '略去了 {0} 个单元',
  '{0} cells were left out': '略去了 {0} 个单元',
  'Left out because {0}. {1}.': '略去的原因：{0}。{1}。',
  'What browsers and servers were seen to do': '观察到的浏览器与服务器的行为',

  // Method
  'To repeat it: {0}': '重复运行的命令：{0}',
  'What each number means': '每个数值的含义',
  'From the time for which the feed’s schedule asked for an event to the moment at which its last byte arrived at the subscriber, on the host’s monotonic clock; where a client library reads, until it had parsed it. The schedule is open loop: it never waits for subscribers. Samples are the events due in the window, whenever they arrive.':
    '从事件源的计划要求发布事件的时刻，到其最后一个字节抵达订阅者的时刻，按主机的单调时钟计；由客户端库读取时，则到库解析完为止。计划是开环的：从不等待订阅者。样本是测量窗口内应发的事件，无论何时到达。',
  'Instrument’s bound': '仪器的界限',
  'The load agent sees when it reads, and not when an event arrived: by so much a delay may be shorter than it is said to be.':
    '负载进程看到的是它读取的时刻，而不是事件到达的时刻：延迟可能比所报的短这么多。',
  'Client’s cost': '客户端的代价',
  'From an event’s arrival until the client has parsed it, its turn in the load agent included. No part of the delay.':
    '从事件到达到客户端解析完它为止，包括在负载进程中等待轮到的时间。不属于延迟。',
  'Delay from publication': '从发布算起的延迟',
  'The same from the moment at which the feed published the event: without the feed’s own lag.':
    '同上，但从事件源发布事件的时刻算起：不含事件源自身的滞后。',
  'Round trip': '往返时间',
  'Where subscribers publish: from the time at which a subscriber was to send a message until that subscriber has it back.':
    '在由订阅者发布的场景中：从订阅者应当发送消息的时刻，到该订阅者重新收到它为止。',
  'The delay that 99 % of the events of all trials do not exceed. Shown from 1,000 events of 100 moments on, p99.9 from 10,000 of 1,000: what stops a server hits every subscriber of a moment at once.':
    '所有试验中 99 % 的事件不超过的延迟。须有来自 100 个时刻的 1,000 个事件才显示，p99.9 须有来自 1,000 个时刻的 10,000 个：使服务器停顿的事会同时影响一个时刻的所有订阅者。',
  Bytes: '字节',
  'Of the TCP stream as the client’s sockets count it: HTTP or WebSocket and everything in it, in both directions, without TCP/IP headers. Set-up is not in the window.':
    '客户端套接字统计的 TCP 流的字节：HTTP 或 WebSocket 及其中的一切，两个方向，不含 TCP/IP 头部。建立连接的部分不在测量窗口内。',
  Payload: '有效载荷',
  'The encoded event itself; all else is overhead, base64 included. Behind a compression the two cannot be told apart.':
    '编码后的事件本身；其余都是额外开销，包括 base64 增加的部分。压缩之后两者无法区分。',
  'Of one subscriber, in both directions, from its first byte until the server has accepted it.':
    '一个订阅者从第一个字节到被服务器接受为止，两个方向的字节数。',
  'Of one subscriber, from its first byte to its last, warm-up and end included: headers, handshakes, control messages and TLS. For Socket.IO with its polls before the upgrade.':
    '一个订阅者从第一个字节到最后一个字节，包括预热和结束：头部、握手、控制消息和 TLS。Socket.IO 还包括升级之前的轮询。',
  'HTTP requests sent in the window, polls that brought nothing included.':
    '测量窗口内发出的 HTTP 请求，包括空手而归的轮询。',
  'Server CPU': '服务器 CPU',
  'User and system time of the server’s process over the window, of all its threads, the kernel’s work for its system calls included.':
    '测量窗口内服务器进程所有线程的用户时间和系统时间，包括内核为其系统调用所做的工作。',
  'Lost, duplicated, reordered': '丢失、重复、乱序',
  'Events due in the window that a subscriber never got; got twice; got after a later one. Every subscriber is owed every event.':
    '测量窗口内应发的事件中，订阅者从未收到的、收到两次的、晚于后续事件收到的。每个订阅者都应收到每个事件。',
  'Known limits': '已知的局限',
  'Both ends run on one machine over loopback: there is no delay but what a scenario adds, no loss, and the processes share the cores.':
    '两端在同一台机器上通过环回接口运行：除场景添加的延迟外没有其他延迟，没有丢包，各进程共用核心。',
  'The subscribers are Node.js processes, not browsers: requests carry few headers unless a scenario gives them those of a browser, which are about 500 bytes and more with cookies.':
    '订阅者是 Node.js 进程，不是浏览器：除非场景指定使用浏览器的头部（约 500 字节，有 Cookie 时更多），否则请求只带很少的头部。',
  'Short-polling subscribers are spread evenly over their interval, which gives the mean of independent pollers without its scatter.':
    '短轮询的订阅者均匀分布在轮询间隔之内，其平均值与各自独立轮询时相同，但没有那样的离散。',
  'Network delays, jitter, bandwidth and proxies are made by a process in user space on the same machine. It shows neither loss, nor retransmission, nor the slow start of a congestion window; the experiment packet-loss, where it can be made, loses real packets.':
    '网络延迟、抖动、带宽和代理由同一台机器上的用户态进程模拟。它不会表现出丢包、重传和拥塞窗口的慢启动；实验 packet-loss（在能够进行的地方）会真正丢弃数据包。',
  'Each trial is a young process: the first seconds of Node.js are slower than its steady state.':
    '每次试验都使用新启动的进程：Node.js 在最初几秒比稳定状态慢。',
  Environment: '环境',
  Command: '命令',
  Seed: '种子',
  'Started, ended': '开始，结束',
  'Operating system': '操作系统',
  Processor: '处理器',
  Memory: '内存',
  'File descriptors per process': '每个进程的文件描述符数',
  'Load agents': '负载进程',
  'MTU of loopback': '环回接口的 MTU',
  Commit: '提交',
  Instrument: '测量工具',
  Schema: '格式',
  'Checksum of the records (SHA-256)': '记录的校验和（SHA-256）',
  'Of the JSON text of the records as this file holds it, compressed, in its element data; what the page saves is laid out in another way. To compute it again from the file:':
    '对象是本文件的元素 data 中压缩保存的记录的 JSON 文本；页面另存的文件格式不同。要从本文件重新计算：',
  'Every figure is in both; of the histograms and the slices of time the JSON has only those that this page draws, the files of the run have all.':
    '两者都含有全部数值；直方图和时间片，JSON 中只有本页画出的那些，运行的文件中则全部都有。',
  unknown: '未知',
  '{0}, with changes': '{0}，有改动',
  network: '网络',
  'loopback, 127.0.0.1, both ends on this machine, in a network namespace of their own':
    '环回接口，127.0.0.1，两端都在本机，位于独立的网络命名空间中',
  'loopback, 127.0.0.1, both ends on this machine, shared with all else on it':
    '环回接口，127.0.0.1，两端都在本机，与机器上的其他程序共用',
  'Profiles of the server': '服务器的性能剖析',
  'Save all records as JSON': '将全部记录保存为 JSON',
  'Save all figures as CSV': '将全部数值保存为 CSV',
  'Copy CSV': '复制 CSV',
  Copied: '已复制',
  'Saved as a file': '已保存为文件',

  // Drawings
  'Time, ms': '时间，ms',
  'Time since the measured window began, s': '测量窗口开始以来的时间，s',
  'Time since the measured window began, ms': '测量窗口开始以来的时间，ms',
  'Delay, by octaves (log scale)': '延迟，每格加倍（对数刻度）',
  'longest delay of a slice': '时间片的最长延迟',
  'stall of the event loop': '事件循环停顿',
  'garbage collection': '垃圾回收',
  'Shade: share of the events that were due in a slice of {0} ms':
    '深浅：在 {0} ms 的时间片内应发事件中所占的比例',
  'Marks over a strip are pauses of the server, those under it of a load agent':
    '条带上方的标记是服务器的停顿，下方的是负载进程的停顿',
  connecting: '建立连接',
  'sending a request': '发送请求',
  waiting: '等待',
  receiving: '接收',
  'event published': '发布事件',
  'event received': '收到事件',

  // Tools
  Theme: '主题',
  'As the system': '跟随系统',
  Light: '浅色',
  Dark: '深色',
  'Show techniques': '选择显示的技术',
  'Tables and charts show': '表格和图表中显示',
  'One technique has to stay: without any there would be nothing to show.':
    '至少要保留一种技术：一种都不选，就没有可显示的内容。',
  'Said by': '出自',
  Expected: '预期',
  Rule: '规则',
  'not ranked, for not valid: {0}': '未排名，因为无效：{0}',
  'Every technique lost, doubled or reordered events': '每种技术都有事件丢失、重复或乱序',
  'Run {0}, {1} trials and {2} of searches on {3} cores, {4}.':
    '运行 {0}：{1} 次试验，另有 {2} 次用于搜索，{3} 个核心，{4}。',
  'Compared here: {0}.': '这里比较的是：{0}。',
  'experiment {0}: {1}': '实验 {0}：{1}',
  '! Not all was seen.': '! 并非全部都观察到了。',
}
