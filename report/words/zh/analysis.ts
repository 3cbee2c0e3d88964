import type { Catalogue } from '../say.ts'

/** What the report makes of records, its axes and its charts; embedded in the page for its script. */
export const analysis: Catalogue = {
  // Budget
  'it carries events down only: what a client has to say needs requests beside it':
    '它只能向下传送事件：客户端要发送的内容须另用请求',
  'it needs a TCP connection of its own': '它需要独占一条 TCP 连接',
  'it needs an upgrade, which plain HTTP proxies do not pass':
    '它需要协议升级，而只懂普通 HTTP 的代理不予通过',
  'over plain HTTP it polls: what a client has to say needs requests beside it':
    '在普通 HTTP 上它靠轮询：客户端要发送的内容须另用请求',
  'works over plain HTTP by polling; its figures here are those of WebSocket':
    '可在普通 HTTP 上靠轮询工作；它在这里的数值是 WebSocket 的数值',
  'no valid cell of this run tells': '本次运行没有可据以判断的有效单元',
  '{0} at {1}': '{0}（{1}）',
  '{0} at {1} ({2})': '{1}：{0}（{2}）',
  'at {0} ({1})': '{0}（{1}）',
  'at {0} ({1}): {2}': '{0}（{1}）：{2}',
  'p99 {0}': 'p99 为 {0}',
  'longest {0}': '最长为 {0}',
  'capacity search': '容量搜索',
  '{0} at once': '每批 {0} 个',
  'of {0} each': '每个 {0}',
  'polling every {0} ms': '每 {0} ms 轮询一次',
  'more than you ask': '高于您的要求',
  'less than you ask': '低于您的要求',
  'more than the common load': '高于共同负载',
  'less than the common load': '低于共同负载',
  '{0} event/s': '每秒 {0} 个事件',
  '{0} events/s': '每秒 {0} 个事件',
  'within the scatter of the trials: {0}': '在各次试验的离散范围内：{0}',
  'too few events or moments for a p99: {0}': '事件或时刻太少，不足以得出 p99：{0}',
  'the nearest that was measured: {0}': '测量过的最接近的：{0}',
  'polls every {0} ms or less, that is {1} request a second and subscriber':
    '至多每 {0} ms 轮询一次，即每个订阅者每秒 {1} 个请求',
  'polls every {0} ms or less, that is {1} requests a second and subscriber':
    '至多每 {0} ms 轮询一次，即每个订阅者每秒 {1} 个请求',
  'needs {0}; measured down to {1} ms: {2}': '需要{0}；最短测量到 {1} ms：{2}',
  'would need {0}; measured down to {1} ms': '会需要{0}；最短只测量到 {1} ms',
  'needs {0}; not measured that often with so much load': '需要{0}；在这么高的负载下未以此频率测量过',
  'would need polls more often than every {0} ms: {1}': '需要比每 {0} ms 一次更频繁的轮询：{1}',
  'nothing was measured with {0} or more, only up to {1}': '没有在{0}或更高的负载下测量过，最多只到{1}',

  // The gate's checks of cells: name, reason, remedy
  deliveries: '送达',
  '{0} events lost, {1} duplicated, {2} reordered: its delays are those of the events that survived.':
    '丢失 {0} 个事件，重复 {1} 个，乱序 {2} 个：这里的延迟只是幸存事件的延迟。',
  'The scenario means it: read it as its result.': '这正是该场景的用意：请当作它的结果来读。',
  'Lower the load until nothing is lost, or find out who loses it.':
    '降低负载直到不再丢失，或找出是谁丢失的。',
  ledger: '字节账目',
  'Bytes of the tapped subscriber are not accounted for: {0}.': '被监听订阅者的字节对不上账：{0}。',
  'The dissector or the technique is wrong: see npx pushlab wire.':
    '协议解析器或该技术的实现有误：请用 pushlab wire 查看。',
  probe: '探针',
  "The tapped subscriber's bytes per event differ from the swarm's by {0} more than the edges of the window explain.":
    '被监听订阅者每个事件的字节数与全体订阅者的相差 {0}，这还不包括测量窗口边缘所能解释的部分。',
  'Measure longer, so that the window holds more events.': '延长测量，使测量窗口容纳更多事件。',
  repeatable: '可重复性',
  'Bytes per event differ by {0} between trials, where the same was to be counted.':
    '各次试验之间每个事件的字节数相差 {0}，而计数本应完全相同。',
  'Bytes per event differ by {0} between trials, more than the edges of the window explain.':
    '各次试验之间每个事件的字节数相差 {0}，超出测量窗口边缘所能解释的范围。',
  'Measure longer; for streams, look for reconnects and heartbeats within the window.':
    '延长测量；对于流，请检查测量窗口内是否有重连和心跳。',
  'kernel ledger': '内核账目',
  'The interface counted {0} of bytes that neither the sockets nor the headers of its packets explain.':
    '网络接口统计的字节中有 {0} 既不能由套接字也不能由数据包头部解释。',
  'The interface counted {0} bytes per event with TCP/IP headers, and the model says {1}.':
    '网络接口统计到每个事件 {0} 字节（含 TCP/IP 头部），而模型为 {1} 字节。',
  'Look for retransmissions and for segments that were merged or split: ip -s link, nstat.':
    '检查是否有重传，以及报文段是否被合并或拆分：ip -s link、nstat。',
  'Of the events that were scheduled, {0} were published.': '计划中的事件只发布了 {0}。',
  'Who publishes cannot keep up: lower the rate or the number of subscribers.':
    '发布方跟不上：请降低速率或减少订阅者。',
  clock: '时钟',
  "An event was received {0} µs before it was published: the processes' clocks disagree.":
    '有一个事件在发布之前 {0} µs 就已收到：各进程的时钟不一致。',
  'Run server and load on one host, without a virtual clock of their own.':
    '让服务器与负载在同一台主机上运行，不要各用各的虚拟时钟。',
  trials: '试验次数',
  '{0} of {1} trials were measured.': '{1} 次试验中只测量了 {0} 次。',
  '{0} trials have no 95 % interval.': '只有 {0} 次试验，没有 95 % 区间。',
  'Measure with --trials {0} or more.': '请用 --trials {0} 或更大的值测量。',
  'agent CPU': '负载进程的 CPU',
  'The load agent used {0} of one core: it, and not the server, may be what is late.':
    '负载进程用了一个核心的 {0}：迟的可能是它，而不是服务器。',
  'Lower the number of subscribers or the rate.': '减少订阅者或降低速率。',
  'others’ CPU': '其他程序的 CPU',
  "Other programs, or the hypervisor, used {0} of this machine's CPU time.":
    '其他程序或虚拟机管理程序用去了本机 CPU 时间的 {0}。',
  'Close what else runs (top shows it), and measure again.':
    '关闭其他正在运行的程序（top 可以看到），再测一次。',
  'shared machine': '共用的机器',
  'Another measurement may have run on this machine at the same time (--share).':
    '同一时间本机上可能还有另一次测量（--share）。',
  'Measure again, without --share.': '不带 --share 再测一次。',
  'load agents': '负载进程',
  'Load agent {0} of {1} differs from the others in every trial, by {2} or more, in its median delay or in what its subscribers got.':
    '{1} 个负载进程中的第 {0} 个在每次试验中都与其余的相差 {2} 或更多：或是延迟中位数，或是其订阅者收到的事件数。',
  'Give each load agent a core of its own: take fewer (--agents), or see what holds this one up.':
    '让每个负载进程独占一个核心：减少负载进程（--agents），或查明是什么拖住了这一个。',
  'instrument’s bound': '仪器的界限',
  'When an event arrived is known to within {0} either way, the median, which is {1} of the median delay.':
    '事件到达的时刻只精确到前后各 {0}（中位数），相当于延迟中位数的 {1}。',
  'Delays may be off by so much, for the load agent was busy or had no core when events came: lower the number of subscribers or the rate.':
    '延迟可能相差这么多，因为事件到来时负载进程正忙或没有核心可用：请减少订阅者或降低事件率。',
  reader: '读取方式',
  'A client library read its events: its work is in the delays, and nothing of the others’.':
    '它的事件由客户端库读取：库的工作计入了它的延迟，而其他技术没有。',
  'Give the technique a reader, or compare its bytes and CPU time alone.':
    '请为这种技术编写读取器，或者只比较它的字节数和 CPU 时间。',
  'agent event loop': '负载进程的事件循环',
  "The load agent's event loop was late by {0} of the median delay at its p99, {1} at its median.":
    '负载进程的事件循环的迟滞，p99 为延迟中位数的 {0}，中位数为 {1}。',
  "That much of a delay can be the agent's, which receives all subscribers' events one after the other: lower their number, and read the delay as a ratio to the floor.":
    '延迟中可能有这么多来自负载进程，因为它要依次接收所有订阅者的事件：请减少订阅者，并把延迟当作与基线之比来读。',
  steady: '平稳性',
  'The median delay changed by {0} from the first to the last third of the window.':
    '从测量窗口的前三分之一到后三分之一，延迟中位数变化了 {0}。',
  'Warm up longer (--warm-up 3s); if it still changes, something grows.':
    '延长预热（--warm-up 3s）；如果仍然变化，说明有东西在增长。',
  transport: '传输',
  'Connections failed: {0}.': '有连接失败：{0}。',
  'See whether the server or a limit of the system closed them.':
    '查看是服务器关闭了它们，还是触及了系统的限制。',

  // Its checks of runs and scenarios
  complete: '完整性',
  'The run was interrupted; {0} trials were planned.': '本次运行被中断；原计划 {0} 次试验。',
  'Go on with it (--resume), or measure again.': '请继续测量（--resume），或重新测量。',
  'shared cores': '共用核心',
  'Server and load share {0} cores and slow each other down.': '服务器与负载共用 {0} 个核心，会相互拖慢。',
  'Compare techniques with each other; do not take the delays for those of a server of your own.':
    '请只在各种技术之间比较；不要把这些延迟当作您自己服务器的延迟。',
  commit: '提交',
  'Files differed from the commit that the records name.': '文件与记录中注明的提交不一致。',
  'Commit before measuring what is to be quoted.': '要引用的数值，请先提交代码再测量。',
  'A/A': 'A/A 对照',
  '{0} in {1}, measured twice, differed by {2} from itself: no difference below {3} means anything.':
    '{1} 中的{0}测量两次，与自身相差 {2}：小于 {3} 的差异都没有意义。',
  'Measure more trials on a quieter machine.': '请在更空闲的机器上测量更多次试验。',

  // Which byte is unaccounted for
  'the tap kept {0} bytes and the sockets counted {1}': '监听处保存了 {0} 字节，而套接字统计到 {1} 字节',
  '{0} of {1} are labelled': '{1} 字节中只有 {0} 字节有标签',
  '{0} could not be parsed': '有 {0} 字节无法解析',
  events: '事件',
  messages: '消息',
  '{0} are labelled compressed where nothing is compressed': '有 {0} 字节标为压缩，而这里没有压缩',
  '{0} are labelled payload where {1} {2} have {3}': '有 {0} 字节标为有效载荷，而 {1} 个{2}应有 {3} 字节',
  '{0} are labelled payload where {1} are compressed': '有 {0} 字节标为有效载荷，而这里的{1}是压缩的',
  'none is labelled compressed where {0} {1} are compressed': '没有字节标为压缩，而 {0} 个{1}是压缩的',

  // Techniques, rankings and changes
  '{0}, again': '{0}（第二次）',
  '{0} {1}': '{0}（{1}）',
  '{0}: no figure here is valid.': '{0}：这里没有有效的数值。',
  '{0}: {1}, {2}': '{0}：{1}，{2}',
  'the same': '相同',
  'the same within noise': '差异在噪声范围内',
  'not told apart': '不能区分',
  'not valid {0}': '无效的是{0}',
  'not valid at one of them with {0}': '在其中一端无效的有{0}',
  'By their {0} {1} are told apart nowhere.': '就{0}而言，{1}在任何位置都不能区分。',
  'The {0} of {1} is above that of {2} everywhere.': '在所有位置，{1}的{0}都高于{2}。',
  'From {0} on the {1} of {2} is above that of {3}, {4}; up to {5} they are not told apart.':
    '从“{0}”起，{2}的{1}高于{3}，为 {4}；到“{5}”为止，两者不能区分。',
  '{0} against {1}': '{0} 对 {1}',
  'not told apart {0}': '{0}不能区分',
  '{0} above {1} {2}': '{2}{0}高于{1}',
  'The {0}: {1}.': '{0}：{1}。',
  '{0} with {1}': '{0}（{1}）',
  '{0} with all': '所有技术：{0}',
  'No technique has valid figures at both ends.': '没有一种技术在两端都有有效的数值。',
  'From {0} to {1}: {2}.': '从“{0}”到“{1}”：{2}。',
  '{0} to {1}': '{0}到{1}',
  '{0}: not ranked. {1}': '{0}：不排名。{1}',
  '{0}: not ranked, for one technique measured twice differed too much from itself.':
    '{0}：不排名，因为同一种技术测量两次，与自身相差太大。',
  '{0}: not ranked, for fewer than two techniques have valid figures.':
    '{0}：不排名，因为数值有效的技术不足两种。',
  '{0} is lowest with {1}': '{0}最低的是{1}',
  '{0} is lowest with {1}, not told apart from {2}': '{0}最低的是{1}，与{2}不能区分',
  'The load agent may have made the difference.': '差异可能来自负载进程。',
  'One trial tells no difference.': '只有一次试验，不能区分。',
  '{0} trials see differences from about {1} on.': '{0} 次试验约能看出 {1} 以上的差异。',
  'Highest is {0}, {1} the lowest.': '最高的是{0}，为最低者的 {1}。',
  'That is within {0} of the model.': '与模型相差不超过 {0}。',
  'Nine of ten events had arrived within {0}, by technique.':
    '十个事件中有九个到达所用的时间，视技术而定：{0}。',
  'Mean delays are {0}.': '平均延迟为 {0}。',
  'What the clients cost after them is {0}.': '其后客户端的代价为 {0}。',
  '{0} is lowest, and the same within noise, with {1}': '{0}最低且差异在噪声范围内的是{1}',
  '{0}: not measured, for the trials count, and time nothing.': '{0}：没有测量，因为这些试验只计数，不计时。',
  '{0}, and highest with {1}, {2} the lowest.': '{0}；最高的是{1}，为最低者的 {2}。',
  'Not told from the lowest, for their trials scatter too much: {0}.':
    '因各次试验离散太大而不能与最低者区分的有：{0}。',
  'Not ranked, for not valid: {0}.': '因无效而未参与排名的有：{0}。',
  'Median delay': '延迟中位数',
  'The number of bytes per delivered event': '每个送达事件的字节数',
  'The number of bytes per second and subscriber': '每个订阅者每秒的字节数',
  'Server CPU time per 1,000 delivered events': '每送达 1,000 个事件的服务器 CPU 时间',

  // Needs
  'Lowest delay': '延迟最低',
  'Fewest bytes': '字节最少',
  'Bytes per event': '每个事件的字节数',
  'Least server work': '服务器负担最轻',
  'Server CPU per 1,000 events': '每 1,000 个事件的服务器 CPU 时间',
  'Fewest requests': '请求最少',
  'Requests per event': '每个事件的请求数',
  'Both directions on one connection': '一条连接上双向传输',
  'Plain HTTP only': '只用普通 HTTP',
  'the lowest delay': '延迟最低',
  'the fewest bytes': '字节最少',
  'the least server work': '服务器负担最轻',
  'the fewest requests': '请求最少',
  'both directions on one connection': '一条连接上双向传输',
  'plain HTTP only': '只用普通 HTTP',
  'Nothing can be picked.': '无法给出首选。',
  'Pick {0} for {1}.': '若要{1}，选{0}。',
  '{0} are tied for {1}.': '若要{1}，{0}不相上下。',
  'No technique here can do it.': '这里没有一种技术能做到。',
  'One technique measured twice differed too much from itself.': '同一种技术测量两次，与自身相差太大。',
  'Only one technique that can do it has valid figures: there is nothing to compare it with.':
    '能做到的技术中只有一种的数值有效：没有可比较的对象。',
  'No technique that can do it has valid figures.': '能做到的技术中没有一种的数值有效。',
  'Its trials count, and time nothing: measure with --trials 6.':
    '其试验只计数，不计时：请用 --trials 6 测量。',

  // Models
  '{0} %, and below it the chunks that late events share': '{0} %，偏低时再加迟到事件共用分块所省的字节',
  '{0} %, for polls that the window cuts': '{0} %，因为测量窗口会截断轮询',
  'A cycle up to 10 ms longer than the round trip; of that 5 %, and above it 5 ms more for queueing':
    '轮询周期最多可比往返时间长 10 ms；在此基础上允许 5 %，偏高时再加 5 ms 排队时间',
  '5 %, and above it 5 ms more for queueing': '5 %，偏高时再加 5 ms 排队时间',
  'A cycle up to 10 ms longer; 5 % below it; above it the longest that feed and event loops were late':
    '轮询周期最多可长 10 ms；偏低允许 5 %；偏高允许事件源和事件循环的最大迟滞',
  '5 % below it; above it the longest that feed and event loops were late':
    '偏低允许 5 %；偏高允许事件源和事件循环的最大迟滞',

  // Two runs
  worse: '变差',
  better: '变好',
  'newly not valid': '变为无效',
  'not recorded': '未记录',
  'same within noise': '差异在噪声范围内',

  // Axes
  'Polling interval T, ms': '轮询间隔 T，ms',
  Subscribers: '订阅者数',
  'Payload, bytes': '有效载荷，字节',
  'Events per second': '每秒事件数',
  'Round trip of the network, ms': '网络往返时间，ms',
  'Proxy before the server': '服务器前的代理',
  'Version of HTTP (WebSocket and bare TCP stay with HTTP/1.1)':
    'HTTP 版本（WebSocket 和裸 TCP 仍用 HTTP/1.1）',
  'Connections of polls': '轮询的连接',
  'Nagle’s algorithm': 'Nagle 算法',
  'Content coding': '内容编码',
  'Request headers': '请求头部',
  'Cookie, bytes': 'Cookie，字节',
  'Kind of payload': '有效载荷的种类',
  'Client of the subscriber': '订阅者的客户端',
  'Fan-out of the server': '服务器的扇出',
  'the fan-out of libraries': '库的扇出',
  'a prepared fan-out (tuned)': '预先编好的扇出（经过调优）',
  'the load’s own reader': '负载自带的读取器',
  'an application’s client library': '应用所用的客户端库',
  'When a poll leaves': '轮询发出的时机',
  'Transports of Socket.IO': 'Socket.IO 的传输方式',

  // Positions on them
  'no proxy': '无代理',
  'a buffering proxy': '缓冲代理',
  'a buffering proxy that ignores X-Accel-Buffering': '无视 X-Accel-Buffering 的缓冲代理',
  'a proxy with an idle timeout': '有空闲超时的代理',
  'a proxy that knows no Upgrade': '不支持 Upgrade 的代理',
  'a proxy for HTTP alone': '只懂 HTTP 的代理',
  'TLS on': '启用 TLS',
  'TLS off': '无 TLS',
  'connections kept alive': '保持连接',
  'a new connection for every poll': '每次轮询新建连接',
  'Nagle’s algorithm off': '关闭 Nagle 算法',
  'Nagle’s algorithm on': '启用 Nagle 算法',
  'no content coding': '无内容编码',
  'permessage-deflate on': '启用 permessage-deflate',
  'permessage-deflate off': '无 permessage-deflate',
  'only the headers needed': '只带必要的头部',
  'a browser’s headers': '带浏览器的头部',
  'a text payload': '文本有效载荷',
  'a binary payload': '二进制有效载荷',
  'a fixed timer that waits for answers': '等待响应的固定定时器',
  'setTimeout after the answer': '收到响应后 setTimeout',
  'no If-None-Match': '无 If-None-Match',
  'polling, then an upgrade': '先轮询再升级',
  'WebSocket from the start': '一开始就用 WebSocket',
  'a polling interval of {0} ms': '轮询间隔为 {0} ms',
  '{0} subscriber': '{0} 个订阅者',
  '{0} subscribers': '{0} 个订阅者',
  '{0} bytes of payload': '有效载荷为 {0} 字节',
  '{0} event per second': '每秒 {0} 个事件',
  '{0} events per second': '每秒 {0} 个事件',
  'no delay': '无延迟',
  'a round trip of {0} ms': '往返时间为 {0} ms',
  'no Cookie': '无 Cookie',
  'a Cookie of {0} bytes': '{0} 字节的 Cookie',
  // A choice needs no word around it where it stands: `（启用 TLS）`.
  'with {0}': '{0}',
  'at {0}': '{0}时',
  'up to {0} ms of jitter each way': '单程抖动最多 {0} ms',
  '{0} bytes per second and connection': '每条连接每秒 {0} 字节',
  'buffers of {0} bytes': '缓冲区为 {0} 字节',
  'idle for {0} ms at most': '空闲最多 {0} ms',

  // Charts
  Technique: '技术',
  '{0}. Higher is better.': '{0}。越高越好。',
  '{0}. Lower is better.': '{0}。越低越好。',
  '{0} (not valid)': '{0}（无效）',
  'Drawn where scripts run; the table has the same values.': '运行脚本时绘制；表格中有同样的数值。',
  'Too few events to draw it: measure longer, for example with': '事件太少，无法绘制：请延长测量，例如用',
  'What is each byte of an event there for?': '事件的每个字节有什么用？',
  'Bytes of the TCP stream per event of one tapped subscriber, both directions':
    '一个被监听的订阅者每个事件在 TCP 流上的字节数，两个方向合计',
  headers: '头部',
  'not understood': '无法解析',
  'How late do events arrive?': '事件会晚多久到达？',
  'Percentile of the events of all trials': '所有试验的事件的百分位数',
  min: '最小值',
  'Delay from schedule to receipt, ms (log scale)': '从应发时刻到收到的延迟，ms（对数刻度）',
  'model: short polling, q × T': '模型：短轮询，q × T',
  'How many events had arrived within a delay?': '在给定延迟之内，有多少事件已经到达？',
  'Events that had arrived, %': '已到达的事件，%',
  'No delay here is valid.': '这里没有有效的延迟。',
  'What does one event cost on the wire?': '一个事件在线路上要花费多少字节？',
  'Bytes of the TCP stream per delivered event': '每个送达事件在 TCP 流上的字节数',
  'payload, server to client': '有效载荷，服务器到客户端',
  'overhead, server to client': '额外开销，服务器到客户端',
  'payload, client to server': '有效载荷，客户端到服务器',
  'overhead, client to server': '额外开销，客户端到服务器',
  'compressed, in both directions': '压缩内容，两个方向',
  'How many requests does an event take?': '一个事件需要多少个请求？',
  'HTTP requests per delivered event': '每个送达事件的 HTTP 请求数',
  'Once open, {0} needs no further request.': '连接打开之后，{0}不再需要请求。',
  'Once open, {0} need no further request.': '连接打开之后，{0}不再需要请求。',
  '{0} needs {1} per delivered event.': '{0}每送达一个事件需要 {1} 个请求。',
  'No figure here is valid.': '这里没有有效的数值。',
  'What does it cost to wait?': '等待要付出什么代价？',
  'Bytes in both directions per second and subscriber': '每个订阅者每秒的字节数，两个方向合计',
  'What does it cost the server?': '服务器要付出什么代价？',
  'Server CPU time per 1,000 delivered events, ms': '每送达 1,000 个事件的服务器 CPU 时间，ms',
  'Where does the time go from schedule to application?': '从应发到应用程序，时间花在哪里？',
  'Mean time of an event, ms': '一个事件的平均时间，ms',
  'schedule lag': '计划滞后',
  'fan-out': '分发',
  way: '途中',
  'wait in the load agent': '在负载进程中等待',
  parsing: '解析',
  'What does it cost the client?': '客户端要付出多少代价？',
  'CPU time of all clients per 1,000 delivered events, ms': '每送达 1,000 个事件所有客户端的 CPU 时间，ms',
  'How long until the client has parsed an event?': '客户端解析完一个事件需要多久？',
  'Median time from an event’s arrival until it was parsed, ms': '从事件到达到解析完成的时间的中位数，ms',
  'How does the delay change?': '延迟如何变化？',
  'Mean delay from the scheduled time to receipt, ms': '从应发时刻到收到的平均延迟，ms',
  'model: T/2': '模型：T/2',
  'How many requests does it take?': '需要多少个请求？',
  'Requests per second of one subscriber': '一个订阅者的每秒请求数',
  'model: 1/T': '模型：1/T',
  'What does it take to begin?': '开始时需要多少字节？',
  'Bytes of the TCP stream until a subscriber is accepted': '到订阅者被接受为止，TCP 流上的字节数',
  'Bytes with TCP/IP headers per delivered event': '每个送达事件的字节数，含 TCP/IP 头部',
  'From about {0} on {1} is below {2} (mark {3}, between what was measured).':
    '从约{0}起，{1}低于{2}（标记 {3}，在两个测量点之间推算）。',
  'From about {0} on {1} is below {2} (between what was measured).':
    '从约{0}起，{1}低于{2}（在两个测量点之间推算）。',
  'What does a shorter delay cost in requests?': '缩短延迟要付出多少请求？',
  'Requests per second of one subscriber (log scale)': '一个订阅者的每秒请求数（对数刻度）',
  'Mean delay from the scheduled time to receipt, ms (log scale)':
    '从应发时刻到收到的平均延迟，ms（对数刻度）',
  'model: 1/2 divided by requests per second': '模型：1/2 除以每秒请求数',
  'Mean delay in seconds times requests per second is {0}; the model says 0.50 for every interval.':
    '以秒计的平均延迟乘以每秒请求数为 {0}；模型预测在任何间隔下都是 0.50。',
  '{0}: {1} against {2}': '{0}：{1} 对 {2}',
  'Node.js: {0} against {1}': 'Node.js：{0} 对 {1}',
  'load agents: {0} against {1}': '负载进程：{0} 对 {1}',
  'scenario {0}: another {1}': '场景 {0}：{1} 不同',
  '{0} or {1}': '{0} 或 {1}',
}
