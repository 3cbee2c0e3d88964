import type { Catalogue } from '../../../report/words/say.ts'

/** What the lessons say: scenarios/classroom/lessons. */
export const lessons: Catalogue = {
  // scenarios/classroom/lessons/conditions.ts
  '{0}: {1}': '{0}：{1}',
  '{0} of {1} events': '{0}/{1} 个事件',
  '{0} of {1} requests': '{0}/{1} 个请求',
  '{0} of {1} empty answers': '{0}/{1} 个空响应',
  '{0} of {1} lost events': '{0}/{1} 个丢失的事件',
  '{0} of {1} events that came twice': '{0}/{1} 个重复的事件',
  '{0} of {1} failures': '{0}/{1} 次失败',
  '{0} of {1} bytes': '{0}/{1} 字节',

  // scenarios/classroom/lessons/reading.ts
  '{0} of {1} events so far': '目前 {1} 个事件中的 {0} 个',
  'Not yet.': '尚未看到。',
  // scenarios/classroom/lessons/poll-delay.ts
  'How late is a poll each second?': '每秒轮询一次，会晚多久？',
  'You can say how late events arrive by short polling, on average and at worst, from the interval alone.':
    '仅凭轮询间隔，就能说出短轮询的事件平均晚到多久、最多晚到多久。',
  'A page polls once a second. Events happen at any time. How late does it learn of an event, on average?':
    '网页每秒轮询一次，而事件随时可能发生。平均来说，网页会晚多久才得知一个事件？',
  'A few milliseconds: computers and networks are fast': '几毫秒：计算机和网络都很快',
  'The journey takes a few milliseconds, but the event first waits at the server until somebody asks. A faster network does not shorten that.':
    '路上确实只要几毫秒，但事件要先在服务器上等着，直到有人来问。网络再快，也缩短不了这段等待。',
  'About half a second': '大约半秒',
  'An event can happen right before a poll or right after one, and anywhere between with equal chance. On average it waits half the interval.':
    '事件可能恰好发生在某次轮询之前，也可能恰好在其后，中间任何时刻机会均等。平均要等半个间隔。',
  'About one second': '大约一秒',
  'That is the worst case: an event right after a poll. As many events happen right before one and hardly wait at all.':
    '那是最坏的情况：事件刚好发生在一次轮询之后。同样多的事件刚好发生在轮询之前，几乎不用等。',
  'It depends on how many events there are': '取决于事件有多少',
  'Each event waits for the next poll, however many others wait with it. The number of events does not matter, only the moment.':
    '每个事件都只等下一次轮询，不管还有多少事件一起等。事件的多少无关紧要，要紧的是发生的时刻。',
  'Draw a line of three seconds with a poll at each. Put five events on it wherever you like. How long does each of them wait?':
    '画一条三秒长的时间线，每秒标一次轮询，再随意标上五个事件。它们各要等多久？',
  'Let 20 events arrive by short polling, and read their mean delay.':
    '等 20 个事件经短轮询到达，读出平均延迟。',
  '{0} events: mean {1}, shortest {2}, longest {3}': '{0} 个事件：平均 {1}，最短 {2}，最长 {3}',
  'One waited {0}, another {1}.': '有一个等了 {0}，另一个等了 {1}。',
  'One event tells nothing: it may have been lucky. The mean of many tells what the interval does.':
    '单个事件说明不了什么：它可能只是运气好。许多事件的平均值才能显示间隔的作用。',
  'Is the stage paused, the poll interval another than 1,000 ms, or this tab in the background? A browser slows the timers of pages that nobody sees.':
    '舞台是否暂停了？轮询间隔是否不是 1,000 ms？这个标签页是否在后台？浏览器会放慢无人查看的页面的定时器。',
  'Find an event that waited less than 300 ms and another one that waited more than 700 ms.':
    '找出一个等待不到 300 ms 的事件，再找出一个等待超过 700 ms 的事件。',
  'The same page, server and network: only the moment differs at which each event happened between two polls.':
    '页面、服务器、网络都相同，不同的只是每个事件发生在两次轮询之间的哪一刻。',
  'Wait for all 20 events. The poll interval has to be 1,000 ms; if you have changed it, start the lesson again.':
    '等 20 个事件都到齐。轮询间隔必须是 1,000 ms；如果改过，请重新开始本课。',
  'Compare with Server-Sent Events beside it: the same events, without a poll to wait for.':
    '与旁边的 SSE 比较：同样的事件，却不必等轮询。',
  'The first {0}: half of them within {1}': '前 {0} 个：其中一半在 {1} 以内到达',
  'The stream is open before the event happens, so the server can write at once. What is left is the journey.':
    '事件发生之前流就已经打开，服务器可以立即写入。剩下的只有路上的时间。',
  'Is the lane of Server-Sent Events open? If it says that it failed, let it try again.':
    'SSE 泳道打开了吗？如果显示失败，让它重试。',
  'Set the poll interval to 500 ms and watch ten more events.': '把轮询间隔设为 500 ms，再观察十个事件。',
  'Ten events: mean {0}, longest {1}': '十个事件：平均 {0}，最长 {1}',
  'The poll interval is {0}.': '当前轮询间隔为 {0}。',
  'Half the interval, half the delay, and twice the requests: their product stays the same. Polling cannot have few requests and short delays at once.':
    '间隔减半，延迟减半，请求加倍：两者之积不变。轮询不可能既请求少又延迟短。',
  'The interval has to be exactly 500 ms. The second after the change is left out; then ten events take about 3 s.':
    '间隔必须正好是 500 ms。更改后的第一秒不计；之后十个事件约需 3 s。',
  "An event waits for the next poll. If it may happen at any moment of the interval T, it waits T/2 on average and T at most; half a round trip R is added for the answer's way. With T = 1 s that is 500 ms on average.":
    '事件要等到下一次轮询。如果它在间隔 T 内的任何时刻都可能发生，那么平均等 T/2，最多等 T，另加响应路上的半个往返时间 R/2。T = 1 s 时，平均就是 500 ms。',
  'In this run the first {0} events waited {1} on average, the shortest {2}, the longest {3}.':
    '在本次运行中，前 {0} 个事件平均等待 {1}，最短 {2}，最长 {3}。',
  'With {0} between polls ten events waited {1} on average.': '轮询间隔为 {0} 时，十个事件平均等待 {1}。',
  'Beside it half of the first {0} events by Server-Sent Events came within {1}.':
    '旁边 SSE 的前 {0} 个事件中，有一半在 {1} 以内到达。',
  'The feed is a little uneven on purpose: exactly 1 event a second would meet the polls at the same place each time, and all would wait equally long, by chance briefly or long. All runs on one machine here, so the journey itself takes next to no time; across a network half a round trip is added, and T/2 stays.':
    '事件源特意有一点不均匀：如果恰好每秒 1 个，每个事件都会落在轮询间隔的同一位置，等待时间全都一样，是长是短全凭运气。这里的一切都在一台机器上运行，路上几乎不花时间；跨网络时要加上半个往返时间，而 T/2 不变。',
  'Changes may reach a dashboard 2 s late on average. What is the longest interval at which it may poll?':
    '变化到达某个数据看板时，平均最多只能晚 2 s。轮询间隔最长可以是多少？',
  'Every 4 s': '每 4 s 一次',
  'T/2 = 2 s gives T = 4 s; single events will wait up to 4 s.':
    '由 T/2 = 2 s 得 T = 4 s；个别事件最多要等 4 s。',
  'Every 2 s': '每 2 s 一次',
  'Then events wait 1 s on average and 2 s at most: twice as many requests as were asked for.':
    '这样平均只等 1 s，最多 2 s：请求数是所需的两倍。',
  'Every 1 s': '每 1 s 一次',
  'Then events wait half a second on average: four times as many requests as were asked for.':
    '这样平均只等半秒：请求数是所需的四倍。',
  'Mean delay of the first 20 events by short polling, every 1,000 ms':
    '每 1,000 ms 轮询一次时，前 20 个事件的平均延迟',
  'T/2 = 500 ms': 'T/2 = 500 ms（平均）',
  'Longest delay among them': '其中最长的延迟',
  'at most T = 1,000 ms and half a round trip': '最多为 T = 1,000 ms 再加半个往返时间',
  'Delay that half of the first 20 events by Server-Sent Events did not exceed':
    'SSE 的前 20 个事件中，一半不超过的延迟',
  "half a round trip, and the computer's own time: a few milliseconds on one machine":
    '半个往返时间，再加计算机自身处理的时间：在一台机器上只有几毫秒',
  'Mean delay of ten events after you set the interval to 500 ms, the first second left out':
    '把间隔设为 500 ms 之后（第一秒不计），十个事件的平均延迟',
  'T/2 = 250 ms, give or take: ten events are few': 'T/2 = 250 ms 左右：十个事件还不算多',
  // scenarios/classroom/lessons/cost-of-silence.ts
  'What does silence cost?': '沉默的代价是什么？',
  'You can say which share of polls brings nothing, and what that costs, when events are rare.':
    '能说出事件稀少时有多大比例的轮询一无所获，以及这要花费多少。',
  'A page polls 60 times. In all that time a single event happens. How many of the 60 answers hold nothing?':
    '一个网页轮询了 60 次，其间只发生了一个事件。60 个响应中有多少个是空的？',
  'None: the server answers only when it has something': '没有：服务器有内容才会响应',
  'HTTP has no such answer. Each request is answered, and by short polling at once, with or without an event. To wait with the answer is long polling.':
    'HTTP 里没有这种做法。每个请求都会得到响应；短轮询则是立即响应，不管有没有事件。等有了事件再响应，那是长轮询。',
  'About 30': '大约 30 个',
  'Half of the time between two polls is how late an event is on average. It has nothing to do with how many answers are empty.':
    '半个轮询间隔说的是事件平均晚到多久，与有多少个空响应无关。',
  '59': '59 个',
  'One event fits into one answer; all other polls were asked and answered for nothing.':
    '一个事件装进一个响应；其余的轮询都是白问白答。',
  '60: the event falls between two polls and is missed': '60 个：事件落在两次轮询之间，被错过了',
  'The server keeps it, and the page says with each poll what it had last. The next poll brings it.':
    '服务器会保留它，而网页每次轮询都会说明自己最后收到的是哪一个。下一次轮询就会把它取回。',
  'What can a server do when it is asked and nothing has happened? What becomes of an event that happens between two polls?':
    '如果服务器被问到时什么也没有发生，它能怎么做？发生在两次轮询之间的事件又会怎样？',
  'Watch 20 polls in silence: which lanes say something?': '观察 20 次没有事件的轮询：哪些泳道在说话？',
  'When {0} answers had been empty, short polling had sent {1} requests and moved {2}; the three others had sent {3} requests together.':
    '出现 {0} 个空响应时，短轮询已发出 {1} 个请求，传输 {2}；另外三个总共发出 {3} 个请求。',
  'All four lanes have event {0}, the last of them {1} after it happened.':
    '四条泳道都有了事件 {0}，最后一个在事件发生 {1} 之后收到。',
  'Short polling talks all the time because it cannot know that there is nothing to talk about.':
    '短轮询一直在说话，因为它无从知道其实无话可说。',
  'Is the lane of short polling open? Keep this tab in front: browsers slow the timers of hidden pages.':
    '短轮询泳道打开了吗？请让这个标签页保持在前台：浏览器会放慢隐藏页面的定时器。',
  'After about 7 s one event happens by itself. See it arrive in all four lanes.':
    '大约 7 s 后会自动发生一个事件。看它到达全部四条泳道。',
  '{0} of 4 lanes have it': '4 条泳道中已有 {0} 条收到',
  'All of them deliver it. They differ in what they did before.': '它们都能送达。区别在于此前各自做了什么。',
  'If nothing has happened after 15 s, send one event yourself. A lane that had failed fetches it when it is back.':
    '如果 15 s 后还没有动静，请自己发送一个事件。曾经失败的泳道恢复后会把它取回。',
  'Count 60 polls: how many of their answers held nothing?': '数满 60 次轮询：其中有多少个响应是空的？',
  'Of the first {0} answers {1} were empty. Until then short polling had sent {2} requests, the first to learn where to begin, and moved {3}; Server-Sent Events had sent {4}.':
    '前 {0} 个响应中有 {1} 个是空的。到那时为止，短轮询发送了 {2} 个请求（第一个只是问从哪里开始）、传输了 {3}，SSE 发送了 {4} 个请求。',
  'By then short polling had sent {0} requests, the three others {1} together.':
    '到那时为止，短轮询发送了 {0} 个请求，另外三条合计 {1} 个。',
  '{0} of {1} answers were empty': '{1} 个响应中有 {0} 个是空的',
  'An answer without an event has a header section all the same, and so had the request for it.':
    '没有事件的响应照样带着头部段，对应的请求也一样。',
  '60 polls take 15 s at 250 ms. If you have made the interval longer, it takes longer.':
    '每 250 ms 一次，60 次轮询需要 15 s。如果把间隔调长了，就要等得更久。',
  'Compare requests: short polling beside the three lanes that keep a connection open.':
    '比较请求数：短轮询与另外三条保持连接的泳道。',
  'Short polling: {0} requests; the three others together: {1}': '短轮询：{0} 个请求；另外三条合计：{1} 个',
  'They asked once, or a few times, and then waited. In silence nothing needs to be said, but for a heartbeat now and then.':
    '它们只问了一次或几次，然后就等着。没有事件时无需说话，只是偶尔发一次心跳。',
  'Wait until 60 polls are over. A lane that was broken off has asked again, and so counts more requests.':
    '请等到 60 次轮询结束。中断过的泳道会重新请求，所以请求数会多一些。',
  'A poll is empty when nothing happened since the one before. With events at random moments, r a second, that is the share e^(-rT) of all polls: the rarer the events, the nearer to all of them. For one event in 60 polls it is 59 of 60, or 98 %.':
    '如果自上一次轮询以来什么也没有发生，这次轮询就是空的。当事件随机发生、平均每秒 r 个时，空轮询的比例是 e^(-rT)：事件越稀少，越接近全部。60 次轮询遇上一个事件，就是 60 次中有 59 次为空，即 98 %。',
  "In this run {0} of {1} answers were empty. Short polling moved {2} to deliver {3} of the feed's events.":
    '在本次运行中，{1} 个响应中有 {0} 个是空的。短轮询总共传输了 {2}，送达了 {3} 个事件。',
  'Over the same time Server-Sent Events moved {0} and WebSocket {1}, opening included.':
    '同一时间里，SSE 传输了 {0}，WebSocket 传输了 {1}，都包括建立连接的开销。',
  'A longer interval makes fewer empty polls and later events. Silence is not free for the others either: the server holds a connection for each page, and some send a heartbeat every 15 s so that nobody on the way takes the connection for dead.':
    '间隔越长，空轮询越少，事件也到得越晚。对其他技术来说沉默也不是免费的：服务器要为每个页面保持一个连接，有些还要每 15 s 发一次心跳，免得途中的设备以为连接已经断开。',
  '10,000 phones poll every 5 s; a change comes every 10 minutes. How many requests a second, how many useful?':
    '10,000 部手机每 5 s 轮询一次，内容每 10 分钟变化一次。服务器每秒收到多少请求，其中多少有收获？',
  '2,000 a second; about 1 in 120 brings something': '每秒 2,000 个；大约每 120 个中有 1 个有收获',
  '10,000 / 5 s = 2,000 a second. 10 minutes hold 120 polls of a phone, and one of them finds the change.':
    '10,000 / 5 s = 每秒 2,000 个。10 分钟里一部手机轮询 120 次，其中一次发现变化。',
  '2,000 a second; about half of them bring something': '每秒 2,000 个；大约一半有收获',
  'The rate is right. But 10 minutes hold 120 polls of a phone, and the change is found by one of them.':
    '速率是对的。但 10 分钟里一部手机轮询 120 次，只有一次发现变化。',
  'About 17 a second, for only changes count': '每秒约 17 个，因为只有变化才算数',
  '17 a second would be what is needed, one for each phone and change. The phones cannot know when, and ask all the time.':
    '每秒 17 个是真正需要的量，即每部手机每次变化一个请求。但手机无从知道何时变化，只能一直询问。',
  'Empty answers among the first 60 by short polling': '短轮询的前 60 个响应中，空响应的个数',
  '59, for one event among 60 polls': '59：60 次轮询遇上一个事件',
  'Share of these 60 answers that were empty': '这 60 个响应中空响应的比例',
  '59/60 = 98.3 % for one event in 60 polls': '60 次轮询遇上一个事件时为 59/60 = 98.3 %',
  'Requests by Server-Sent Events until the 60th of these answers': '到第 60 个响应为止，SSE 的请求数',
  '1, as long as nothing breaks': '只要不中断，就是 1',
  'Bytes of short polling for each of its requests until then, the answer included':
    '到那时为止，短轮询平均每个请求传输的字节数，含响应',
  'the header sections of a request and of its answer, and a body of about 43 B: several hundred bytes in a browser':
    '一个请求和一个响应的头部段，加上约 43 B 的正文：在浏览器里共几百字节',
  // scenarios/classroom/lessons/does-long-polling-push.ts
  'Does long polling push?': '长轮询是推送吗？',
  'You can put request, event and answer of a long poll into their order, and say who begins.':
    '能排出一次长轮询中请求、事件、响应的先后顺序，并说出由谁发起。',
  'With long polling an event reaches the page within milliseconds. What happens on the wire, in which order?':
    '使用长轮询时，事件几毫秒内就到达网页。线路上发生的事情，顺序是怎样的？',
  'Event, then the server opens a connection to the page, then it sends':
    '先有事件，然后服务器向网页建立连接，再发送',
  'A server cannot open a connection to a browser: nothing listens there. The browser always begins.':
    '服务器无法向浏览器建立连接：那边没有人在监听。总是由浏览器发起。',
  "Event, then the page's request, then the answer": '先有事件，然后网页发出请求，再有响应',
  'That is short polling. A long poll is at the server before the event happens; that is why it is so fast.':
    '那是短轮询。长轮询的请求在事件发生之前就已在服务器上，所以才这么快。',
  'Request, then a wait at the server, then the event, then the answer':
    '先有请求，在服务器上等待，然后有事件，再有响应',
  'The server keeps the request and answers late, when there is something to say. It looks like a push, and is an answer.':
    '服务器扣住请求，等有话可说时才响应。看起来像推送，其实是响应。',
  'One request in the beginning, then one answer piece after the other':
    '开头一个请求，然后响应一段接一段地到来',
  'That is streaming, as Server-Sent Events do it. A long poll ends with its answer, and the next needs a request.':
    '那是流，SSE 就是这样做的。长轮询随着响应而结束，下一次还要再请求。',
  'Draw each of the four orders as arrows between page and server. Which of these arrows are possible at all, and which are fast enough?':
    '把四种顺序分别画成网页与服务器之间的箭头。哪些箭头根本不可能？哪些足够快？',
  'Before an event comes, find the request that already waits at the server.':
    '在事件到来之前，找到已经在服务器上等待的请求。',
  'A request is waiting now.': '现在有一个请求正在等待。',
  'The hollow tube is a request without an answer. The connection is open and silent.':
    '空心管道就是尚未得到响应的请求。连接开着，但没有动静。',
  'Slow the time lens down, or pause the feed and send one event yourself.':
    '把时间放慢，或者暂停事件源，自己发送一个事件。',
  'See three times in which order they come: request, event, answer.':
    '看三次它们的先后顺序：请求、事件、响应。',
  'Before their events the first three requests had waited for {0}.':
    '在各自的事件发生之前，前三个请求分别已等待 {0}。',
  'Event {0}: its request had waited for {1} before it happened.':
    '事件 {0}：在它发生之前，请求已经等了 {1}。',
  'Event {0}: its request had waited for {1}; the answer left {2} after the event':
    '事件 {0}：它的请求已等待 {1}；响应在事件之后 {2} 发出',
  'Each answer belongs to a request that was there before it. No event travels without one.':
    '每个响应都属于一个先到的请求。没有请求，事件就无法传送。',
  'An event that happens while no request waits is answered at once with the next one; such a case does not count here.':
    '如果事件发生时没有请求在等待，就会在下一个请求到来时立即响应；这种情况在这里不算。',
  'Watch what the page does right after each answer.': '观察网页在每次响应之后立刻做什么。',
  '{0} answers were followed by a request on the same connection; connections so far: {1}':
    '有 {0} 个响应之后，同一连接上又来了请求；目前的连接数：{1}',
  'It asks again at once, so that a request waits for the next event. The TCP connection stays: HTTP keeps it alive.':
    '它立刻再次请求，好让下一个事件发生时有请求在等待。TCP 连接保留着：HTTP 让它保持存活。',
  'Look at the arrow from right to left right after an answer. X-ray shows its bytes.':
    '看响应之后从右向左的箭头。X 光会显示它的字节。',
  'Compare requests with Server-Sent Events after five events.': '五个事件之后，与 SSE 比较请求数。',
  'Long polling had sent {0} requests over {1} TCP connections when its fifth event was on its way; requests by Server-Sent Events so far: {2}':
    '第五个事件上路时，长轮询已通过 {1} 个 TCP 连接发送了 {0} 个请求；SSE 目前的请求数：{2}',
  'Long polling: {0} requests for {1} events; Server-Sent Events: {2} for {3}':
    '长轮询：{0} 个请求，{1} 个事件；SSE：{2} 个请求，{3} 个事件',
  "A stream is one answer that does not end. A long poll's answer ends with each event, so each event needs a request of its own.":
    '流是一个不结束的响应。长轮询的响应随每个事件而结束，所以每个事件都需要一个请求。',
  'Wait for five events in both lanes; at one every 2 s that is 10 s.':
    '请等两条泳道都收到五个事件；每 2 s 一个，需要 10 s。',
  "Long polling is a request that is answered late. HTTP has not changed: the browser asks, the server answers. Only the moment of the answer is the server's choice, and that makes it look like a push.":
    '长轮询就是晚一点得到响应的请求。HTTP 没有变：浏览器请求，服务器响应。只是响应的时刻由服务器选择，所以看起来像推送。',
  'In this run {0} requests are on record that were waiting when their event happened, the shortest for {1}, the longest for {2}.':
    '在本次运行中，有记录的请求里有 {0} 个在事件发生时正在等待，最短等了 {1}，最长等了 {2}。',
  "They went over {0} of the lane's TCP connections and were {1} requests in all: a long poll does not need a new connection each time.":
    '该泳道用了 {0} 个 TCP 连接，总共 {1} 个请求：长轮询并不需要每次新建连接。',
  'Between an answer and the next request nothing waits at the server. An event in that gap comes late, by up to three half round trips after it happened: answer down, request up, answer down. On one machine the gap is too short to notice; over a slow network it is not.':
    '从一个响应到下一个请求之间，服务器上没有请求在等待。这段空隙里的事件会迟到，最多迟三个单程：响应下行、请求上行、响应再下行。在一台机器上，这段空隙短得察觉不到；在慢速网络上则不然。',
  'Long polling, round trip 200 ms, two messages 10 ms apart: when does the page have the second, at worst?':
    '长轮询，往返时间 200 ms，两条消息相隔 10 ms。最坏情况下，网页何时收到第二条？',
  'About 100 ms after it happened, like the first': '发生后约 100 ms，与第一条一样',
  'The first answer has used up the waiting request. The second message has none to travel with.':
    '第一个响应已经用掉了等待中的请求。第二条消息没有请求可以搭乘。',
  'About 300 ms after it happened': '发生后约 300 ms',
  'The first answer travels down for 100 ms, the next request up for 100 ms, its answer down for 100 ms, less the 10 ms between both.':
    '第一个响应下行 100 ms，下一个请求上行 100 ms，它的响应再下行 100 ms，减去两条消息相隔的 10 ms。',
  'Never: it happened while no request was waiting': '永远收不到：它发生时没有请求在等待',
  'The server keeps it, and the next request says what the page had last. It comes late, and it comes.':
    '服务器会保留它，而下一个请求会说明网页最后收到的是哪一条。会迟到，但会到。',
  'Longest time for which one of the first three requests had waited when its event happened':
    '前三个请求在各自的事件发生时已等待的时间，取最长的',
  'nearly the time between two events: 2,000 ms at 0.5 events/s':
    '接近两个事件之间的时间：每秒 0.5 个事件时为 2,000 ms',
  'Requests of long polling until its fifth event was on its way': '到第五个事件上路时，长轮询的请求数',
  '6: one that fetched a cursor, then one for each event': '6：一个取游标，之后每个事件一个',
  'TCP connections of long polling until then': '到那时为止，长轮询的 TCP 连接数',
  '1: HTTP/1.1 keeps it alive, as long as nothing breaks': '1：只要不中断，HTTP/1.1 会让它保持存活',
  // scenarios/classroom/lessons/long-polling-at-twenty.ts
  'Here long polling needed more bytes for each event than short polling.':
    '在这里，长轮询每个事件的字节数比短轮询多。',
  "Here long polling needed no more bytes for each event than short polling: was the rate lower, or the interval shorter, than the lesson's?":
    '在这里，长轮询每个事件的字节数并不比短轮询多：速率是否比本课设定的低，或者间隔更短？',
  'Is long polling cheaper at 20 events a second?': '每秒 20 个事件时，长轮询更省吗？',
  'You can say at which rates of events long polling needs fewer requests than short polling, and at which more.':
    '能说出事件速率在什么范围时长轮询的请求比短轮询少，在什么范围时更多。',
  '20 events happen each second. Which sends more requests: long polling, or short polling every 500 ms?':
    '每秒发生 20 个事件。长轮询与每 500 ms 一次的短轮询，哪一个发送的请求更多？',
  'Short polling: long polling needs fewer requests by its nature': '短轮询：长轮询天生请求就少',
  'It needs fewer when events are rare, for then it waits. When events are frequent, each answer comes at once and calls for the next request.':
    '事件稀少时长轮询的请求确实少，因为它在等待。事件频繁时，每个响应立刻就来，随即又要发下一个请求。',
  'Long polling, many times more': '长轮询，而且多出许多倍',
  'Nearly each event ends a long poll: about 20 requests a second. Short polling sends 2 a second, whatever happens, and fetches ten events with each.':
    '几乎每个事件都会结束一次长轮询：每秒约 20 个请求。短轮询不管发生什么都是每秒 2 个，每次取回十个事件。',
  'Both about the same: the same events have to be fetched': '两者差不多：要取的是同样的事件',
  'The events are the same, but an answer can hold many. Short polling collects ten for one answer, long polling answers with the first.':
    '事件是一样的，但一个响应可以装下许多个。短轮询攒十个事件用一个响应，长轮询遇到第一个就响应。',
  'Long polling sends a single one, which stays open': '长轮询只发一个请求，并且一直开着',
  'That is a stream. A long poll is over with its answer.': '那是流。长轮询随着响应就结束了。',
  'What makes each of the two send its next request? Draw one second of both.':
    '两者各在什么时候发出下一个请求？把各自的一秒钟画出来。',
  'Let 100 events arrive by both kinds of polling.': '让两种轮询都收到 100 个事件。',
  'Only with the same number of events can requests and bytes be compared.':
    '事件数相同，才能比较请求数和字节数。',
  '100 events take 5 s at 20 events/s. Is the stage paused?':
    '每秒 20 个事件，100 个事件需要 5 s。舞台是否暂停了？',
  'Compare the requests: which lane sends more of them?': '比较请求数：哪条泳道发送得更多？',
  'Both have received {0} events in quick succession.': '两者都收到了 {0} 个接连而来的事件。',
  'Requests for each of 100 events: short polling {0}, long polling {1}':
    '100 个事件平均每个的请求数：短轮询 {0}，长轮询 {1}',
  'Short polling: {0} requests; long polling: {1}': '短轮询：{0} 个请求；长轮询：{1} 个',
  'A long poll is answered by the first event it meets. At 20 events/s that is after some 50 ms.':
    '长轮询遇到第一个事件就得到响应。每秒 20 个事件时，大约等 50 ms。',
  'Set the rate to 20 events/s and the poll interval to 500 ms. On a very slow machine a long poll fetches several events at once, and the difference shrinks.':
    '请把速率设为每秒 20 个事件，轮询间隔设为 500 ms。在很慢的机器上，一次长轮询会取回好几个事件，差别就会变小。',
  'Compare the bytes for each event.': '比较平均每个事件的字节数。',
  'Short polling: {0} an event; long polling: {1}': '短轮询：每个事件 {0}；长轮询：{1}',
  'Each request and each answer has a header section, some hundred bytes in a browser. Short polling shares one pair among ten events.':
    '每个请求和每个响应都有头部段，在浏览器里有几百字节。短轮询让十个事件分摊一对头部段。',
  'The step needs 100 events at a high rate. Begin the lesson again if you have changed the rate before.':
    '这一步需要高速率下的 100 个事件。如果之前改过速率，请重新开始本课。',
  'Now set the rate to 0.5 events/s and wait for about 15 s: who sends more requests?':
    '现在把速率设为每秒 0.5 个事件，等约 15 s：谁发送的请求更多？',
  'The latest 10 s are not yet on record.': '还没有最近 10 s 的完整记录。',
  'In the latest 10 s: short polling {0} requests, long polling {1}':
    '最近 10 s 内：短轮询 {0} 个请求，长轮询 {1} 个',
  'Long polling sends about one request for each event, short polling one for each interval. They cross where events are as frequent as polls.':
    '长轮询大约每个事件发一个请求，短轮询每个间隔发一个。当事件与轮询同样频繁时，两者持平。',
  'It counts the latest 10 s only, so the time at 20 events/s has to pass first.':
    '这里只统计最近 10 s，所以要先等每秒 20 个事件的那段时间过去。',
  'Short polling sends 1/T requests a second, here 2, however many events there are. Long polling sends about as many as there are events, here 20. It needs fewer requests below the crossover at r = 1/T, and more above.':
    '短轮询不管有多少事件，每秒都发 1/T 个请求，这里是 2 个。长轮询的请求数与事件数大致相同，这里是每秒 20 个。速率低于交叉点 r = 1/T 时它的请求更少，高于时更多。',
  'In this run, over 100 events in quick succession, long polling sent {0} requests an event and {1}, short polling {2} requests and {3}.':
    '在本次运行中，连续到来的 100 个事件里，长轮询平均每个事件发送 {0} 个请求、传输 {1}，短轮询为 {2} 个请求、{3}。',
  'What is bought with it is time: by long polling an event is there after a journey, by short polling after T/2 on average. And over a slow network a long poll is under way for a whole round trip, collects the events of that time, and so sends at most one request for each round trip.':
    '换来的是时间：长轮询的事件只需路上的时间就到，短轮询则平均要等 T/2。另外，在慢速网络上，一次长轮询要走完一个往返，会攒下这段时间里的事件，所以每个往返时间最多发一个请求。',
  'A score changes every 2 minutes. Long polling, held 25 s at most, or polling every second: what is true?':
    '比分约两分钟变化一次。长轮询（最多等 25 s）与每秒一次的短轮询相比，哪种说法正确？',
  'Long polling sends fewer requests and is faster': '长轮询请求更少，而且更快',
  'About one request in 20 s or so against 20, and the event is there after a journey instead of half a second. This is what long polling was made for.':
    '前者大约每 20 s 一个请求，后者同样时间里有 20 个；而且事件只需路上的时间就到，不用等半秒。长轮询正是为此而生的。',
  'Long polling sends more requests, but is faster': '长轮询请求更多，但更快',
  'That holds for frequent events. Here one request waits up to 25 s, while short polling sends 25.':
    '事件频繁时才是这样。这里一个请求最多等 25 s，而短轮询同样时间里要发 25 个。',
  'Long polling sends fewer requests, but is slower': '长轮询请求更少，但更慢',
  'Fewer, yes. But its request is at the server when the event happens, and the answer leaves at once.':
    '确实更少。但事件发生时，它的请求已经在服务器上，响应会立刻发出。',
  'Requests of long polling for each of the first 100 events at 20 events/s':
    '每秒 20 个事件时，前 100 个事件中长轮询平均每个事件的请求数',
  'about 1; less where one answer holds several events': '约为 1；一个响应装下几个事件时会更少',
  'Requests of short polling for each of the first 100 events at 20 events/s':
    '每秒 20 个事件时，前 100 个事件中短轮询平均每个事件的请求数',
  '1/(rT) = 1/(20 x 0.5) = 0.1': '1/(rT) = 1/(20 × 0.5) = 0.1（个）',
  'Bytes of long polling for each of the first 100 events at 20 events/s':
    '每秒 20 个事件时，前 100 个事件中长轮询平均每个事件的字节数',
  "a request's header section, an answer's header section, and the payload with what encloses it":
    '一个请求的头部段，一个响应的头部段，再加有效载荷及其外壳',
  'Bytes of short polling for each of the first 100 events at 20 events/s':
    '每秒 20 个事件时，前 100 个事件中短轮询平均每个事件的字节数',
  'a tenth of both header sections, and the payload with what encloses it':
    '两个头部段的十分之一，再加有效载荷及其外壳',
  // scenarios/classroom/lessons/tab-seven.ts
  'What happens to tab seven?': '第七个标签页会怎样？',
  'You can say how many streams a browser opens to one origin over HTTP/1.1, and what waits when they are used up.':
    '能说出浏览器通过 HTTP/1.1 对一个源最多打开多少个流，以及用完之后什么会等待。',
  'Seven tabs of one page each open an EventSource to one server over HTTP/1.1. What does the seventh see?':
    '同一个网页的七个标签页，各自通过 HTTP/1.1 向同一台服务器打开一个 EventSource。第七个会看到什么？',
  'The same as the others: seven streams, seven times the events': '与其他的一样：七个流，事件各得一份',
  'A server could serve thousands. It is the browser that opens only six connections to an origin over HTTP/1.1, whatever tab asks for them.':
    '服务器可以服务几千个。是浏览器通过 HTTP/1.1 对一个源只打开六个连接，不管由哪个标签页发起。',
  'An error, which its script can show': '一个错误，脚本可以显示出来',
  'An error would be kind. The browser queues the request until one of the six ends, and a stream does not end. No event tells the page.':
    '能报错倒还好。浏览器会让请求排队，直到六个连接中有一个结束，而流不会结束。页面得不到任何通知。',
  'Nothing at all: its request waits in the browser, without an error':
    '什么也没有：请求在浏览器里等待，也不报错',
  'Six connections are in use for as long as the streams live. The seventh request has not even left the browser.':
    '只要流还在，六个连接就都被占用。第七个请求甚至没有离开浏览器。',
  'The events, but the first tab loses its stream': '能收到事件，但第一个标签页会失去它的流',
  'A browser does not end a response that is under way for another. First come, first served.':
    '浏览器不会为了别的请求而结束正在传输的响应。先到先得。',
  'What do the tabs of one browser share, and what has each for itself? If there is a limit, who could set it: page, browser, server or network?':
    '同一个浏览器的各个标签页共用什么，又各自拥有什么？如果有限制，可能由谁来定：网页、浏览器、服务器，还是网络？',
  'Count the EventSources that are open: how many of the seven get events?':
    '数一数打开的 EventSource：七个中有几个收到事件？',
  '{0} of {1} are open; events that reached exactly these: {2}':
    '{1} 个中已打开 {0} 个；恰好到达这 {0} 个的事件：{2} 个',
  "The limit is the browser's, six connections for each origin on HTTP/1.1, shared by all its tabs.":
    '这个限制来自浏览器：HTTP/1.1 下每个源六个连接，由所有标签页共用。',
  'If all seven open, this browser has another limit, or its setting was changed. Firefox and Chromium have six. When one of the six breaks, the one that waited takes its place; wait for three more events.':
    '如果七个都打开了，说明这个浏览器的限制不同，或者改过设置。Firefox 和 Chromium 都是六个。六个中有一个中断时，等待的那个会顶上；请再等三个事件。',
  'Ask the same server for something ordinary: press “Ask once more”.':
    '向同一台服务器请求一点普通的内容：点“再请求一次”。',
  '{0} get events and {1} waits; events that reached exactly these: {2}':
    '{0} 个收到事件，{1} 个在等；恰好到达这几个的事件：{2} 个',
  'The ordinary request waits.': '普通请求正在等待。',
  'All {0} WebSockets are open, and the ordinary request was answered.':
    '{0} 个 WebSocket 都打开了，普通请求也得到了响应。',
  "An ordinary request needs a connection, too, and all six are taken. The page's own images, forms and data hang.":
    '普通请求也需要连接，而六个都被占用了。页面自己的图片、表单和数据都会卡住。',
  'Press “Ask once more” when the six streams are open. If the request is answered, fewer than six are.':
    '请在六个流都打开之后再点“再请求一次”。如果请求得到响应，说明打开的还不到六个。',
  'Change the rate to 2 events/s: do the controls of this page still work?':
    '把速率改为每秒 2 个事件：这个页面的控件还能用吗？',
  'The rate is {0} events/s.': '当前速率为每秒 {0} 个事件。',
  'They speak with another origin: another port has six connections of its own. Besides, they use a WebSocket.':
    '它们联系的是另一个源：另一个端口有自己的六个连接。而且它们用的是 WebSocket。',
  'Any other rate will do. The step counts while one EventSource waits.':
    '改成其他速率也可以。有一个 EventSource 仍在等待时，这一步才算数。',
  'Look at the other lane: seven WebSockets from one page. Is its ordinary request answered?':
    '看另一条泳道：同一个网页的七个 WebSocket。它的普通请求得到响应了吗？',
  '{0} of {1} WebSockets are open': '{1} 个 WebSocket 中已打开 {0} 个',
  'WebSockets are not counted among the six; browsers have another, higher limit for them.':
    'WebSocket 不计入这六个连接；浏览器对它另有限制，而且高得多。',
  'A browser opens WebSockets to one server one after the other; wait a little, then press “Ask once more”.':
    '浏览器会逐个打开到同一台服务器的 WebSocket；请稍等，再点“再请求一次”。',
  'Over HTTP/1.1 a browser opens at most six connections to an origin. A stream keeps one of them for as long as it lives. After six, every further request to that origin waits in the browser: the seventh stream, but also images, forms and data, in every tab.':
    '通过 HTTP/1.1，浏览器对一个源最多打开六个连接。一个流只要存在，就占着一个连接。满六个之后，发往这个源的其他请求都在浏览器里等待：不只是第七个流，还有每个标签页里的图片、表单和数据。',
  'In this run {0} of {1} EventSources are open, over {2} TCP connections.':
    '在本次运行中，{1} 个 EventSource 中有 {0} 个打开着，使用 {2} 个 TCP 连接。',
  'The ordinary request to the same origin was still waiting when it was last looked at.':
    '最后一次查看时，发往同一个源的普通请求仍在等待。',
  'Of {0} WebSockets {1} are open.': '{0} 个 WebSocket 中有 {1} 个打开着。',
  'HTTP/2 changes it: all requests share one connection as streams, usually 100 or more at once. WebSocket has a limit of its own, which is far higher. One stream shared by all tabs, by a SharedWorker or a BroadcastChannel, helps everywhere. HTTP/2 is not on this stage, since browsers speak it over TLS only.':
    'HTTP/2 改变了这一点：所有请求作为流共用一个连接，通常可同时有 100 个以上。WebSocket 有自己的限制，要高得多。让所有标签页通过 SharedWorker 或 BroadcastChannel 共用一个流，在哪里都有帮助。这个舞台上没有 HTTP/2，因为浏览器只在 TLS 上使用它。',
  'A shop must stay on HTTP/1.1 and wants SSE on each page. Customers open ten tabs. What helps?':
    '某网店只能使用 HTTP/1.1，又想在每个页面上使用 SSE。顾客会打开十个标签页。什么办法有用？',
  'Let the streams come from another host name, such as events.shop.example':
    '让流来自另一个主机名，例如 events.shop.example',
  "Then the shop's pages no longer hang, but the streams of tabs seven to ten still wait at the other origin. It is half of a solution.":
    '这样网店的页面不再卡住，但第七到第十个标签页的流仍要在另一个源那里等待。只解决了一半。',
  'One stream for all tabs, shared through a SharedWorker': '所有标签页通过 SharedWorker 共用一个流',
  'However many tabs there are, only one connection is taken for as long as they live.':
    '不管有多少标签页，始终只占用一个连接。',
  'A server with more power': '换一台更强的服务器',
  'The requests wait in the browser. The server does not even know of them.':
    '请求是在浏览器里等待。服务器根本不知道有这些请求。',
  'EventSources that are open, of seven, once three events have come to them':
    '收到三个事件之后，七个 EventSource 中打开着的个数',
  '6 for each origin over HTTP/1.1': '通过 HTTP/1.1，每个源 6 个',
  'TCP connections to the server of this lane that are open then':
    '此时与这条泳道的服务器之间打开着的 TCP 连接数',
  '6: the seventh request has not left the browser': '6：第七个请求没有离开浏览器',
  'WebSockets that are open, of seven, once three events have come to them':
    '收到三个事件之后，七个 WebSocket 中打开着的个数',
  '7: they are not counted among the six': '7：它们不计入那六个连接',
  // scenarios/classroom/lessons/size-of-hello.ts
  'How big is “hello” on the wire?': '“hello”在线路上有多大？',
  'You can say what travels beside a small message by each technique, and when it matters.':
    '能说出各种技术在一条小消息之外还要传些什么，以及何时值得在意。',
  'A poll brings "hello", 7 bytes with its quotation marks. How many bytes pass the socket, request included?':
    '一次轮询取回 "hello"，连引号 7 个字节。连同请求，经过套接字的有多少字节？',
  'About 10: the message and a little around it': '大约 10：消息本身加一点点外壳',
  'That is what a WebSocket frame takes. A poll is an HTTP request and an HTTP response, each with a header section.':
    '那是 WebSocket 帧的大小。一次轮询是一个 HTTP 请求加一个 HTTP 响应，各带一个头部段。',
  'About 50': '大约 50',
  "That is the order of an event in an open stream. A browser's request alone names itself, what it accepts, where it comes from and more.":
    '那是在已打开的流里一个事件的大小。浏览器单是请求就要报上自己的名字、接受什么、从哪里来等等。',
  'About 200': '大约 200',
  'The head of the answer alone is nearly that long, and the request is longer.':
    '单是响应的头部就差不多这么长，而请求更长。',
  'More than 500': '超过 500',
  "A browser's request has several hundred bytes of header, the answer some 200 more. The seven bytes hardly show. With cookies it would be more still.":
    '浏览器的请求有几百字节的头部，响应又有 200 字节左右。那七个字节几乎看不见。带上 Cookie 还会更多。',
  'Write down what browser and server say to each other in one poll, as far as you know it. How long does it get?':
    '尽你所知，写下一次轮询中浏览器和服务器互相说了什么。一共有多长？',
  'Send one event and wait until all five lanes have it.': '发送一个事件，等五条泳道都收到。',
  '{0} of 5 lanes have an event': '5 条泳道中已有 {0} 条收到事件',
  'The same seven bytes go out by five techniques. Whatever else passes the socket is there because of the technique.':
    '同样的七个字节用五种技术发出。经过套接字的其他字节，都是因技术而来的。',
  'Short polling fetches it up to 2 s later. Send one at a time: two in one answer cannot be told apart here.':
    '短轮询最多晚 2 s 取到。请一次只发一个：同一个响应里有两个事件时，这里无法分开计算。',
  'Find in the X-ray the request and the answer that brought it by short polling.':
    '在 X 光中，找到短轮询取回它的请求和响应。',
  'All five lanes have it, for {0} to {1} each.': '五条泳道都收到了它，各用了 {0} 到 {1}。',
  'Short polling: {0}, long polling: {1}': '短轮询：{0}，长轮询：{1}',
  'A poll is a whole HTTP exchange. Its header sections are there for every message anew.':
    '一次轮询是一次完整的 HTTP 交换。每条消息都要重新带上头部段。',
  'Choose the lane of short polling in the X-ray, then its last response with an event in it.':
    '在 X 光中选择短轮询泳道，再选最近一个带有事件的响应。',
  'Compare the three that keep a connection: iframe, Server-Sent Events, WebSocket.':
    '比较保持连接的三种：iframe、SSE、WebSocket。',
  'iframe: {0}, Server-Sent Events: {1}, WebSocket: {2}': 'iframe：{0}，SSE：{1}，WebSocket：{2}',
  'Their header sections were sent once, in the beginning. An event then needs only what marks where it begins and ends.':
    '它们的头部段只在开头发送一次。之后每个事件只需标出从哪里开始、到哪里结束。',
  'One lane may have been away when you sent. Send another event.':
    '可能在发送时有一条泳道不在。请再发送一个事件。',
  'Set the payload to 1,000 bytes or more and send another: how much of it is payload now?':
    '把有效载荷设为 1,000 字节以上，再发送一个：现在有效载荷占多大比例？',
  'Payload: {0} % of long polling, {1} % of Server-Sent Events':
    '有效载荷：占长轮询的 {0} %，占 SSE 的 {1} %',
  'The payload is {0} B.': '当前有效载荷为 {0} B。',
  'What is added hardly grows with the payload. For large messages its share is small, whichever technique carries them.':
    '附加的字节几乎不随有效载荷增长。对大消息来说，不管用哪种技术，附加部分所占比例都很小。',
  'After the change an event has to be sent, too.': '修改之后，还要发送一个事件。',
  "A poll carries the header sections of a request and of an answer for each message. A stream has sent them once: then an event costs an iframe its script element, Server-Sent Events its field names and number, both a chunk's size around it, and WebSocket 2 bytes of frame header up to 125 bytes of payload.":
    '每条消息经轮询传送，都要带上请求和响应的头部段。流只在开头发送一次：之后一个事件，iframe 要加一个 script 元素，SSE 要加字段名和编号，两者外面还有分块长度，而 WebSocket 在有效载荷不超过 125 字节时只加 2 字节帧头。',
  'In this run the latest “hello” took: {0}.': '在本次运行中，最近一个“hello”所用的字节：{0}。',
  '{0} {1}, of which {2} B are payload': '{0} {1}，其中有效载荷 {2} B',
  'With a larger payload {0} % of the bytes of long polling were payload, and {1} % of those of Server-Sent Events.':
    '有效载荷变大之后，它占长轮询字节数的 {0} %，占 SSE 字节数的 {1} %。',
  "These are bytes of the TCP stream. Below it each segment adds 52 bytes of IPv4 and TCP with its time stamps, and so does each bare acknowledgement: on the wire a frame of 9 bytes becomes more than 100, and the difference between techniques shrinks from some seventy times to fewer than ten. This browser sends no cookies here; a site's own would make every poll longer.":
    '以上是 TCP 流的字节数。再往下，每个报文段还要加 52 字节的 IPv4 和 TCP 头部（含时间戳选项），每个单独的确认也是如此：9 字节的帧到了线路上会超过 100 字节，各技术之间的差距也从七十倍左右缩小到不足十倍。这个浏览器在这里不发送 Cookie；真实网站的 Cookie 会让每次轮询更长。',
  'A camera sends a 200 kB picture every 10 s. How many bytes does WebSocket save against long polling?':
    '某摄像头每 10 s 发送一张 200 kB 的图片。选 WebSocket 而不选长轮询，字节数能省多少？',
  'Nearly everything: WebSocket has no headers': '几乎全部：WebSocket 没有头部',
  'The picture is nearly everything, and it has to travel by any technique.':
    '图片本身就占了几乎全部，不管用什么技术都得传。',
  'Less than 1 %': '不到 1 %',
  'Some 700 bytes of 200,000 are about a third of a percent. Here other reasons decide.':
    '200,000 字节中的约 700 字节，大约是百分之零点三。这时应由其他理由来决定。',
  'About half': '大约一半',
  'Half would need 200 kB of headers. They have less than a thousand bytes.':
    '要占一半，头部就得有 200 kB，而实际不到一千字节。',
  'Bytes for one “hello” by short polling, request and answer': '短轮询传送一个“hello”的字节数，请求加响应',
  'about 530 B of request and 250 B of answer; it depends on the browser':
    '请求约 530 B，响应约 250 B；因浏览器而异',
  'Bytes for one “hello” by iframe streaming': 'iframe 流传送一个“hello”的字节数',
  'script element 38 B and 6 B of chunk around it = 44 B': 'script 元素 38 B，外面的分块 6 B，合计 44 B',
  'Bytes for one “hello” by Server-Sent Events': 'SSE 传送一个“hello”的字节数',
  'id 6 B, data 14 B, an empty line 1 B, and 6 B of chunk around them = 27 B; 1 more for each further digit of the number':
    'id 6 B，data 14 B，空行 1 B，外面的分块 6 B，合计 27 B；编号每多一位再加 1 B',
  'Bytes for one “hello” by WebSocket': 'WebSocket 传送一个“hello”的字节数',
  '2 B of frame header and 7 B of payload = 9 B': '帧头 2 B，有效载荷 7 B，合计 9 B',
  'Share of payload in a “hello” by Server-Sent Events': 'SSE 传送的“hello”中有效载荷的比例',
  '7/27 = 26 %': '7/27 = 26 %（约）',
  // scenarios/classroom/lessons/websocket-or-sse.ts
  'Server-Sent Events came after WebSocket in {0} of {1} events.':
    '{1} 个事件中，SSE 比 WebSocket 晚到的有 {0} 个。',
  'So WebSocket was ahead here, by {0}.': '所以这里 WebSocket 领先 {0}。',
  'So Server-Sent Events were ahead here, by {0}.': '所以这里 SSE 领先 {0}。',
  'So neither is ahead.': '所以没有哪一个领先。',
  'Whichever the server had written first came first in {0} of {1}.':
    '服务器先写出的那一个先到的，{1} 个中有 {0} 个。',
  'Medians of 30 events: {0} by Server-Sent Events and {1} by WebSocket; the middle 80 % of one of them alone is {2} wide.':
    '30 个事件的中位数：SSE {0}，WebSocket {1}；单是其中一个，中间 80 % 的宽度就有 {2}。',
  'Is WebSocket always faster than SSE?': 'WebSocket 总比 SSE 快吗？',
  'You can compare two delays honestly: event by event and beside their scatter, and say when a difference means nothing.':
    '能诚实地比较两种延迟：逐个事件比较，并与波动放在一起看，说出什么时候差别没有意义。',
  'One server sends the same small events by WebSocket and by Server-Sent Events. Which arrive earlier?':
    '同一台服务器把同样的小事件分别通过 WebSocket 和 SSE 发送。哪一种先到？',
  'WebSocket, clearly: it is a protocol of its own for real time':
    'WebSocket，明显更快：它是专为实时设计的协议',
  'Its frame is some twenty bytes shorter. But both are bytes written into an open TCP connection, and twenty bytes cost microseconds at most.':
    '它的帧短二十来个字节。但两者都是把字节写进已打开的 TCP 连接，二十个字节最多只值几微秒。',
  'Server-Sent Events, clearly: one direction needs less work': 'SSE，明显更快：单向要做的事更少',
  'The other direction costs nothing while nobody uses it. Both write into an open connection.':
    '反方向没人用的时候并不花什么。两者都是写进已打开的连接。',
  'Neither: the difference is smaller than what varies from event to event':
    '都不是：两者的差别比各个事件之间的波动还小',
  'Both connections are open before the event happens. What is left is the same journey, and its chance variations are larger than the difference.':
    '两个连接在事件发生之前就都打开了。剩下的是同样的路程，而路上的偶然波动比两者的差别更大。',
  'Server-Sent Events are later by a round trip each, as HTTP must ask first':
    'SSE 每个事件都要晚一个往返，因为 HTTP 必须先请求',
  'That holds for polls. An event stream was asked for once; its events follow without further requests.':
    '轮询才是这样。事件流只请求过一次，之后的事件不再需要请求。',
  'Which steps does an event take from server to page by each of the two? Where could one lose time against the other?':
    '用这两种技术，事件从服务器到网页各要经过哪些步骤？在哪里一种可能比另一种多花时间？',
  'Let 30 events arrive by both.': '让两者各收到 30 个事件。',
  'A single event may be early or late by chance. Thirty show how much chance there is.':
    '单个事件的早晚可能是偶然。三十个事件才能显示偶然有多大。',
  '30 events take 6 s at 5 events/s, and only those without added delay count: set it to 0 ms if you have changed it. If a lane stays without events, press Reset.':
    '每秒 5 个事件，30 个需要 6 s，而且只有未附加延迟的事件才算：如果改过延迟，请设回 0 ms。如果某条泳道一直没有事件，请按“重置”。',
  'Both have {0} events.': '两者都有了 {0} 个事件。',
  'Compare event by event: in how many of the 30 do Server-Sent Events come later?':
    '逐个事件比较：30 个事件中，SSE 晚到的有多少个？',
  'The same event by both: whatever makes it late for both cancels out. If neither is ahead in nearly all of them, a difference of the medians is no reason to prefer one. One process writes both, so this stage reverses the order at every second event.':
    '同一个事件由两者传送：让两者都变慢的因素互相抵消。如果没有哪一个在几乎所有事件中领先，中位数之差就不足以成为选择的理由。两者由同一个进程写出，所以这个舞台每隔一个事件就颠倒一次先后顺序。',
  'Then your run says something else, and that is a result, too: note the numbers, press Reset, and see whether it repeats.':
    '那么你的运行得出了另一种结果，这也是结果：记下数字，按“重置”，看它是否重现。',
  'Add 50 ms of delay to the network: what becomes of both?': '给网络增加 50 ms 延迟：两者各会怎样？',
  'Ten events: median {0} by Server-Sent Events, {1} by WebSocket; Server-Sent Events came after WebSocket in {2} of {3}.':
    '十个事件的中位数：SSE {0}，WebSocket {1}；其中 SSE 比 WebSocket 晚到的，{3} 个中有 {2} 个。',
  'Added to each direction: {0} ms': '每个方向增加：{0} ms',
  'Both wait for the same journey, once. The network decides, and not the name of the technique.':
    '两者都只等同样的一段路程。起决定作用的是网络，而不是技术的名称。',
  'Both connections are opened anew through the slower network. Wait for ten further events.':
    '两个连接都要通过变慢的网络重新打开。请再等十个事件。',
  "Once their connections are open, both do the same: the server writes some bytes, the network carries them, the browser reads them and calls a function. In theory both take half a round trip, R/2, and the computer's own time. WebSocket's frame is shorter by some twenty bytes, which take microseconds.":
    '连接一旦打开，两者做的事相同：服务器写出一些字节，网络传送，浏览器读取并调用一个函数。理论上都是半个往返时间 R/2，再加计算机自身处理的时间。WebSocket 的帧短二十来个字节，这只值几微秒。',
  'The middle 80 % of the {0} delays of this run differ from each other by {1}: the computer is busy with something else. Their medians compare nothing; event by event they can be compared all the same.':
    '本次运行的 {0} 个延迟中，中间 80 % 彼此相差 {1}：计算机正忙于别的事情。它们的中位数说明不了什么；但逐个事件仍然可以比较。',
  "With {0} ms added in each direction, the medians of ten events were {1} by Server-Sent Events and {2} by WebSocket. Next to such a journey, what the server's order of writing makes is nothing.":
    '每个方向增加 {0} ms 之后，十个事件的延迟中位数，SSE 为 {1}，WebSocket 为 {2}。与这样的路程相比，服务器写出的先后顺序算不了什么。',
  'One process writes both lanes, one after the other, and who is second is later by that: a fraction of a millisecond. Always in the same order, the first would win nearly every event, and the comparison would have measured the order. So it is reversed at every second event.':
    '两条泳道由同一个进程先后写出，后写的那个因此晚一点：不到一毫秒。如果顺序总是相同，先写的几乎会赢得每个事件，比较的就成了顺序。所以每隔一个事件就颠倒一次。',
  'One run on one machine shows that there is no large difference here. It cannot show that there is none at all: for that, trials are repeated in random order and compared in pairs, as the bench of pushlab does.':
    '一台机器上的一次运行能说明这里没有大的差别，但不能说明完全没有差别：为此要按随机顺序重复试验并成对比较，pushlab 的基准测试就是这样做的。',
  'What does tell them apart: WebSocket carries messages both ways and bytes as they are; Server-Sent Events reconnect by themselves, say what came last, and pass wherever HTTP passes.':
    '真正的区别在于：WebSocket 双向传送消息，并能直接传送字节；SSE 会自动重连，会说明最后收到的是什么，而且 HTTP 能通过的地方它都能通过。',
  'A blog says: WebSocket took 2.1 ms, SSE 2.4 ms, so WebSocket is 12.5 % faster. What is missing most?':
    '某博客写道：WebSocket 用了 2.1 ms，SSE 用了 2.4 ms，所以 WebSocket 快 12.5 %。这句话最缺少什么？',
  'How much the delays of each vary, and over how many trials': '各自的延迟波动有多大，做了多少次试验',
  'If each varies by a millisecond from trial to trial, 0.3 ms may well be chance. Without the scatter, the sentence says nothing.':
    '如果每次试验之间的波动有一毫秒，那么 0.3 ms 很可能是偶然。没有波动范围，这句话说明不了什么。',
  "The brand of the server's processor": '服务器处理器的品牌',
  'It belongs into every report. But it is the same for both, and does not tell whether 0.3 ms are chance.':
    '这确实该写进每份报告。但它对两者都一样，说明不了 0.3 ms 是不是偶然。',
  'Nothing: 2.1 is less than 2.4': '什么也不缺：2.1 小于 2.4',
  'The numbers are of this one run. Whether the next one gives the same order is the question.':
    '这只是这一次运行的数字。问题在于下一次是否还是同样的顺序。',
  'Of the first {0} events without added delay, those that Server-Sent Events brought after WebSocket':
    '无附加延迟的前 {0} 个事件中，SSE 比 WebSocket 晚到的个数',
  'about half of them: whichever is written first comes first': '大约一半：先写出的先到',
  'Median delay by Server-Sent Events of the 30 events that are compared, without added delay':
    '无附加延迟时，所比较的 30 个事件经 SSE 的延迟中位数',
  "R/2, and the computer's own time: a few milliseconds on one machine":
    'R/2，再加计算机自身处理的时间：在一台机器上只有几毫秒',
  'Median delay of the same events by WebSocket': '同样的事件经 WebSocket 的延迟中位数',
  'R/2, as for Server-Sent Events': 'R/2，与 SSE 相同',
  'Width of the middle 80 % of the technique that scatters more': '波动较大的那种技术，中间 80 % 的宽度',
  'no formula: it is what the computer does besides': '没有公式：它取决于计算机同时还在做什么',
  'Median delay of the first ten events by WebSocket with 50 ms added':
    '增加 50 ms 之后，WebSocket 前十个事件的延迟中位数',
  '50 ms and what it was before: one way only': '50 ms 再加上原来的延迟：只算单程',
  // scenarios/classroom/lessons/server-restart.ts
  'The server restarts: which events are lost?': '服务器重启：哪些事件会丢失？',
  'You can say what has to be kept, and by whom, so that a break loses nothing.':
    '能说出为了中断时不丢失任何东西，必须由谁保存什么。',
  'A server restarts; events go on while it is away. All pages come back. Which never get these events?':
    '服务器重启，离开期间事件照样发生。所有网页都会自动回来。其中哪些永远收不到这些事件？',
  'None: TCP delivers everything': '都能收到：TCP 会送达一切',
  'TCP delivers within one connection. It ended with the server, and a new connection knows nothing of the old one.':
    'TCP 只在一个连接之内保证送达。连接随服务器一起结束了，新连接对旧连接一无所知。',
  'All: while the server is away nobody can receive': '都收不到：服务器不在时谁也无法接收',
  'Not at that time. But if events are kept somewhere and the page says what it had last, the rest can be fetched afterwards.':
    '当时确实收不到。但如果事件保存在某处，而网页说明自己最后收到的是哪一个，其余的之后仍能取回。',
  'Those by WebSocket; Server-Sent Events lose nothing': '用 WebSocket 的收不到；SSE 什么也不丢',
  'EventSource says by itself what it had last, WebSocket says what the page lets it say. With one number more in its address it loses nothing either.':
    'EventSource 会自动说明最后收到的是什么，WebSocket 则由网页决定说什么。只要在地址里多带一个编号，它也什么都不丢。',
  'Those that come back without saying which event they had last': '回来时不说明自己最后收到哪个事件的那些',
  'Who asks “from now on” gets what happens from now on. Who says “after number 7” gets the rest, by whichever technique.':
    '请求“从现在起”的，得到的就是从现在起发生的。说明“第 7 号之后”的，不管用什么技术，都能得到其余的事件。',
  'What becomes of an event that happens while the server is away? What does the server know of a page that comes back?':
    '服务器离开期间发生的事件会怎样？对一个重新回来的网页，服务器知道些什么？',
  'Wait until each of the four lanes has three events.': '等四条泳道各收到三个事件。',
  '{0} of 4 lanes': '4 条泳道中的 {0} 条',
  'So that each lane has a last event to remember.': '这样每条泳道都有一个最后的事件可以记住。',
  'At 1 event/s it takes about 4 s. A lane that says that it failed tries again by itself.':
    '每秒 1 个事件，大约需要 4 s。显示失败的泳道会自动重试。',
  'Restart the server: it is away for 3 s, and the feed goes on.':
    '重启服务器：它会离开 3 s，而事件源照常运行。',
  'The server is away.': '服务器已离开。',
  'Each of the four lanes has {0} events or more.': '四条泳道各有 {0} 个或更多事件。',
  'The server was away for {0}; published meanwhile: {1}': '服务器离开了 {0}；这期间发布了：{1}',
  'All four lanes are back.': '四条泳道都回来了。',
  'The process is ended as by a crash: all its connections are gone. Events happen elsewhere, and are kept there.':
    '进程像崩溃一样结束：它的连接全都没了。事件发生在别处，也保存在那里。',
  'Press the button. If no event happened in these 3 s, the rate is too low: set it to 1 event/s and restart again. It is the latest restart that counts.':
    '请按按钮。如果这 3 s 内没有事件，说明速率太低：请把速率设为每秒 1 个事件，再重启一次。以最近一次重启为准。',
  'Watch all four lanes come back.': '观察四条泳道都回来。',
  '{0} of 4 lanes are back': '4 条泳道中已有 {0} 条回来',
  "EventSource reconnects by itself after a while that the server has told it; for WebSocket and polls the page's script does.":
    'EventSource 等一段由服务器告知的时间后自动重连；WebSocket 和轮询则由网页脚本来做。',
  'Some wait for a few seconds before they try again. Keep this tab in front. A lane that has no events for 10 s: press Reset, and restart again.':
    '有些要等几秒才重试。请让这个标签页保持在前台。如果某条泳道 10 s 没有事件，请按“重置”，再重启一次。',
  'Check the three lanes that said what they had last: is anything missing?':
    '检查说明了最后收到什么的三条泳道：缺了什么吗？',
  'Published while the server was away: {0}. Lost in these three lanes: {1}':
    '服务器离开期间发布的事件：{0}。这三条泳道丢失的个数：{1}',
  'Last-Event-ID, a number in the address, a cursor in the poll: three ways to say the same thing.':
    'Last-Event-ID、地址里的编号、轮询里的游标：说的是同一件事的三种方式。',
  'If something was lost although its lane said what it had, note which and when: a page that is loaded anew has forgotten its number, and the feed keeps a limited number of events. Press Reset, and restart again.':
    '如果某条泳道说明了最后收到什么却仍有丢失，请记下是哪些、在何时：重新加载的网页会忘掉编号，事件源也只保存有限个事件。请按“重置”，再重启一次。',
  'Find the broken dots in the forgetful lane: which events did it never get?':
    '在“不记位置”的泳道里找出破碎的圆点：哪些事件它始终没有收到？',
  'Lost by the forgetful lane: {0}': '“不记位置”的泳道丢失了：{0}',
  'It came back and asked for what happens from now on. Nobody told it that something was missing.':
    '它回来后请求的是从现在起发生的事件。没有人告诉它缺了什么。',
  'A lane knows of a gap only when a later event arrives. Wait for one more event. If the page was loaded anew during the restart, press Reset, and restart again.':
    '只有收到后面的事件，泳道才知道有缺口。请再等一个事件。如果重启期间重新加载过网页，请按“重置”，再重启一次。',
  'Nothing is lost if three things hold: events are numbered, somebody keeps them for longer than the break, and who comes back says which number it had last. Without the last, all events of the break are lost: rate x time away.':
    '只要做到三点，就什么也不丢：事件有编号，有人把它们保存得比中断更久，回来的一方说明最后收到的编号。缺了最后一点，中断期间的事件会全部丢失：速率 × 离开的时间。',
  'In this run the server was away for {0}, and the feed published {1} events in that time: {2}.':
    '在本次运行中，服务器离开了 {0}，其间事件源发布了 {1} 个事件：{2}。',
  'Lost with a cursor: {0}. Lost without one: {1}. It can be more than what happened while the server was away: what was on its way when it went is lost, too, and what happened until the page was back.':
    '有游标时丢失：{0} 个。没有游标时丢失：{1}。丢失的可能比服务器离开期间发生的更多：它离开时还在路上的，以及网页回来之前发生的，也会丢失。',
  'none so far': '目前没有',
  'Not lost does not mean not late: by Server-Sent Events the oldest of them was {0} late.':
    '不丢不等于不晚：经 SSE 到达的事件中，最旧的一个晚了 {0}。',
  "The technique does not decide it. EventSource sends Last-Event-ID by itself; for WebSocket and polls a page has to say it: a number, and which feed numbers so, for it means nothing in another. And the server's side has to keep the events where they outlive the server, as this stage does.":
    '这不取决于技术。EventSource 会自动发送 Last-Event-ID；WebSocket 和轮询要由网页来说明：一个编号，以及它属于哪个事件源，因为它在别的事件源里没有意义。而服务器一侧必须把事件保存在服务器重启后仍然存在的地方，这个舞台就是这样做的。',
  'A page by WebSocket shows the latest price only. It was away for 40 prices: what does it need on its return?':
    '某网页用 WebSocket 只显示最新价格。它离开期间发布了 40 个价格，回来时需要什么？',
  'All 40 prices, in order': '按顺序得到全部 40 个价格',
  'For a chart it would. For the latest price 39 of them are out of date already.':
    '画走势图才需要。对最新价格来说，其中 39 个已经过时。',
  'The latest price at once, whether or not another is published': '立即得到最新价格，不管之后有没有新价格',
  'State instead of history: one message on opening makes up for any break. “From now on” alone would show an old price until the next change.':
    '要状态，不要历史：打开时的一条消息就能弥补任何中断。只请求“从现在起”，会一直显示旧价格，直到下一次变化。',
  'Nothing: the next price will come': '什么也不需要：下一个价格会来的',
  'Until then it shows a price that is out of date, and nobody knows for how long.':
    '在那之前它显示的是过时的价格，而且谁也不知道要过时多久。',
  'Events that were published while the server was away, at the latest restart':
    '最近一次重启时，服务器离开期间发布的事件数',
  'rate x time = about 3 to 4 at 1 event/s': '速率 × 时间：每秒 1 个事件时约为 3 到 4 个',
  'Events that the forgetful WebSocket lost by it': '不记位置的 WebSocket 因此丢失的事件数',
  'those published while the server was away, what was on its way then, and what happened until this page was back':
    '服务器离开期间发布的事件、当时还在路上的事件，以及这个网页回来之前发布的事件',
  'Events that the WebSocket with a cursor lost by it': '带游标的 WebSocket 因此丢失的事件数',
  '0: it says what it had last': '0：它会说明最后收到的是什么',
  'Longest delay by Server-Sent Events among those published while the server was away':
    '服务器离开期间发布的事件，经 SSE 到达的最长延迟',
  'at most the time away, the reconnection time of {0}, and two round trips':
    '最多为离开的时间，加上 {0} 的重连时间，再加两个往返时间',
  // scenarios/classroom/lessons/one-lump.ts
  'Why does the stream arrive in one lump?': '流为什么成批到达？',
  'You can recognise a proxy that buffers by what arrives, work out how long it holds events, and name what helps.':
    '能从到达的情形认出缓冲代理，算出它把事件扣住多久，并说出有什么办法。',
  'A proxy collects 4,096 B before it passes them on. A stream has 10 events/s of 115 B. What does the page see?':
    '代理把响应攒够 4,096 B 才往下传。事件流每秒有 10 个事件，每个 115 B。网页会看到什么？',
  'Each event at once, as the server has written it': '每个事件立刻到达：服务器写了就到',
  'It goes out as far as the proxy. To the proxy an event is not the end of anything, and so no reason to pass it on.':
    '只发到了代理。对代理来说，一个事件并不是什么的结尾，也就没有理由往下传。',
  'Each event, steadily, but about 3.5 s late': '所有事件平稳到达，但每个都晚约 3.5 s',
  'A buffer is no delay line. The event that fills it goes on at once, and those before it have waited for different times.':
    '缓冲区不是延迟线。刚好装满缓冲区的那个事件立刻就走，之前的事件等待的时间各不相同。',
  'About 35 events together, every few seconds': '每隔几秒，约 35 个事件一起到来',
  '4,096 / 115 is about 35 events. Ten a second fill it in about 3.5 s; then all go on together.':
    '4,096 / 115 约为 35 个事件。每秒十个，约 3.5 s 装满；然后一起传走。',
  'An error, as the answer never ends': '一个错误，因为响应一直不结束',
  'An answer that takes long is nothing wrong. The proxy passes it on, only not when the server would like it to.':
    '响应持续很久并不是错误。代理会往下传，只是不在服务器希望的时刻。',
  'Why might a proxy collect an answer before it passes it on? How could it know that this answer should not be collected?':
    '代理为什么要先攒着响应再往下传？它怎么才能知道某个响应不该攒？',
  'Watch Server-Sent Events for some seconds: when do events arrive?':
    '观察 SSE 几秒钟：事件在什么时候到来？',
  'No {0} events came together so far.': '目前还没有 {0} 个事件一起到达。',
  'At least {0} events came together, the oldest {1} late.': '至少 {0} 个事件一起到达，最早的一个晚了 {1}。',
  'The latest {0} came one by one; half of them within {1} by long polling and {2} by WebSocket.':
    '最近 {0} 个一个一个地到达；其中一半，长轮询在 {1} 之内，WebSocket 在 {2} 之内。',
  'The latest {0} came one by one, the longest delay {1}.': '最近 {0} 个一个一个地到达，最长的延迟为 {1}。',
  'The dots leave the server one by one and wait at the proxy until 4,096 bytes are together.':
    '圆点一个一个离开服务器，在代理处等到凑齐 4,096 字节。',
  'Is the proxy set to “buffers whatever is asked”? If not, set it back, or press Reset. With a small payload it takes longer until the buffer is full.':
    '代理是否设为“总是缓冲”？如果不是，请改回来，或者按“重置”。有效载荷小的话，要更久才能装满缓冲区。',
  'Compare the iframe, which is a stream over HTTP, too.': '与 iframe 比较：它也是 HTTP 上的流。',
  'To the proxy both are an answer that has not ended. What stands in it does not matter.':
    '对代理来说，两者都是尚未结束的响应。里面是什么内容无关紧要。',
  "Its first lump comes a little earlier or later than the other's: its events have more bytes.":
    '它的第一批会比另一个稍早或稍晚：它的事件字节数更多。',
  'Look at long polling and WebSocket: do they wait, too?': '看长轮询和 WebSocket：它们也要等吗？',
  "A poll's answer ends, and at the end a proxy passes on what it has. An upgraded connection is no HTTP answer any more, and is passed on as it comes.":
    '轮询的响应会结束，而结束时代理会把手头的都传下去。升级后的连接不再是 HTTP 响应，来多少就传多少。',
  'It counts while the proxy is set to “buffers whatever is asked”. If you have changed it too early, set it back, or press Reset: the 20 events after that count. They have to come one by one in both lanes; a busy computer may bring some together, so wait for more.':
    '代理设为“总是缓冲”时才算数。如果改得太早，请改回来，或者按“重置”：之后的 20 个事件算数。它们在两条泳道里都必须逐个到达；计算机繁忙时可能有几个一起到来，请再多等一些。',
  'Set the proxy to “buffers unless asked not to”. Is the stream steady now?':
    '把代理设为“缓冲，可按要求关闭”。流现在平稳了吗？',
  'The latest delay of Server-Sent Events: {0}': 'SSE 最近一个延迟：{0}',
  'The proxy is not set to “buffers unless asked not to”.': '代理没有设为“缓冲，可按要求关闭”。',
  'The server has asked for it in the head of its answer: X-Accel-Buffering: no. The first proxy did not care, this one does, as nginx does by default.':
    '服务器已在响应头部提出要求：X-Accel-Buffering: no。前一个代理不理会，这一个遵守，nginx 默认也是如此。',
  'After the change the lanes open their connections anew, and fetch together what they had missed. Then 20 events have to come one by one.':
    '更换之后，各泳道会重新建立连接，并一次取回错过的事件。之后还要有 20 个事件逐个到达。',
  'A buffer of {0} B holds an event until enough others have followed: up to buffer / (rate x bytes) = {1} / ({2} x {3}) = {4}, and half of that on average. The rarer and smaller the events, the worse; at one a minute it is more than half an hour.':
    '{0} B 的缓冲区会扣住一个事件，直到后面跟上足够多的事件：最久为 缓冲区 /（速率 × 字节数）= {1} /（{2} × {3}）= {4}，平均为其一半。事件越稀少、越小，情况越糟；每分钟一个事件时要等半个多小时。',
  'In this run Server-Sent Events came in lumps of up to {0} events, the oldest {1} late.':
    '在本次运行中，SSE 的事件成批到达，每批最多 {0} 个，最旧的晚了 {1}。',
  'By WebSocket half of the first {0} events came within {1}.':
    '经 WebSocket，前 {0} 个事件中有一半在 {1} 以内到达。',
  "What helps: to tell the proxy (X-Accel-Buffering: no, or its configuration), to fill its buffer with comments, which costs bytes, to use TLS where the proxy only passes bytes on, or a technique that it does not buffer. A stream that works on one's own machine has not met the proxy yet.":
    '有用的办法：告知代理（X-Accel-Buffering: no，或者改它的配置）；用注释填满它的缓冲区，这要花字节；在代理只转发字节的地方使用 TLS；或者改用它不缓冲的技术。在自己机器上正常的流，只是还没有遇到代理。',
  "A stream is steady on a developer's machine; in production it comes late, in lumps. What to look at first?":
    '在开发者的机器上，事件流很平稳。到了生产环境，事件迟迟才成批到达。应该先查什么？',
  'What stands between: the proxy, its buffering and its compression': '中间有什么：代理及其缓冲和压缩',
  "Lumps are the sign of a buffer. It is what production has and the developer's machine has not.":
    '成批到达正是缓冲区的征兆。这是生产环境有、而开发者机器上没有的。',
  'The rate of the feed': '事件源的速率',
  'More events would fill the buffer sooner and hide the cause. They would still come in lumps.':
    '事件更多会更快装满缓冲区，反而掩盖原因。它们仍会成批到达。',
  'The browser: EventSource is too slow for production': '浏览器：EventSource 太慢，不适合生产环境',
  "The same browser was steady on the developer's machine. It hands on each event when its last byte has arrived.":
    '同一个浏览器在开发者的机器上很平稳。事件的最后一个字节一到，它就会交出这个事件。',
  'Events in the first lump of Server-Sent Events': 'SSE 第一批的事件数',
  '4,096 / 115 = 35.6, so 35 or 36': '4,096 / 115 = 35.6，即 35 或 36',
  'Longest delay in this lump': '这一批中最长的延迟',
  '4,096 B / (10 events/s x 115 B) = 3,560 ms': '4,096 B /（每秒 10 个事件 × 115 B）= 3,560 ms',
  'Delay that half of the first 20 events by WebSocket did not exceed, behind the same proxy':
    '在同一代理之后，WebSocket 的前 20 个事件中一半不超过的延迟',
  "half a round trip, and the computer's own time: a few milliseconds, for nothing is buffered":
    '半个往返时间，再加计算机自身处理的时间：几毫秒，因为什么也没有缓冲',
  // scenarios/classroom/lessons/socket-io-start.ts
  'Does Socket.IO start with WebSocket?': 'Socket.IO 一开始就用 WebSocket 吗？',
  'You can say how Socket.IO begins, why it does so, and what that costs before the first event.':
    '能说出 Socket.IO 如何开始、为什么这样，以及第一个事件之前要花费多少。',
  "A page opens a Socket.IO connection with the library's own defaults. What is the first thing that it sends?":
    '一个网页用这个库自己的默认设置打开 Socket.IO 连接。它首先发送的是什么？',
  'The opening handshake of a WebSocket: Socket.IO is a WebSocket library':
    'WebSocket 的打开握手：Socket.IO 是一个 WebSocket 库',
  'It can use WebSocket, and has a protocol of its own above it. A plain WebSocket client cannot talk to it. By default it begins with something else.':
    '它可以使用 WebSocket，在其上另有自己的协议。普通的 WebSocket 客户端无法与它通信。默认情况下，它以别的方式开始。',
  'An ordinary HTTP request: it begins with long polling': '一个普通的 HTTP 请求：它从长轮询开始',
  'Polls pass nearly everywhere. Once they work it tries a WebSocket beside them, and moves over if that works, too.':
    '轮询几乎在哪里都能通过。轮询可用之后，它在旁边尝试 WebSocket，如果也行得通，就转过去。',
  'Several attempts at once, and the fastest is kept': '同时尝试几种，保留最快的',
  'It does not race. It begins with one that nearly always works, and upgrades in its own time.':
    '它不搞竞赛。它从几乎总能行得通的一种开始，再从容升级。',
  'An EventSource, and polls for the way up': '一个 EventSource，上行则用轮询',
  'Socket.IO has no transport by Server-Sent Events. Its transports are polling, WebSocket and, lately, WebTransport.':
    'Socket.IO 没有基于 SSE 的传输方式。它的传输方式有轮询、WebSocket，以及近来的 WebTransport。',
  'What speaks for beginning with the technique that surely works, and what for beginning with the best one?':
    '从肯定行得通的技术开始有什么好处，从最好的技术开始又有什么好处？',
  'Find the first request of Socket.IO with its defaults: is it a handshake of WebSocket?':
    '找到默认设置下 Socket.IO 的第一个请求：它是 WebSocket 的握手吗？',
  'An ordinary request came first.': '先来的是普通请求。',
  'An opening handshake came first.': '先来的是打开握手。',
  'Its address says transport=polling. The answer gives the session a name and says which upgrades there are.':
    '它的地址里写着 transport=polling。响应给会话一个名字，并说明可以升级到什么。',
  'It has happened already when you look. Choose the lane in the X-ray and go back to its first unit.':
    '你来看的时候它已经发生了。请在 X 光中选择这条泳道，回到它的第一个单元。',
  'Find the upgrade that follows in the same lane.': '在同一条泳道里找到随后的升级。',
  'The first event in a frame took {0}.': '第一个用帧传来的事件用了 {0}。',
  'The handshake has been sent; the event that comes in a frame is awaited.':
    '握手已经发出；正在等待用帧传来的事件。',
  'A WebSocket is opened beside the polls and tested by a ping and a pong; only then does the session move.':
    '它在轮询旁边打开一个 WebSocket，用 ping 和 pong 测试；然后会话才转过去。',
  'Behind a proxy that drops upgrades it never comes, and the polls go on. Here it takes well under a second.':
    '在丢弃升级请求的代理之后，升级永远不会发生，轮询会继续下去。在这里用不了一秒。',
  'Compare the lane that was told to use WebSocket only.': '与规定只用 WebSocket 的泳道比较。',
  'Socket.IO by WebSocket only: {0} requests so far': '只用 WebSocket 的 Socket.IO：目前 {0} 个请求',
  'It saves the polls, and has nothing to fall back on where WebSocket does not pass.':
    '它省去了轮询，但在 WebSocket 不能通过的地方就没有退路。',
  'Wait until this lane has its first event.': '请等这条泳道收到第一个事件。',
  'Compare what all three sent and received before their first event.':
    '比较三者在第一个事件之前收发了多少。',
  'Before the first event: Socket.IO {0} requests and {1}; by WebSocket only {2} and {3}; plain WebSocket {4} and {5}':
    '第一个事件之前：Socket.IO {0} 个请求、{1}；只用 WebSocket 时 {2} 个、{3}；普通 WebSocket {4} 个、{5}',
  'Each poll of the beginning has its header sections, and so has the handshake that follows.':
    '开头的每次轮询都有自己的头部段，随后的握手也有。',
  'Wait until all three have an event.': '请等三者都收到事件。',
  'Socket.IO is a protocol above long polling and WebSocket. By default it opens its session by polls, which nearly always pass, then tries a WebSocket and moves the session over. Until then it is long polling, and where WebSocket does not pass it stays so.':
    'Socket.IO 是长轮询和 WebSocket 之上的协议。默认情况下，它用几乎总能通过的轮询打开会话，再尝试 WebSocket 并把会话转过去。在那之前它就是长轮询；在 WebSocket 不能通过的地方，它会一直如此。',
  'In this run it took {0} requests and {1} before the first event was on its way; by WebSocket only {2} and {3}; a plain WebSocket {4} and {5}.':
    '在本次运行中，第一个事件上路之前，它用了 {0} 个请求、{1}；只用 WebSocket 时为 {2} 个、{3}；普通 WebSocket 为 {4} 个、{5}。',
  "The first event in a frame took {0} by Socket.IO and {1} by WebSocket: the library writes the type of its packet and the event's name around the data.":
    '第一个用帧传来的事件，Socket.IO 用了 {0}，WebSocket 用了 {1}：这个库在数据外面写上了包类型和事件名。',
  'On one machine these round trips take no time that one would notice. Over a network with a round trip R each costs R, where one waits for the other. What they buy: it works behind proxies, reconnects, has rooms and acknowledgements. Where all of that is not needed, a WebSocket or an event stream is less.':
    '在一台机器上，这些往返花的时间察觉不到。在往返时间为 R 的网络上，凡是一个要等另一个的，每个往返都要花 R。换来的是：能通过代理，能自动重连，有房间和确认。如果这些都不需要，用 WebSocket 或事件流更省。',
  'A balancer picks any server for each request. Socket.IO fails at times, but not by WebSocket only. Why?':
    '负载均衡器把每个请求交给任意一台服务器。默认设置下的 Socket.IO 时常失败，只用 WebSocket 则正常。为什么？',
  'The polls of one session reach different processes, which do not know it':
    '同一会话的轮询到了不同的进程，而它们不认识这个会话',
  'A session is opened at one process. Unless the balancer keeps a client at the same one, the next poll meets another. A WebSocket is a single connection, and stays where it is.':
    '会话是在一个进程上打开的。除非均衡器让同一客户端一直去同一个进程，下一次轮询就会遇到另一个。WebSocket 是单一的连接，会一直留在原处。',
  'The balancer cannot pass WebSockets on': '均衡器不能转发 WebSocket',
  'Then WebSocket only would be what fails.': '那么失败的应该是只用 WebSocket 的情形。',
  'Long polling is too slow for several processes': '长轮询对多个进程来说太慢',
  'Slow would be late, and not an error. The session is unknown to the process that is asked.':
    '慢只会迟到，而不会出错。是收到请求的进程不认识这个会话。',
  'Requests of Socket.IO with its defaults before its first event':
    '默认设置下，Socket.IO 在第一个事件之前的请求数',
  'about 5: polls that open the session, join and wait, and the handshake of WebSocket':
    '约 5 个：打开会话、加入和等待的轮询，以及 WebSocket 的握手',
  'Bytes of Socket.IO with its defaults before its first event':
    '默认设置下，Socket.IO 在第一个事件之前的字节数',
  'for each request two header sections, in a browser some 700 B together':
    '每个请求有两个头部段，在浏览器里合计约 700 B',
  'Bytes of the plain WebSocket before its first event': '普通 WebSocket 在第一个事件之前的字节数',
  "one opening handshake, a browser's request and an answer of about 130 to 170 B, and a short first message":
    '一次打开握手，即浏览器的请求加上约 130 到 170 B 的响应，再加一条短短的首条消息',
  'Bytes of the first event in a frame by Socket.IO': 'Socket.IO 第一个用帧传来的事件的字节数',
  'payload, 12 B of packet around it, and 2 or 4 B of frame header: 100 + 12 + 2 = 114 B':
    '有效载荷，外面 12 B 的包，加上 2 或 4 B 的帧头：100 + 12 + 2 = 114 B',
  // scenarios/classroom/lessons/room-lessons.ts
  'Decide alone, and vote. What would you bet on?': '独立思考，然后投票。你会赌哪一个？',
  'Convince your neighbour, or be convinced; then there is another vote.':
    '说服你的邻座，或者被他说服；之后会再投一次票。',
  'Look at the projector.': '请看投影。',
  'Explain it to your neighbour in one sentence: why did it happen as it did, and what did your prediction leave out?':
    '用一句话向邻座解释：为什么会这样，你的预测漏掉了什么？',
  'A new case. What you have seen decides it, too: vote alone.':
    '一个新情境。刚才看到的道理在这里同样适用：请独立投票。',

  // What the large letters of lanes say.
  'median delay': '延迟中位数',
  'longest delay': '最长延迟',
  'requests an event': '每个事件的请求',
  'latest event took': '最近事件用了',
  'tabs open': '打开的标签页',
  'lost events': '丢失的事件',
  'requests to start': '开始所需请求',
}
