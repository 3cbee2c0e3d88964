import type { Catalogue } from '../say.ts'

/** The claims: why they came to what, what their figures are, and what they predict and go by. */
export const claims: Catalogue = {
  // What several of them say.
  ' {0}': '（{0}）',
  '{0}: {1}': '{0}：{1}',
  '{0}: {1}.': '{0}：{1}。',
  '{0}; {1}.': '{0}；{1}。',
  '{0} ({1})': '{0}（{1}）',
  '{0}, expected {1}': '{0}，预期 {1}',
  '{0} ({1}, 95 % interval of {2})': '{0}（{1}，{2} 次的 95 % 区间）',
  '{0} ({1}, min-max of {2})': '{0}（{1}，{2} 次的最小值到最大值）',
  'min-max': '最小值到最大值',
  '{0}{1} in {2}': '{0}{1}，场景 {2}',
  'The run has no records of {0}.': '本次运行缺少以下记录：{0}。',
  'The run has no records of {0}, and of {1} other cell.': '本次运行缺少以下记录：{0}，以及另外 {1} 个单元。',
  'The run has no records of {0}, and of {1} other cells.':
    '本次运行缺少以下记录：{0}，以及另外 {1} 个单元。',
  'The run did not make the experiment {0}.': '本次运行没有做实验 {0}。',
  'The experiment {0} of this run has no column {1}; measure it again.':
    '本次运行的实验 {0} 没有 {1} 这一列，请重新测量。',
  'The experiment {0} of this run has values of another type in its column {1}; measure it again.':
    '本次运行的实验 {0} 中 {1} 这一列的类型不同，请重新测量。',
  'The gate voids {0} of {1} figures: {2}.': '可信度检查判定 {1} 个数值中有 {0} 个无效，例如“{2}”。',
  'Its trials count, and time nothing: {0}.': '其试验只计数，不计时：{0}。',
  'Not as it has to be for the rest to mean anything: {0}.': '以下情况不合要求，使其余结果失去意义：{0}。',
  'Lecture notes on push techniques': '服务器推送技术讲义',
  'Lecture notes on push techniques; WHATWG HTML, section 9.2': '服务器推送技术讲义；WHATWG HTML 第 9.2 节',

  // Short polling
  'No Poisson feed was polled.': '没有对泊松事件源进行轮询。',
  'Share of short polls that brought nothing': '没有带回任何内容的短轮询所占比例',
  'The same in each replay, beside what the very arrivals should give':
    '每次重放中的同一比例，预期值为这组到达时刻本应得出的比例',
  'Of the polls {0} brought nothing; e^(-rT) is {1}, and the very arrivals should give {2}.':
    '有 {0} 的轮询没有带回任何内容；e^(-rT) 为 {1}，而这组到达时刻本应得出 {2}。',
  'All trials replay these arrivals: they are one observation of the feed, with a standard error of {0} points.':
    '所有试验重放的都是这组到达时刻：它们合起来只是对事件源的一次观测，标准误差为 {0} 个百分点。',
  'The window is too short to tell 2 points.': '测量窗口太短，无法分辨 2 个百分点的差别。',
  'A poll comes back with nothing when no event fell into its interval T. Of a Poisson feed of rate r that is a share of e^(-rT), near 1 where rT is small.':
    '如果轮询间隔 T 之内没有事件，这次轮询就空手而归。对于速率为 r 的泊松事件源，这一比例为 e^(-rT)，rT 很小时接近 1。',
  'That trials agree says nothing more of the feed, and they are not counted: one observation decides. Held where its share, in all of its replays, is within 2 points of e^(-rT); did not hold where it is in none. Inconclusive where replays differ, where the gate voids the share, or where the window is too short: twice the standard error of the share is more than the 2 points. In a window of length L that error is (2T/L)^(1/2) ((1 - e^(-rT)) e^(-rT) / (rT) - e^(-2rT))^(1/2).':
    '各次试验彼此一致并不能说明事件源的更多情况，因此不计试验次数：由一次观测判定。若在全部重放中该比例与 e^(-rT) 之差都不超过 2 个百分点，则成立；若没有一次如此，则不成立。若各次重放不一致，或可信度检查判定该比例无效，或测量窗口太短，以致该比例标准误差的两倍超过这 2 个百分点（长度为 L 的窗口的标准误差为 (2T/L)^(1/2) ((1 - e^(-rT)) e^(-rT) / (rT) - e^(-2rT))^(1/2)），则无法定论。',
  'Share of short polls in the window whose answer has no event. All trials replay the same arrivals, one realization of the feed: together they are one observation of it, with the standard error of one window. Beside it stands the share that these very arrivals should give, which is shown and does not decide.':
    '测量窗口内响应中没有事件的短轮询所占比例。所有试验重放同一组到达时刻，即事件源的一次实现：它们合起来是对事件源的一次观测，标准误差按一个窗口计算。旁边给出这组到达时刻本应得出的比例，仅供参考，不参与判定。',
  'It takes a sweep of intervals and one of round trips.': '这需要对轮询间隔和往返时间各做一次扫描。',
  'Mean delay of short polling{0}': '短轮询的平均延迟{0}',
  'Longest delay of short polling from publication{0}': '短轮询从发布时刻算起的最长延迟{0}',
  'Mean delays are within {0} of T/2 + R/2; the longest exceeds T + R/2 by more than an event loop was late in {1} of {2} trials.':
    '平均延迟与 T/2 + R/2 相差不超过 {0}；在 {2} 次试验中有 {1} 次，最长延迟超出 T + R/2 的部分大于事件循环的迟滞。',
  'With the interval T and the round trip R a mean of T/2 + R/2, and at most T + R/2. Events come at any time of an interval, and their answer still has to travel.':
    '设轮询间隔为 T，往返时间为 R，则平均延迟为 T/2 + R/2，因为事件会在间隔内的任意时刻到来，而响应还要在路上传输；延迟最多为 T + R/2。',
  "Held where two things are so at every point, in every trial. The mean delay is within 5 % of T/2 + R/2, and the longest delay at most T + R/2 + the noise floor of the trial: the longest that an event loop was late, server's or load agent's, whichever was later. The longest delay counts from publication, so that the feed's own lag neither breaks the bound nor widens it. Did not hold where a point breaks one of the two in every trial; inconclusive where it does in some, where a point is missing, or where the gate voids a delay.":
    '若在每个测量点的每次试验中，平均延迟与 T/2 + R/2 相差不超过 5 %，且最长延迟不超过 T + R/2 加上该次试验的噪声底，则成立；噪声底是服务器或负载进程的事件循环迟滞的最大值，取两者中较大的一个。最长延迟从发布时刻算起，因此事件源自身的滞后既不会使延迟越界，也不会放宽界限。若某个测量点在每次试验中都违反两者之一，则不成立；若只在部分试验中违反，或缺少某个测量点，或可信度检查判定某个延迟无效，则无法定论。',
  'At every interval and every round trip of short polling two delays: the mean from when events were due, and the longest from when they were published.':
    '在每个轮询间隔和每个往返时间下，短轮询从事件应发时刻算起的平均延迟，以及从事件发布时刻算起的最长延迟。',
  'Mean delay x requests per second of short polling{0}': '短轮询的平均延迟 × 每秒请求数{0}',
  'Mean delay x requests per second is {0} to {1} over {2} intervals; 1/2 is the least.':
    '在 {2} 种轮询间隔下，平均延迟 × 每秒请求数为 {0} 到 {1}；最小应为 1/2。',
  'Half an interval of mean delay, one request an interval: their product is 1/2, whatever the interval.':
    '平均延迟为半个间隔，每个间隔一个请求：无论间隔多长，两者之积都是 1/2。',
  "Held where the product is at least 1/2 at every interval in every trial. An allowance of 2 % is made: 0.49 and more counts as 1/2, for the window's edges cut polls off whose requests or whose events lie on the other side. Did not hold where it is less at an interval in every trial; inconclusive where it is in some, where an interval is missing, or where the gate voids it.":
    '若在每个间隔的每次试验中，乘积都不小于 1/2，则成立。允许 2 % 的偏差：0.49 及以上视为 1/2，因为测量窗口的边缘会截断一些轮询，使其请求或事件落在窗口之外。若在某个间隔的每次试验中都更小，则不成立；若只在部分试验中更小，或缺少某个间隔，或可信度检查判定其无效，则无法定论。',
  'Mean delay in seconds times requests per second and subscriber, at every interval.':
    '在每个轮询间隔下，以秒计的平均延迟乘以每个订阅者的每秒请求数。',
  'Events that first arrived after a later one{0}': '首次到达时晚于后续事件的事件数{0}',
  'Events that arrived again{0}': '再次到达的事件数{0}',
  '{0} events reordered and {1} duplicated of {2}': '{2} 个事件中有 {0} 个乱序、{1} 个重复',
  'By setTimeout {0}; by setInterval {1}.': '用 setTimeout 时，{0}；用 setInterval 时，{1}。',
  'With a cursor every event first arrives in order: it depends on whether the page drops what it has had.':
    '有游标时，每个事件首次到达都是按顺序的：这要看页面是否丢弃已经收到过的事件。',
  'A poll that leaves after the answer before has nothing to overtake. By setInterval several are under way and overtake each other: they ask with the same cursor and bring the same events again, older after newer. Only a page that keeps no cursor, and drops nothing that it has, shows them so.':
    '在上一个响应之后才发出的轮询，没有什么可以超越。用 setInterval 时，会有几个轮询同时在途并相互超越：它们带着相同的游标发出请求，再次带回相同的事件，旧的排在新的之后。只有不保存游标、也不丢弃已有事件的页面，才会把它们这样显示出来。',
  'Held where polls by setTimeout reorder and duplicate nothing in any trial, and polls by setInterval reorder in every trial. Did not hold where polls by setTimeout reorder or duplicate in every trial, or polls by setInterval do neither in any. Depends on what the page makes of its cursor where two things are so: polls by setTimeout do neither, and polls by setInterval reorder in no trial but duplicate in every one. Else inconclusive, and so where polls by one of the two are missing.':
    '若用 setTimeout 的轮询在任何试验中都没有乱序和重复，而用 setInterval 的轮询在每次试验中都有乱序，则成立。若用 setTimeout 的轮询在每次试验中都有乱序或重复，或者用 setInterval 的轮询在任何试验中两者都没有，则不成立。若用 setTimeout 的轮询两者都没有，而用 setInterval 的轮询在任何试验中都没有乱序，但在每次试验中都有重复，则取决于页面如何使用游标。其他情况无法定论，缺少其中一种轮询时也是如此。',
  'Events that first arrived after a later one (reordered), and events that arrived again (duplicated), where the network takes 20 to 220 ms for a poll every 20 ms.':
    '首次到达时晚于后续事件的事件（乱序）和再次到达的事件（重复）；每 20 ms 轮询一次，而网络传输需要 20 到 220 ms。',
  'Connections opened for 100 short polls{0}': '100 次短轮询打开的连接数{0}',
  'For 100 polls {0} connections were opened with keep-alive, which HTTP/1.1 has from the start, and {1} without.':
    '每 100 次轮询，使用 keep-alive（HTTP/1.1 从一开始就有）时打开了 {0} 条连接，不使用时打开了 {1} 条。',
  'Connections of HTTP/1.1 persist unless somebody closes them (RFC 9112, section 9.3): none for 100 polls while they are kept, 100 where each poll says Connection: close.':
    '除非有一方关闭，HTTP/1.1 的连接会一直保持（RFC 9112 第 9.3 节）：保持连接时，100 次轮询不打开新连接；若每次轮询都带 Connection: close，则打开 100 条。',
  'Nearly all is 95 of 100 and more, hardly any 5 and less, in every trial. Held where nearly all polls open a connection with keep-alive on, too; did not hold where hardly any do even with keep-alive off; depends on keep-alive where nearly all do without it and hardly any with it; else inconclusive, and so where polls with or without keep-alive are missing.':
    '“几乎全部”指在每次试验中，100 次里有 95 次及以上；“几乎没有”指 5 次及以下。若启用 keep-alive 时，仍有几乎全部轮询各打开一条连接，则成立；若即使关闭 keep-alive，也几乎没有轮询打开连接，则不成立；若不用 keep-alive 时几乎全部如此，而用时几乎没有，则取决于 keep-alive；其他情况无法定论，缺少启用或关闭 keep-alive 的轮询时也是如此。',
  'TCP connections opened for 100 short polls, with keep-alive on and off.':
    '启用和关闭 keep-alive 时，100 次短轮询打开的 TCP 连接数。',

  // Long polling
  'It takes events further apart than a round trip, and events back to back.':
    '这需要间隔大于往返时间的事件，也需要紧密相接的事件。',
  'Longest delay of long polling with events back to back{0}': '事件紧密相接时长轮询的最长延迟{0}',
  'Mean delay of long polling in {0}{1}': '{0} 场景中长轮询的平均延迟{1}',
  'Mean delay of long polling with events further apart{0}': '事件相隔较远时长轮询的平均延迟{0}',
  'Mean delays are not what the model of long polling says: its limits say nothing here.':
    '平均延迟与长轮询的模型不符：模型的界限在这里说明不了什么。',
  'With events further apart than a round trip a mean of {0} transits at most; back to back the longest delay was {1} transits.':
    '事件间隔大于往返时间时，平均延迟最多为 {0} 个单程；事件紧密相接时，最长延迟为 {1} 个单程。',
  'One transit, R/2, for an event that finds a request waiting. One that comes while the answer before it goes down and the next request comes up waits for it: up to 3R/2, three transits.':
    '事件到来时若已有请求在等待，则只需一个单程，即 R/2。若事件到来时上一个响应正在下行、下一个请求正在上行，则要等这个请求到达：最多 3R/2，即三个单程。',
  'The model must fit first, in every trial under every round trip of 100 ms and more of round-trip and long-poll-rates; else inconclusive. It says a mean for the due times of that very feed, with a cycle up to 10 ms longer than the round trip (which events find a poll waiting turns on milliseconds). The measured mean may be 5 % less; or 10 % more and the mean of round-trip without a delay on top, for what the machine adds. Points with fewer than 5 events due in the window are left out. Of so few one that is late for a reason of its own is much of the mean: the first that a server ever answers is. Late means that with events back to back, at least one a round trip (long-poll-rates), the longest delay reaches 3R/2 in every trial. An allowance of 5 % is made: 95 % of 3R/2 counts as reached. Only an event that follows the answered one at once waits all of it, and events at random never quite do. At once means that where events are further apart than R (long-poll-knee) the mean is at most 1.25 transits in every trial: one is the way itself, and a quarter is for what the machine adds. Held where it is at once and in no trial late; depends on events being further apart than a round trip where it is at once, and late with events back to back; did not hold where it is late, and in no trial at once; else inconclusive, and so where a point of the three scenarios is missing.':
    '首先模型必须吻合：在 round-trip 和 long-poll-rates 中往返时间为 100 ms 及以上的每个测量点，每次试验的平均延迟都应等于模型针对该事件源的应发时刻给出的值，其中轮询周期最多可比往返时间长 10 ms（哪些事件到来时恰有轮询在等待，取决于几毫秒之差）；最低可比模型低 5 %，最高可比模型高 10 %，再加上 round-trip 中无延迟时的平均值，以计入机器自身的开销；否则无法定论。测量窗口内应发事件少于 5 个的测量点不计：事件这样少时，只要有一个因自身原因而迟到（例如服务器有史以来响应的第一个事件），就会左右平均值。“迟到”指事件紧密相接、每个往返时间至少一个时（long-poll-rates），最长延迟在每次试验中都达到 3R/2。允许 5 % 的偏差：达到 3R/2 的 95 % 即算达到，因为只有紧跟在已响应事件之后的事件才会等满全程，而随机到来的事件总会差一点。“立即”指事件间隔大于 R 时（long-poll-knee），平均延迟在每次试验中都不超过 1.25 个单程：一个单程是路程本身，四分之一留给机器自身的开销。若立即送达且没有一次试验迟到，则成立；若立即送达，但事件紧密相接时迟到，则取决于事件间隔是否大于往返时间；若迟到且没有一次试验立即送达，则不成立；其他情况无法定论，缺少三个场景中任何一个测量点时也是如此。',
  'Mean and longest delay of long polling under round trips R, with events further apart than R and closer.':
    '在往返时间 R 下，事件间隔大于 R 和小于 R 时，长轮询的平均延迟和最长延迟。',
  'Lecture notes on push techniques; RFC 6202, section 2.2 (2011)':
    '服务器推送技术讲义；RFC 6202 第 2.2 节（2011）',
  'It takes long polling at 100 events per second.': '这需要每秒 100 个事件时的长轮询。',
  'Connections of one subscriber with long polling': '一个长轮询订阅者的连接数',
  'Requests of one subscriber with long polling': '一个长轮询订阅者的请求数',
  'Each subscriber sent {0} requests over {1} connection.': '每个订阅者通过 {1} 条连接发送了 {0} 个请求。',
  'Each subscriber sent {0} requests over {1} connections.': '每个订阅者通过 {1} 条连接发送了 {0} 个请求。',
  'What ends with an answer is the request. The connection persists (RFC 9112, section 9.3): one for all cycles.':
    '随响应结束的是请求，而连接会继续保持（RFC 9112 第 9.3 节）：所有轮次共用一条连接。',
  'Did not hold where every subscriber had exactly 1 connection for at least 100 requests, in every trial. Held where there was a connection for each request, 95 % of them and more, in every trial. Inconclusive otherwise, below 100 requests, or where the gate voids the cell.':
    '若在每次试验中，每个订阅者发送至少 100 个请求而恰好只用 1 条连接，则不成立。若在每次试验中，每个请求各有一条连接（达到请求数的 95 % 及以上），则成立。其他情况、请求少于 100 个，或可信度检查判定该单元无效时，无法定论。',
  'TCP connections and requests of one long-polling subscriber, from its first byte to its last, at 100 events per second.':
    '每秒 100 个事件时，一个长轮询订阅者从第一个字节到最后一个字节的 TCP 连接数和请求数。',
  'At {0} of {1} rates the gate lets both counts pass.':
    '在 {1} 种速率中，有 {0} 种的两个计数都通过了可信度检查。',
  'The two do not cross within the sweep.': '两者在扫描范围内没有交点。',
  'They cross at {0} events per second; 1/T is {1}.': '两者在每秒 {0} 个事件处相交；1/T 为 {1}。',
  'At {0} of {1} rates long polling sent at most half the requests of short polling every {2} ms.':
    '在 {1} 种速率中，有 {0} 种的长轮询请求数不超过每 {2} ms 一次的短轮询的一半。',
  'Events per second at which long and short polling send as many requests':
    '长轮询与短轮询请求数相同时的每秒事件数',
  'Requests per second of {0}{1}': '每秒请求数：{0}{1}',
  'One request for every event against one for every interval T: fewer below 1/T events per second, more above.':
    '长轮询每个事件一个请求，短轮询每个间隔 T 一个请求：每秒事件数低于 1/T 时长轮询的请求较少，高于 1/T 时较多。',
  'Far fewer means at most half as many, in the medians over trials. Held where long polling needs far fewer at every rate, did not hold where it does at none; depends on the rate where it does at some. The crossover, where both need the same, is named. It is interpolated on logarithmic axes between the neighbouring rates of events that were due in the window. A rate at which the gate voids a count is left out; inconclusive with fewer than two left, and where the records of a rate are missing.':
    '“远少于”指按各次试验的中位数计，不超过一半。若长轮询在每种速率下都远少于短轮询，则成立；若在任何速率下都不是，则不成立；若在部分速率下如此，则取决于速率。两者请求数相同的交点，在测量窗口内应发事件的相邻速率之间按对数坐标插值求出，并予以给出。可信度检查判定计数无效的速率不计；若剩下的速率少于两种，或缺少某种速率的记录，则无法定论。',
  'Requests per second and subscriber of long polling and short polling, over the rate of events.':
    '长轮询和短轮询每个订阅者的每秒请求数随事件速率的变化。',
  'Idle bytes per second of {0}': '空闲时每秒字节数：{0}',
  'While nothing happened a long poll held for {0} moved {1} a second, and a short poll every {2} {3}.':
    '没有事件发生时，挂起 {0} 的长轮询每秒传输 {1}，每 {2} 一次的短轮询每秒传输 {3}。',
  'A connection that is held open sends nothing. One request and one empty answer each time that the hold is over, against one of each every interval of a short poll.':
    '保持打开的连接不发送任何内容。长轮询每次挂起期满时，只有一个请求和一个空响应，而短轮询每个间隔就各有一个。',
  'Held where long polling sends at least as many bytes as short polling in every trial of either; did not hold where it sends fewer in every trial; inconclusive where the ranges of the trials overlap otherwise, where one of the two is missing, or where the gate voids a count. Streams are shown beside them and decide nothing.':
    '若在两者的每次试验中，长轮询发送的字节都不少于短轮询，则成立；若在每次试验中都更少，则不成立；若试验结果的范围以其他方式重叠，或缺少两者之一，或可信度检查判定某个计数无效，则无法定论。流式技术一并列出，不参与判定。',
  'Bytes of the TCP stream per second and subscriber, both directions, while nothing happens.':
    '没有事件发生时，每个订阅者每秒在 TCP 流两个方向上的字节数。',
  "Mean delay of long polling over WebSocket's{0}": '长轮询与 WebSocket 的平均延迟之比{0}',
  'The events of the sweep were not the same time apart.': '扫描中的事件间隔不相等。',
  'Long polling is not told to be slower at {0} ms one way; half the time between two events is {1} ms.':
    '单程延迟为 {0} ms 时，看不出长轮询更慢；两个事件间隔的一半为 {1} ms。',
  'Long polling is slower from {0} ms one way on, and not at {1} ms; half the time between two events is {2} ms.':
    '长轮询从单程延迟 {0} ms 起更慢，在 {1} ms 时则不然；两个事件间隔的一半为 {2} ms。',
  'The answer goes down and the next request comes up in two transits. While that is less than the time between two events, each finds a request waiting: with four a second up to 125 ms one way.':
    '响应下行、下一个请求上行，共需两个单程。只要这段时间小于两个事件的间隔，每个事件到来时都有请求在等待：每秒四个事件时，单程延迟可达 125 ms。',
  "Slower means that the mean delay of long polling is more than 10 % above WebSocket's, and significantly so: a t-test on the logarithms of the paired ratios, at 5 %, after Holm's correction over all delays. Equal means that it is at most 10 % above. Held where long polling is equal at every delay shorter than half the time between two events, and slower at every longer one. Did not hold where it is slower at a shorter or equal at a longer one. Inconclusive where it is more than 10 % above without significance at any delay, or where fewer than 3 trials of the same round make a ratio. So it is where the sweep does not reach to both sides, where a delay is missing, or where the gate voids one.":
    '“更慢”指长轮询的平均延迟比 WebSocket 高出 10 % 以上，且差异显著：对配对比值的对数做 t 检验，显著性水平 5 %，对所有延迟做 Holm 校正。“一样快”指高出不超过 10 %。若在短于两个事件间隔一半的每种延迟下，长轮询都一样快，而在更长的每种延迟下都更慢，则成立。若在某个较短的延迟下更慢，或在某个较长的延迟下一样快，则不成立。若在任一延迟下高出 10 % 以上却不显著，或构成比值的同轮试验少于 3 次，或扫描没有覆盖两侧，或缺少某个延迟，或可信度检查判定某个延迟无效，则无法定论。',
  'Mean delay of long polling over that of WebSocket, paired by round, over the delay of the network.':
    '长轮询与 WebSocket 的平均延迟之比，按轮次配对，随网络延迟的变化。',
  'Pimentel and Nickerson, Communicating and Displaying Real-Time Data with WebSocket (2012)':
    'Pimentel 和 Nickerson，《Communicating and Displaying Real-Time Data with WebSocket》（2012）',

  // iframe streaming
  'A line needs {0} numbers of events in every trial.': '拟合直线需要每次试验都有 {0} 种事件数。',
  'Bytes sent per event of an iframe stream': 'iframe 流每个事件发送的字节数',
  'Memory that the page holds per event of an iframe stream': '页面为 iframe 流的每个事件占用的内存',
  'R^2 of the bytes': '字节数的 R^2',
  'R^2 of the memory': '内存的 R^2',
  'Memory that a page holds per event of EventSource': '页面为 EventSource 的每个事件占用的内存',
  'Linear in {0} of {1} trials (R^2 {2} and more): {3} bytes sent and {4} bytes of memory held per event, against {5} of EventSource.':
    '{1} 次试验中有 {0} 次呈线性（R^2 不低于 {2}）：每个事件发送 {3} 字节，占用内存 {4} 字节，而 EventSource 为 {5} 字节。',
  'Linear in {0} of {1} trials (R^2 {2} and more): {3} bytes sent and {4} bytes of memory held per event.':
    '{1} 次试验中有 {0} 次呈线性（R^2 不低于 {2}）：每个事件发送 {3} 字节，占用内存 {4} 字节。',
  'The bytes of a script element an event; in the page three DOM nodes an event (script, its text, a line break), which EventSource does not leave.':
    '每个事件传输一个 script 元素的字节；在页面中，每个事件留下三个 DOM 节点（script、其文本和换行），EventSource 则不会留下。',
  'Lines of least squares over at least 4 numbers of events, one a trial: R^2 >= 0.98 and a slope above 0, of bytes and of memory, in every trial held, in none did not hold; else inconclusive, as are fewer than 3 trials. EventSource stands beside it and does not decide.':
    '每次试验对至少 4 种事件数做最小二乘直线拟合：若在每次试验中，字节数和内存都满足 R^2 >= 0.98 且斜率大于 0，则成立；若没有一次满足，则不成立；其他情况无法定论，试验少于 3 次时也是如此。EventSource 一并列出，不参与判定。',
  'Slope and R^2 of bytes sent, and of the page’s script and DOM heaps after a collection, over events received':
    '发送的字节数，以及垃圾回收之后页面的脚本堆和 DOM 堆，对收到的事件数的斜率和 R^2',
  'Lecture notes on push techniques; Schiemann, "The forever-frame technique", Comet Daily (2007)':
    '服务器推送技术讲义；Schiemann，《The forever-frame technique》，Comet Daily（2007）',
  'in the header': '在头部中声明',
  'in a meta element': '在 meta 元素中声明',
  'Events were late after 4,096 bytes of padding, too, or only sometimes.':
    '在 4,096 字节的填充之后，事件同样迟到，或者只是有时迟到。',
  'Without padding the first event came after {0} ms at most, after 4,096 bytes of it after {1} ms.':
    '没有填充时，首个事件最多在 {0} ms 后到达；有 4,096 字节的填充时，最多在 {1} ms 后到达。',
  'Without padding the first event is held back where the encoding is declared {0}.':
    '没有填充时，首个事件在以下情况会被扣住：编码{0}。',
  'without padding': '没有填充',
  'after {0} bytes': '在 {0} 字节的填充之后',
  'Delay of the first event {0}, encoding declared {1}': '首个事件的延迟，{0}，编码{1}',
  'Of today’s Chromium it does not hold: at most a stream without a declared character encoding waits for the 1,024 bytes to guess it from.':
    '对如今的 Chromium 不成立：最多是没有声明字符编码的流，会等到 1,024 字节，以便据此猜测编码。',
  'Late: the whole interval of the median is at least half of the time until the next event is written. Late without padding and not late after 4,096 bytes, however the encoding is declared, held; never late did not hold; late for some ways to declare it depends on that. Inconclusive where it is late after 4,096 bytes, too, an interval lies on both sides, or there are fewer than 3 trials.':
    '“迟到”指中位数的整个区间都不小于距下一个事件写出的时间的一半。若无论编码如何声明，没有填充时都迟到，而在 4,096 字节之后不迟到，则成立；若从不迟到，则不成立；若只在某些声明方式下迟到，则取决于声明方式。若在 4,096 字节之后仍然迟到，或某个区间跨在两侧，或试验少于 3 次，则无法定论。',
  'Delay of the first event after 0, 1,024 and 4,096 bytes of padding, with the character encoding declared in the header, in a meta element, and nowhere':
    '填充为 0、1,024 和 4,096 字节时首个事件的延迟，字符编码分别在头部中声明、在 meta 元素中声明以及未声明',
  'SockJS, its transport htmlfile (2011): "Safari needs at least 1024 bytes to parse the website"':
    'SockJS 的传输方式 htmlfile（2011）：“Safari needs at least 1024 bytes to parse the website”',

  // Server-Sent Events
  'The run has no records of Server-Sent Events at 100 and 1,000 events per second.':
    '本次运行没有 SSE 在每秒 100 和 1,000 个事件时的记录。',
  'Requests of one subscriber at {0} events per second': '每秒 {0} 个事件时一个订阅者的请求数',
  'Events of one subscriber at {0} events per second': '每秒 {0} 个事件时一个订阅者的事件数',
  'Only {0} events for a subscriber: {1} are needed to tell.':
    '一个订阅者只有 {0} 个事件：需要 {1} 个才能判断。',
  'One request for {0} events and more.': '{0} 个及更多事件只用了一个请求。',
  '{0} to {1} requests a subscriber, and not 1.': '每个订阅者有 {0} 到 {1} 个请求，而不是 1 个。',
  'One request a subscriber, whatever the number of events.': '无论事件有多少，每个订阅者只有一个请求。',
  'At 100 and at 1,000 events per second, in every trial: exactly 1 request for at least 100 events held, any other number did not hold; fewer events, or figures that the gate does not let pass, are inconclusive.':
    '在每秒 100 和 1,000 个事件时的每次试验中：若至少 100 个事件恰好只用 1 个请求，则成立；若是其他数目，则不成立；若事件更少，或数值未通过可信度检查，则无法定论。',
  'Requests of one subscriber from its first byte to its last':
    '一个订阅者从第一个字节到最后一个字节的请求数',
  'Events without a redirect': '没有重定向时的事件',
  'Events through a {0}': '经过 {0} 重定向的事件',
  'No event came, not even without a redirect.': '没有收到事件，连没有重定向时也没有。',
  'Not seen: {0}.': '未观察到：{0}。',
  'EventSource followed {0}.': 'EventSource 跟随了 {0}。',
  'EventSource did not follow {0}.': 'EventSource 没有跟随 {0}。',
  'EventSource followed {0}, and did not follow {1}.': 'EventSource 跟随了 {0}，没有跟随 {1}。',
  'All five redirects are followed: EventSource asks by Fetch, in its redirect mode "follow".':
    '五种重定向都会跟随：EventSource 用 Fetch 发出请求，其重定向模式为“follow”。',
  'An event through 301 and one through 307 held, without either did not hold; the other statuses are named. Inconclusive where no event came without a redirect (the control), or a status is missing.':
    '若经 301 和 307 各收到一个事件，则成立；缺少其中任何一个，则不成立；其他状态码一并列出。若没有重定向时（对照）收不到事件，或缺少某个状态码，则无法定论。',
  'Whether an event arrives from where a 301, 302, 303, 307 or 308 points to':
    '能否从 301、302、303、307 或 308 指向的地址收到事件',
  'Lecture notes on push techniques; WHATWG HTML, section 9.2: "redirected using HTTP 301 and 307 redirects as with normal HTTP requests"':
    '服务器推送技术讲义；WHATWG HTML 第 9.2 节：“redirected using HTTP 301 and 307 redirects as with normal HTTP requests”',
  'Requests within three reconnection times after a {0}': '收到 {0} 之后三个重连时间内的请求数',
  'EventSource did not come back where it should: nothing shows that 204 stops it.':
    'EventSource 在应当重连时没有重连：无法说明是 204 使它停止的。',
  '{0} requests after the 204, and {1} after a 200.': '收到 204 之后有 {0} 个请求，收到 200 之后有 {1} 个。',
  'No request after the 204; after the end of a stream about one a reconnection time.':
    '收到 204 之后没有请求；流结束之后，大约每个重连时间一个请求。',
  '0 requests held, any did not hold. Inconclusive where EventSource never reconnected, or did not do so again after a 200 either (the control).':
    '若没有请求，则成立；若有，则不成立。若 EventSource 从未重连，或在收到 200 之后（对照）也没有再次重连，则无法定论。',
  'Requests within three reconnection times after a reconnection was answered with 204':
    '对重连请求响应 204 之后，三个重连时间内的请求数',
  'Lecture notes on push techniques; WHATWG HTML, section 9.2: "a client can be told to stop reconnecting using the HTTP 204 No Content response code"':
    '服务器推送技术讲义；WHATWG HTML 第 9.2 节：“a client can be told to stop reconnecting using the HTTP 204 No Content response code”',
  'the end of the stream': '流结束',
  'a reset connection': '连接被重置',
  'a refused connection': '连接被拒绝',
  'the status 500': '状态码 500',
  'a wrong content type': '内容类型错误',
  'Requests after {0}': '故障之后的请求数：{0}',
  'No open EventSource met {0}.': '没有处于打开状态的 EventSource 遇到以下故障：{0}。',
  'Retried after {0}.': '以下故障之后会重试：{0}。',
  'Not retried after {0}.': '以下故障之后不会重试：{0}。',
  'It depends on the failure: retried after {0}, but not after {1}.':
    '取决于故障：在{0}之后会重试，在{1}之后不会。',
  'It depends: network errors and the end of the stream are retried, a status or a content type that is wrong is not.':
    '视情况而定：网络错误和流结束之后会重试，状态码或内容类型错误时不会。',
  'At least one request after every failure held, after none did not hold, after some depends on the failure. Inconclusive where a failure was not met by an open EventSource, or is missing.':
    '若每种故障之后都至少有一个请求，则成立；若都没有，则不成立；若只在部分故障之后有，则取决于故障。若某种故障发生时 EventSource 并未打开，或缺少某种故障，则无法定论。',
  'Requests within ten reconnection times after each of five failures':
    '五种故障各自发生之后，十个重连时间内的请求数',
  'EventSources open of {0} over HTTP/{1}': '{0} 个 EventSource 中打开的数目，HTTP/{1}',
  'Fetches answered beside them over HTTP/{0}': '同时发出的 fetch 中得到响应的数目，HTTP/{0}',
  'One of the two versions of HTTP was not seen.': '缺少两个 HTTP 版本中的一个。',
  'The fetch was not answered with one EventSource fewer either: something else held it up.':
    '少了一个 EventSource 之后，fetch 仍然没有得到响应：阻塞它的另有原因。',
  'was answered': '得到了响应',
  hung: '一直挂起',
  'Of {0} EventSources {1} opened over HTTP/1.1 and a fetch beside them {2}; over HTTP/2 {3} opened and it {4}.':
    '{0} 个 EventSource 中，使用 HTTP/1.1 时打开了 {1} 个，同时发出的 fetch {2}；使用 HTTP/2 时打开了 {3} 个，同时发出的 fetch {4}。',
  'Of seven six open over HTTP/1.1, and a fetch waits until one is closed; over HTTP/2 all seven open.':
    '使用 HTTP/1.1 时，七个中打开六个，fetch 要等到其中一个关闭；使用 HTTP/2 时，七个全部打开。',
  'Held where exactly six open and the fetch is not answered over HTTP/1.1, and all seven open and it is answered over HTTP/2; anything else did not hold. Inconclusive where the fetch is not answered with one of the six closed either: then it is not they that it waits for.':
    '若使用 HTTP/1.1 时恰好打开六个且 fetch 得不到响应，而使用 HTTP/2 时七个全部打开且 fetch 得到响应，则成立；其他情况不成立。若关闭六个中的一个之后 fetch 仍得不到响应，则无法定论：它等待的并不是它们。',
  'How many of seven EventSources to one origin open within 2 s, and whether a fetch is answered within 2 s then':
    '连接同一个源的七个 EventSource 在 2 s 内打开几个，以及此时 fetch 是否在 2 s 内得到响应',
  'MDN Web Docs, "EventSource" and "Using server-sent events" (2024)':
    'MDN Web Docs，《EventSource》和《Using server-sent events》（2024）',

  // WebSocket
  'It takes a sweep of payloads, and messages on the way up.': '这需要对有效载荷做一次扫描，以及上行的消息。',
  'Framing of one event of WebSocket{0}': 'WebSocket 一个事件的成帧字节数{0}',
  'Framing of one message of WebSocket on the way up, of {0} bytes':
    'WebSocket 一条 {0} 字节的上行消息的成帧字节数',
  'Header bytes of WebSocket after the handshake in a chat': '聊天中 WebSocket 握手之后的头部字节数',
  'Header bytes of WebSocket after the handshake{0}': 'WebSocket 握手之后的头部字节数{0}',
  '{0} of headers after the handshake; framing of {1} bytes an event by size, and {2} a message on the way up.':
    '握手之后的头部为 {0}；成帧按大小不同为每个事件 {1} 字节，上行时每条消息 {2} 字节。',
  'Of HTTP’s headers nothing; a frame header of 2 bytes up to 125 bytes of payload, 4 up to 65,535, 10 beyond, and 4 more for the masking key on the way up.':
    '没有任何 HTTP 头部；有效载荷不超过 125 字节时帧头为 2 字节，不超过 65,535 字节时为 4 字节，更大时为 10 字节，上行时再加 4 字节的掩码密钥。',
  'Held where two things are so in every trial. No byte after the opening handshake is a header of HTTP; framing is exactly 2, 4 or 10 bytes per event by its size at every size, and 4 more per message up. Did not hold where a byte is a header or framing differs at some size in every trial; inconclusive where trials differ, where the gate voids a count, or where a size or the messages up are missing.':
    '若在每次试验中，建立连接的握手之后没有一个字节属于 HTTP 头部，且在每种大小下，成帧按大小恰为每个事件 2、4 或 10 字节，上行时每条消息再多 4 字节，则成立。若在每次试验中都有头部字节，或在某种大小下成帧不同，则不成立；若各次试验不一致，或可信度检查判定某个计数无效，或缺少某种大小或上行消息，则无法定论。',
  'Labelled bytes of the tapped subscriber: header bytes after the handshake, framing per event down and per message up.':
    '被监听的订阅者的标注字节：握手之后的头部字节数、下行每个事件的成帧字节数和上行每条消息的成帧字节数。',
  'Lecture notes on push techniques; RFC 6455, section 5.2 (2011)':
    '服务器推送技术讲义；RFC 6455 第 5.2 节（2011）',
  'more than WebSocket': '多于 WebSocket',
  'the same as WebSocket': '与 WebSocket 相同',
  'less than WebSocket': '少于 WebSocket',
  'not told apart from WebSocket': '与 WebSocket 无法区分',
  'CPU time of the server per event, {0} over WebSocket, in {1}':
    '服务器每个事件的 CPU 时间与 WebSocket 之比：{0}，场景 {1}',
  '{0}: {1} ({2} to {3} times)': '{0}：{1}（{2} 到 {3} 倍）',
  'CPU time per event, {0}.': '每个事件的 CPU 时间，{0}。',
  'Less than any that answers a request for every event; about the same as other streams, which write the same bytes to the same socket; more than a short poll whose answer brings many events at once.':
    '少于每个事件都要响应一个请求的任何技术；与其他流式技术大致相同，因为它们向同样的套接字写入同样的字节；多于一次响应带回许多事件的短轮询。',
  "A technique costs more or less than WebSocket where two things are so. The ratio is significant, by a t-test on the logarithms at 5 % after Holm's correction over all techniques. It differs from 1 by more than the noise of the run in this figure: what its A/A pair made up, and 5 % at the least. It costs the same where it is not so told apart and the 95 % interval of the ratio lies within 0.9 to 1.1; else it is unclear. Held where every one costs more; did not hold where none costs more and none is unclear; depends on the technique where some cost more and some the same or less, whatever the unclear ones would come to; else inconclusive, and so where the cell of one is missing. What the gate voids is unclear.":
    '若比值显著（对数的 t 检验，显著性水平 5 %，对所有技术做 Holm 校正），且与 1 的差距大于本次运行在这一数值上的噪声（即 A/A 对照中的差距，至少取 5 %），则该技术的开销多于或少于 WebSocket。若不能这样区分，且比值的 95 % 区间落在 0.9 到 1.1 之内，则开销相同；否则不明确。若每种技术的开销都更多，则成立；若没有一种更多，也没有一种不明确，则不成立；若有些更多，有些相同或更少，则无论不明确的技术结果如何，都取决于技术；其他情况无法定论，缺少某种技术的单元时也是如此。被可信度检查判定无效的视为不明确。',
  'CPU time of the server per 1,000 delivered events, paired by round: each technique that HTTP carries over WebSocket, in the steady feed or, where that does not measure it, among all techniques.':
    '服务器每送达 1,000 个事件的 CPU 时间，按轮次配对：由 HTTP 承载的每种技术与 WebSocket 之比，取自稳定事件源的场景；若该场景没有测量，则取自测量全部技术的场景。',
  'Median delay of {0} over that of {1} in {2}': '延迟中位数之比：{0}与{1}，{2}',
  'No scenario measured two of the four techniques.': '没有场景测量了四种技术中的两种。',
  'The gate voids every pair.': '可信度检查判定每一对都无效。',
  'Of {0} pairs {1} stand as the claim says, {2} are ties and {3} stand the other way round':
    '{0} 对比较中，{1} 对符合该说法，{2} 对为平局，{3} 对次序相反',
  '{0} before {1} in {2}': '{0}先于{1}，见于 {2}',
  '{0}; each link of the order is told apart.': '{0}；次序中的每一环都能区分。',
  '{0} ties in each of {1} pairs': '“{0}”在全部 {1} 对中都是平局',
  '{0} was not compared': '“{0}”没有比较',
  '{0} before {1}': '{0}先于{1}',
  'A short poll waits half its interval. A long poll is as soon as a stream while events are further apart than a round trip. It is a little later where its server has many requests to answer. Server-Sent Events and WebSocket are the same within noise, except where something between them collects answers.':
    '短轮询要等半个间隔。事件间隔大于往返时间时，长轮询与流式技术同样快；服务器要响应许多请求时则稍慢。SSE 与 WebSocket 在噪声范围内相同，除非中间有什么在积攒响应。',
  "A pair is told apart where two things are so; else it is a tie. The ratio of its medians is significant, by a t-test on the logarithms at 5 % after Holm's correction over all pairs of the run. It differs from 1 by more than the noise of the run: what its A/A pair made up, and 5 % at the least. Did not hold where a pair that is told apart stands the other way round anywhere, as it was laid down: an inversion outside the noise refutes; where is named. Held where no pair does and each link of the order is told apart somewhere: WebSocket before Server-Sent Events, those before long polling, that before short polling. Depends where no pair does, one link is told apart somewhere and another, named, was compared and ties everywhere. Else inconclusive, and so where fewer than two scenarios of the run compared two of them. What the gate voids is left out, and so are searches, which go to where techniques break down.":
    '若中位数的比值显著（对数的 t 检验，显著性水平 5 %，对本次运行的所有对做 Holm 校正），且与 1 的差距大于本次运行的噪声（即 A/A 对照中的差距，至少取 5 %），则这一对能够区分；否则为平局。若任何一处有能够区分的一对次序相反，则不成立，并给出所在之处；这是事先定下的：超出噪声的一次逆序即为反证。若没有这样的一对，且次序中的每一环（WebSocket 先于 SSE，SSE 先于长轮询，长轮询先于短轮询）都在某处能够区分，则成立。若没有这样的一对，有一环在某处能够区分，而另一环（予以给出）虽经比较却处处平局，则视情况而定。其他情况无法定论；本次运行中比较过其中两种技术的场景不足两个时，也无法定论。被可信度检查判定无效的不计；搜索也不计，因为它会一直推进到技术失效之处。',
  'Median delay, paired by round, of each two of the four techniques at every point of every scenario of the run that measured both.':
    '在本次运行中同时测量了两种技术的每个场景的每个测量点，四种技术两两之间的延迟中位数，按轮次配对。',
  "Median delay of Server-Sent Events over WebSocket's{0}": 'SSE 与 WebSocket 的延迟中位数之比{0}',
  "The median delay of Server-Sent Events is {0} to {1} times WebSocket's":
    'SSE 的延迟中位数是 WebSocket 的 {0} 到 {1} 倍',
  '{0}; at {1} of {2} sizes the interval reaches over 1.5 times.':
    '{0}；在 {2} 种大小中，有 {1} 种的区间跨过 1.5 倍。',
  '{0}; but one scenario alone decides nothing: measure {1}.':
    '{0}；但单独一个场景说明不了什么：请测量 {1}。',
  '{0}: by a wide margin {1}.': '{0}；差距悬殊的情况：{1}。',
  'Both write some bytes to an open TCP connection, so that they differ by what server and client do besides: microseconds on an idle machine.':
    '两者都是向已打开的 TCP 连接写入一些字节，差别只在于服务器和客户端另外做的事：在空闲的机器上只有几微秒。',
  "A wide margin is 1.5 times. The interval is that of Student's t on the logarithms of the paired ratios, 95 %. Held where its lower end is at least 1.5 at every size; did not hold where its upper end is below 1.5 at every size; depends on the size where it is so at some and the other at the rest; inconclusive where it holds 1.5 at any size, where the gate voids a delay, or where a size of the sweep is missing.":
    '“差距悬殊”指 1.5 倍。区间是配对比值的对数按 Student t 分布得出的 95 % 区间。若在每种大小下，区间下限都不低于 1.5，则成立；若在每种大小下，区间上限都低于 1.5，则不成立；若有些大小是前者，其余是后者，则取决于大小；若在任一大小下区间包含 1.5，或可信度检查判定某个延迟无效，或缺少扫描中的某种大小，则无法定论。',
  'Median delay of Server-Sent Events over that of WebSocket, paired by round, at every size of payload.':
    '在每种有效载荷大小下，SSE 与 WebSocket 的延迟中位数之比，按轮次配对。',
  'Bigestans (2014); the other way Slodziak and Nowak (2016), who found the two about equal':
    'Bigestans（2014）；相反的结论见 Slodziak 和 Nowak（2016），他们发现两者大致相同',
  'It takes text and binary payloads over both techniques.': '这需要两种技术都传输文本和二进制的有效载荷。',
  'A binary payload took {0} more bytes over Server-Sent Events, and {1} more over WebSocket.':
    '二进制有效载荷通过 SSE 多用了 {0} 的字节，通过 WebSocket 多用了 {1}。',
  'What a binary payload takes more over {0}, as a share of it':
    '二进制有效载荷多用的字节占其自身的比例：{0}',
  'An event stream is UTF-8 text, so that binary data go as base64, four characters for three bytes; WebSocket has binary messages.':
    '事件流是 UTF-8 文本，二进制数据只能以 base64 传输，每三个字节用四个字符；WebSocket 则有二进制消息。',
  'Held where Server-Sent Events add at least 1/3 less 2 points of the payload, and WebSocket at most 1 point, in every trial of either; did not hold where in every trial one of the two is not so; inconclusive otherwise, where the gate voids a count, or where a kind of payload is missing.':
    '若在两者的每次试验中，SSE 增加的字节至少为有效载荷的 1/3 减去 2 个百分点，而 WebSocket 最多增加 1 个百分点，则成立；若在每次试验中两者之一并非如此，则不成立；其他情况、可信度检查判定某个计数无效，或缺少某种有效载荷时，无法定论。',
  'Bytes per event with a binary payload beyond those with a text payload of the same length, as a share of the payload.':
    '每个事件使用二进制有效载荷时，比同样长度的文本有效载荷多出的字节数占有效载荷的比例。',
  'Lecture notes on push techniques; RFC 4648, section 4 (2006)':
    '服务器推送技术讲义；RFC 4648 第 4 节（2006）',
  'Polling over WebSocket, all bytes with TCP/IP headers':
    '轮询与 WebSocket 之比，包含 TCP/IP 头部的全部字节',
  'Polling over WebSocket, headers against framing alone': '轮询与 WebSocket 之比，仅头部与成帧相比',
  'Nothing was replayed.': '没有重现。',
  'Headers of one poll, request and answer': '一次轮询的头部，包括请求和响应',
  'Polling over WebSocket, all bytes of the TCP stream': '轮询与 WebSocket 之比，TCP 流的全部字节',
  'headers against framing {0} times, all of the TCP stream {1} times':
    '头部与成帧相比为 {0} 倍，TCP 流的全部字节为 {1} 倍',
  'The kernel did not count the packets of this run alone; {0}.': '内核没有单独统计本次运行的数据包；{0}。',
  'With TCP/IP headers {0} times the bytes of WebSocket; {1}.':
    '包含 TCP/IP 头部时，字节数是 WebSocket 的 {0} 倍；{1}。',
  'a poll had {0} bytes of headers, not 871': '一次轮询的头部为 {0} 字节，而不是 871 字节',
  'an event took {0} polls, not one': '一个事件用了 {0} 次轮询，而不是一次',
  'The replay is none: {0}.': '没有真正重现：{0}。',
  'Trials differ on whether that is within 10 % of {0}.': '这是否在 {0} 的 10 % 以内，各次试验不一致。',
  'Headers of 871 bytes against framing of 2 are 435 times. With the event of 20 bytes and the JSON around it a poll, request and answer, is some 915 bytes against 22, 42 times; with the headers of TCP/IP, three packets against two, 8.5 times.':
    '871 字节的头部与 2 字节的成帧相比是 435 倍。加上 20 字节的事件和外面的 JSON，一次轮询（请求和响应）约为 915 字节，与 22 字节相比是 42 倍；再加上 TCP/IP 头部，三个数据包与两个相比，是 8.5 倍。',
  'What bandwidth means is what goes over the wire, TCP/IP headers included. The replay must be one: headers within 1 % of 871 bytes, and one poll an event within 5 %, else inconclusive. Held where the ratio with TCP/IP headers is within 10 % of 435 in every trial, did not hold where it is in none. Inconclusive where trials differ, or where the kernel could not count the packets of the run alone. So it is where the gate voids a count, or where one of the two is missing.':
    '带宽指线路上传输的全部内容，包括 TCP/IP 头部。首先必须真正重现：头部与 871 字节相差不超过 1 %，且每个事件一次轮询，误差不超过 5 %，否则无法定论。若在每次试验中，包含 TCP/IP 头部的比值与 435 相差不超过 10 %，则成立；若没有一次如此，则不成立。若各次试验不一致，或内核无法单独统计本次运行的数据包，或可信度检查判定某个计数无效，或缺少两者之一，则无法定论。',
  'Bytes of a poll with 871 bytes of headers that brings one event of 20 bytes, over those of the same event by WebSocket, by layer: headers against framing, all of the TCP stream, with TCP/IP headers as the kernel counts them.':
    '一次头部为 871 字节、带回一个 20 字节事件的轮询的字节数，与同一事件通过 WebSocket 的字节数之比，按层次分别为：头部与成帧相比、TCP 流的全部字节、按内核统计包含 TCP/IP 头部的字节。',
  'Lubbers and Greco, HTML5 WebSocket: A Quantum Leap in Scalability for the Web (Kaazing, 2010)':
    'Lubbers 和 Greco，《HTML5 WebSocket: A Quantum Leap in Scalability for the Web》（Kaazing，2010）',
  'Share of payload, {0} over {1} in {2}{3}': '有效载荷所占比例：{0}，{1}，场景 {2}{3}',
  '{0} to {1} over {2}': '{0} 到 {1}（{2}）',
  'Of polls of up to {0} bytes the payload is {1}': '不超过 {0} 字节的轮询中，有效载荷所占比例为 {1}',
  '{0}; trials differ.': '{0}；各次试验不一致。',
  '{0} over {1}{2}': '{0}，{1}{2}',
  '{0}: half or more with {1}.': '{0}；达到或超过一半的情况：{1}。',
  'A browser’s headers are some 700 bytes with each poll, and cookies on top: 100 bytes of payload are an eighth of it at most. HTTP/2 sends again only what is new, but each poll has frames and records of TLS with headers of their own. From some kilobytes of payload on all that is little.':
    '浏览器每次轮询的头部约为 700 字节，还要加上 cookie：100 字节的有效载荷最多占八分之一。HTTP/2 只重新发送新的内容，但每次轮询都有帧和 TLS 记录，它们各有自己的头部。有效载荷达到几千字节以后，这些都微不足道。',
  'Small is a payload of at most 100 bytes. Dominated means that the share is below 1/2 in every trial, not dominated that it is in none. Held where short and long polls of small messages are dominated at every point, over HTTP/1.1 and HTTP/2; did not hold where they are at none; depends on what is named where they are at some and not at others. Inconclusive where the trials of a point differ, where the gate voids a count, or where a point is missing. Large messages, and streams, whose headers come once, are shown beside them.':
    '“小”指有效载荷不超过 100 字节。“头部占大部分”指该比例在每次试验中都低于 1/2，“头部不占大部分”指没有一次试验低于 1/2。若无论使用 HTTP/1.1 还是 HTTP/2，小消息的短轮询和长轮询在每个测量点都是头部占大部分，则成立；若在任何测量点都不是，则不成立；若在有些测量点是、有些不是，则取决于所给出的条件。若某个测量点的各次试验不一致，或可信度检查判定某个计数无效，或缺少某个测量点，则无法定论。大消息以及头部只出现一次的流式技术一并列出。',
  'Share of the payload in all bytes of the TCP stream, both directions, of polls with a browser’s headers: cookies of 0 to 4 kB, payloads of 16 bytes to 16 kB, HTTP/1.1 and HTTP/2.':
    '带浏览器头部的轮询中，有效载荷在 TCP 流两个方向的全部字节中所占比例：cookie 为 0 到 4 kB，有效载荷为 16 字节到 16 kB，使用 HTTP/1.1 和 HTTP/2。',

  // In the browser
  'What a short poll adds to the p99 of the page’s event-loop delay':
    '短轮询使页面事件循环延迟的 p99 增加的量',
  'What a synchronous poll adds': '同步轮询增加的量',
  'p99 without a poll': '没有轮询时的 p99',
  'p99 with a short poll': '有短轮询时的 p99',
  'Not even a synchronous poll shows as a freeze, so nothing here would.':
    '连同步轮询都看不出卡顿，因此这里什么也看不出来。',
  'A short poll every 100 ms adds {0} ms to the p99 of the event-loop delay ({1} {2} to {3}), a synchronous one {4} ms.':
    '每 100 ms 一次的短轮询使事件循环延迟的 p99 增加 {0} ms（{1} {2} 到 {3}），同步轮询增加 {4} ms。',
  'p99 differs by well under 5 ms: fetch works beside the event loop. A synchronous request would freeze it.':
    'p99 的差别远小于 5 ms：fetch 在事件循环之外工作。同步请求才会使它停住。',
  'Over the trials’ differences: an interval of the median wholly below 5 ms did not hold, wholly at or above it held, else inconclusive; so are fewer than 3 trials, and a synchronous poll (the control) that does not show as a median difference of at least 5 ms.':
    '根据各次试验的差值：若中位数的区间完全低于 5 ms，则不成立；若完全不低于 5 ms，则成立；其他情况无法定论；试验少于 3 次，或同步轮询（对照）的差值中位数不到 5 ms 时，也无法定论。',
  'Difference of the p99 of a page’s event-loop delay with a short poll every 100 ms and without, of one trial':
    '同一次试验中，有和没有每 100 ms 一次的短轮询时，页面事件循环延迟的 p99 之差',
  'Lecture notes on push techniques, of short polling by Ajax': '服务器推送技术讲义，关于用 Ajax 做短轮询',
  'WebSocket to a server that checks no origin': '连接不检查源的服务器的 WebSocket',
  'WebSocket to a server whose allow-list lacks the page’s origin':
    '连接允许列表中没有该页面的源的服务器的 WebSocket',
  'WebSocket to a server whose allow-list has it': '连接允许列表中有该源的服务器的 WebSocket',
  'fetch without CORS headers': '没有 CORS 头部的 fetch',
  'The same fetch by a page of that origin': '由同源页面发出的同一个 fetch',
  'A page of another origin got no message of a server that checks no origin.':
    '其他源的页面没有收到不检查源的服务器的消息。',
  'A page of another origin got a message where the server checks no origin, and none where an allow-list lacks it: the server has to refuse. Of a fetch the browser kept the answer.':
    '服务器不检查源时，其他源的页面收到了消息；允许列表中没有该源时则没有收到：必须由服务器来拒绝。而对于 fetch，浏览器没有把响应交给页面。',
  'The browser lets it pass, and tells its origin: whether to refuse is up to the server.':
    '浏览器会放行并告知页面的源：是否拒绝由服务器决定。',
  'Held where the page receives a message of a server that checks no origin, and an allow-list decides: it refuses without the page’s origin and lets in with it; no message without a check did not hold. Inconclusive where the allow-list does not decide, or the control fails: a fetch without CORS headers that can be read, or one of the same origin that cannot.':
    '若页面能收到不检查源的服务器的消息，被没有其源的允许列表拒绝，又被有其源的允许列表接受，则成立；若服务器不检查源时收不到消息，则不成立。若允许列表不起作用，或对照失败（没有 CORS 头部的 fetch 可以读取，或同源的 fetch 不能读取），则无法定论。',
  'Whether a page receives what a server of another origin says, by WebSocket and by fetch':
    '页面能否通过 WebSocket 和 fetch 收到其他源的服务器所发的内容',
  'Lecture notes on push techniques; RFC 6455 (2011), section 10.2':
    '服务器推送技术讲义；RFC 6455（2011）第 10.2 节',

  // Socket.IO
  'Events that the stock client received': '默认配置的客户端收到的事件数',
  'Events that a client received, {0}': '客户端收到的事件数，{0}',
  'When it was over, {0}': '结束的时刻，{0}',
  'the stock client received nothing': '默认配置的客户端什么也没有收到',
  'A plain ws client received {0} events, the stock client {1}.':
    '普通 ws 客户端收到了 {0} 个事件，默认配置的客户端收到了 {1} 个。',
  '{0}: opened, {1}': '{0}：已打开，{1}',
  'Plain ws clients received no event, the stock client {0} ({1}).':
    '普通 ws 客户端没有收到任何事件，默认配置的客户端收到了 {0} 个（{1}）。',
  'A plain WebSocket client is refused or, with Engine.IO’s query, let in, told no event and closed by the server.':
    '普通的 WebSocket 客户端会被拒绝；若带有 Engine.IO 的查询参数则会被接受，但收不到事件，随后被服务器关闭。',
  'Did not hold where no plain ws client receives an event; held where one receives as many as the stock client. Inconclusive where some arrive, or the stock client receives none.':
    '若没有一个普通 ws 客户端收到事件，则不成立；若有一个收到的事件与默认配置的客户端一样多，则成立。若只收到一部分，或默认配置的客户端没有收到事件，则无法定论。',
  'Events that plain ws clients receive from a Socket.IO server while a stock Socket.IO client receives some':
    '默认配置的 Socket.IO 客户端能收到事件时，普通 ws 客户端从 Socket.IO 服务器收到的事件数',
  'Lecture notes on push techniques; against it the Socket.IO documentation, What Socket.IO is not':
    '服务器推送技术讲义；相反的说法见 Socket.IO 文档《What Socket.IO is not》',
  'Time until the first message, stock client': '距第一条消息的时间，默认配置的客户端',
  'Time until the first message, WebSocket from the start': '距第一条消息的时间，从一开始就用 WebSocket',
  'Time until the upgrade, stock client': '距升级的时间，默认配置的客户端',
  'Bytes until the first message had come, stock client': '第一条消息到达之前的字节数，默认配置的客户端',
  'Bytes until the first message had come, WebSocket from the start':
    '第一条消息到达之前的字节数，从一开始就用 WebSocket',
  'WebSocket from the start did not work directly': '直连时，从一开始就用 WebSocket 不能工作',
  'trials did not agree, or there were none': '各次试验不一致，或没有试验',
  'It did not end with the best transport on every path.': '它并非在每条路径上最终都使用最佳的传输方式。',
  'It began and ended with the best transport on both paths.': '它在两条路径上自始至终都使用最佳的传输方式。',
  'It depends on when one asks: it began with polling, also where WebSocket would do, and upgraded after {0}; its first message took {1} where WebSocket from the start took {2}.':
    '取决于在何时看：它先用轮询，即使 WebSocket 可用也是如此，{0} 之后才升级；它的第一条消息用了 {1}，而从一开始就用 WebSocket 只用 {2}。',
  'Behind a proxy that drops Upgrade it stayed with polling.': '在丢弃 Upgrade 的代理后面，它一直使用轮询。',
  'Bytes until a subscriber was accepted, transports: {0}': '接受一个订阅者之前的字节数，transports：{0}',
  'It begins with polling everywhere, also where WebSocket would do, and ends with WebSocket where the path lets it through.':
    '无论在哪里它都先用轮询，即使 WebSocket 可用也是如此；如果路径允许，最终改用 WebSocket。',
  'The best transport is WebSocket on a direct path, and polling behind a proxy that drops Upgrade. Held where the first request and the end are the best on both; did not hold where the end is not the best on both; depends on when one asks where it ends with the best on both and on the direct path begins with another. Inconclusive where trials do not agree, or WebSocket from the start does not work directly.':
    '在直连路径上，最佳的传输方式是 WebSocket；在丢弃 Upgrade 的代理后面，是轮询。若在两条路径上，第一个请求和最终的传输方式都是最佳的，则成立；若最终的传输方式并非在两条路径上都最佳，则不成立；若在两条路径上最终都最佳，但在直连路径上先用了另一种，则取决于在何时看。若各次试验不一致，或直连时从一开始就用 WebSocket 不能工作，则无法定论。',
  'The transport of the stock client’s first request, of the first message and at the end, by path':
    '默认配置的客户端在各条路径上的第一个请求、第一条消息和最终所用的传输方式',
  'Lecture notes on push techniques; Socket.IO documentation, How it works: polling first, then an upgrade':
    '服务器推送技术讲义；Socket.IO 文档《How it works》：先轮询，再升级',

  // Networks
  'Bare TCP sockets with a well-formed key that were let in, of {0}':
    '{0} 个带有格式正确的密钥的裸 TCP 套接字中被接受的个数',
  'Handshakes with a malformed key or none that were let in': '密钥格式错误或没有密钥而被接受的握手数',
  'a handshake without a good key was let in': '没有正确密钥的握手被接受了',
  '{0} of {1} bare TCP sockets with a key of their own making were let in and received {2} of {3} events.':
    '{1} 个带有自造密钥的裸 TCP 套接字中，有 {0} 个被接受，收到了 {3} 个事件中的 {2} 个。',
  'Whoever can write 16 bytes in base64 is let in; the key is no secret and proves nothing about who asks.':
    '凡是能用 base64 写出 16 个字节的，都会被接受；密钥并非秘密，也不能证明请求者的身份。',
  'Did not hold where a bare TCP socket with any well-formed key is answered 101 and receives events; held where all of them are kept out. Inconclusive where some are, or a handshake without a key is let in as well: then the server asks for none.':
    '若裸 TCP 套接字只要带有格式正确的密钥就能得到 101 响应并收到事件，则不成立；若它们全部被拒之门外，则成立。若只有一部分被拒，或没有密钥的握手也被接受（说明服务器并不要求密钥），则无法定论。',
  'Whether a client that is no browser is answered 101 and receives events, by the key that it sends':
    '并非浏览器的客户端，按其发送的密钥，能否得到 101 响应并收到事件',
  'Lecture notes on push techniques; RFC 6455 (2011), sections 1.3 and 10.1':
    '服务器推送技术讲义；RFC 6455（2011）第 1.3 节和第 10.1 节',
  'WebSockets without pings that broke, of {0}': '{0} 条没有 ping 的 WebSocket 连接中断开的条数',
  'WebSockets with pings that broke, of {0}': '{0} 条有 ping 的 WebSocket 连接中断开的条数',
  'How long a WebSocket without pings stayed open': '没有 ping 的 WebSocket 连接保持打开的时间',
  'a WebSocket never opened, or was not seen to': '有 WebSocket 连接从未打开，或未观察到打开',
  'connections of the same kind did not agree, were open and received nothing, or there were none':
    '同类的连接结果不一致，或虽已打开却什么也没有收到，或没有连接',
  'connections with pings broke, and those without lived': '有 ping 的连接断开了，没有 ping 的反而保持着',
  'All connections broke, with pings or without.': '无论有没有 ping，所有连接都断开了。',
  'No connection broke, with pings or without.': '无论有没有 ping，没有一条连接断开。',
  'It depends on pings: behind an idle timeout of {0} s {1} of {2} silent WebSockets broke, after {3}; with a ping each {4} s none of {5} did.':
    '取决于 ping：在空闲超时为 {0} s 的代理后面，{2} 条没有传输的 WebSocket 连接中有 {1} 条在 {3} 后断开；每 {4} s 一次 ping 时，{5} 条中没有一条断开。',
  'A proxy that closes what is idle for 2 s cuts a silent WebSocket after 2 s, and none that pings each second.':
    '关闭空闲 2 s 的连接的代理，会在 2 s 后切断没有传输的 WebSocket 连接，而不会切断每秒发送 ping 的连接。',
  'By the server’s interval of pings, shorter than the idle timeout or longer. Held where no connection breaks and each receives an event afterwards; did not hold where all break; depends on pings where all break without them, and with them none does and each receives its event. Else inconclusive: so where a connection never opened, or is open and receives nothing.':
    '按服务器发送 ping 的间隔短于还是长于空闲超时区分。若没有连接断开，且每条之后都能收到事件，则成立；若全部断开，则不成立；若没有 ping 时全部断开，有 ping 时没有一条断开且每条都能收到事件，则取决于 ping。其他情况无法定论：例如连接从未打开，或虽已打开却什么也收不到。',
  'Whether a WebSocket on which nothing is sent is still open after two and a half idle timeouts':
    '什么都不发送的 WebSocket 连接，在两个半空闲超时之后是否仍然打开',
  'Lecture notes on push techniques; against it RFC 6455 (2011), section 5.5.2, on pings as keep-alive':
    '服务器推送技术讲义；相反的说法见 RFC 6455（2011）第 5.5.2 节，关于用 ping 保持连接',
  'Delay of a small message behind a large one, {0}': '排在大消息之后的小消息的延迟，{0}',
  'the small message did not overtake on streams of HTTP/2 either':
    '在 HTTP/2 的流上，小消息也没有超越大消息',
  'Behind a large message a small one took {0} on the same WebSocket. Beside it on a stream of HTTP/2 it took {1} where that asks for turns, {2} where it does not, and {3} on a WebSocket of its own.':
    '排在大消息之后的小消息，在同一条 WebSocket 连接上用了 {0}，在要求轮流传输的另一个 HTTP/2 流上用了 {1}，在不作此要求的 HTTP/2 流上用了 {2}，在单独的 WebSocket 连接上用了 {3}。',
  'On one WebSocket the small message waits for the rest of the large one; on HTTP/2 streams that take turns it does not.':
    '在同一条 WebSocket 连接上，小消息要等大消息的其余部分传完；在轮流传输的 HTTP/2 流上则不必。',
  'A small message overtakes where its delay is less than half of the large one’s. Held where it overtakes on one WebSocket in every trial; did not hold where it does in none, and on two streams of HTTP/2 that ask for turns (priority: u=1, i, as fetch() does) in every one. Else inconclusive, and so with fewer than 3 trials.':
    '若小消息的延迟不到大消息的一半，则为超越。若在一条 WebSocket 连接上，每次试验都超越，则成立；若没有一次超越，而在要求轮流传输（priority: u=1, i，与 fetch() 相同）的两个 HTTP/2 流上每次都超越，则不成立。其他情况无法定论，试验少于 3 次时也是如此。',
  'Delay of a message of 100 bytes sent 100 ms after one of 10 MB, over a link of 20 MB/s and 5 ms each way':
    '在每个方向延迟 5 ms 的 20 MB/s 链路上，10 MB 的消息发出 100 ms 之后再发的 100 字节消息的延迟',
  'Lecture notes on push techniques; RFC 6455 (2011), section 1.5, leaves it to an extension; RFC 9113 (2022) and RFC 9218 (2022) for HTTP/2':
    '服务器推送技术讲义；RFC 6455（2011）第 1.5 节将其留给扩展；HTTP/2 见 RFC 9113（2022）和 RFC 9218（2022）',
  'Time until WebSocket failed, {0}': 'WebSocket 失败之前的时间，{0}',
  'TLS through a {0}': 'TLS，经由{0}',
  'nginx, {0}': 'nginx，{0}',
  'Configurations of proxies through which WebSocket delivers': 'WebSocket 能够送达的代理配置数',
  'Configurations of proxies through which it does not': '不能送达的代理配置数',
  'WebSocket did not open without a proxy': '没有代理时 WebSocket 也没有打开',
  'the trials of one configuration did not agree, or there were none': '某种配置的各次试验不一致，或没有试验',
  'It delivered through all of {0}.': '它能通过以下全部配置送达：{0}。',
  'It delivered through none of {0}, and failed there after {1}.':
    '它不能通过以下任何配置送达：{0}，在那里 {1} 后失败。',
  'It delivered through none of {0}.': '它不能通过以下任何配置送达：{0}。',
  'It depends on the proxy and its configuration: it delivered through {0} of {1} configurations; not through {2}, and failed there after {3}.':
    '取决于代理及其配置：它通过 {1} 种配置中的 {0} 种送达；以下配置不能送达：{2}，在那里 {3} 后失败。',
  'It depends on the proxy and its configuration: it delivered through {0} of {1} configurations; not through {2}.':
    '取决于代理及其配置：它通过 {1} 种配置中的 {0} 种送达；以下配置不能送达：{2}。',
  'It opens wherever Upgrade is passed on or nobody reads what passes, and fails at once behind a proxy that drops Upgrade.':
    '凡是转发 Upgrade 或不解读所过内容的地方，它都能打开；在丢弃 Upgrade 的代理后面，它会立即失败。',
  'A configuration is each proxy of the experiment and, where it is installed, each configuration of nginx. Held where WebSocket delivers through every one, did not hold where through none, depends on the configuration where through some, named. Inconclusive where it fails without a proxy, or the trials of one configuration do not agree.':
    '配置指实验中的每种代理，以及 nginx（如已安装）的每种配置。若 WebSocket 能通过每一种送达，则成立；若一种都不能，则不成立；若只能通过其中一些（予以给出），则取决于配置。若没有代理时也失败，或某种配置的各次试验不一致，则无法定论。',
  'Whether a WebSocket opens and delivers events through each configuration; time to failure where it does not':
    'WebSocket 能否通过每种配置打开并送达事件；若不能，多久后失败',
  'Lecture notes on push techniques; RFC 6455 (2011), section 1.8; RFC 9110 (2022), section 7.6.1, on Upgrade':
    '服务器推送技术讲义；RFC 6455（2011）第 1.8 节；RFC 9110（2022）第 7.6.1 节，关于 Upgrade',
  'XMLSockets opened directly, of {0}': '{0} 次直连中打开的 XMLSocket 数',
  'XMLSockets opened through an HTTP-only proxy, of {0}':
    '经由只懂 HTTP 的代理的 {0} 次尝试中打开的 XMLSocket 数',
  'Time until it failed there': '在那里失败之前的时间',
  'XMLSocket did not work directly': 'XMLSocket 直连时不能工作',
  'the trials did not agree, or there were none': '各次试验不一致，或没有试验',
  'It opened through the HTTP-only proxy in every trial.': '每次试验中，它都能经由只懂 HTTP 的代理打开。',
  'It opened directly in all of {0} trials and through the HTTP-only proxy in none of {1}, where it failed after {2}.':
    '直连的 {0} 次试验中每次都能打开，而经由只懂 HTTP 的代理的 {1} 次中没有一次打开，在那里 {2} 后失败。',
  'It opened directly in all of {0} trials and through the HTTP-only proxy in none of {1}.':
    '直连的 {0} 次试验中每次都能打开，而经由只懂 HTTP 的代理的 {1} 次中没有一次打开。',
  'A proxy that lets nothing but HTTP pass answers its first message with 400; directly it opens.':
    '只让 HTTP 通过的代理会以 400 响应它的第一条消息；直连时可以打开。',
  'Held where it delivers directly and opens in no trial through the HTTP-only proxy; did not hold where it opens through that in every one. Inconclusive where it fails directly, or trials do not agree.':
    '若直连时能够送达，而在任何试验中都不能经由只懂 HTTP 的代理打开，则成立；若每次都能经由它打开，则不成立。若直连时失败，或各次试验不一致，则无法定论。',
  'Whether XMLSocket opens and delivers events, directly and through a proxy that reads HTTP':
    'XMLSocket 在直连时和经由解读 HTTP 的代理时，能否打开并送达事件',
  'Lecture notes on push techniques, of Flash XMLSocket': '服务器推送技术讲义，关于 Flash XMLSocket',
  'Bytes out of order over bare TCP': '裸 TCP 上乱序的字节数',
  'Bytes sent over bare TCP': '裸 TCP 上发送的字节数',
  'Packets lost on the way, over both': '途中丢失的数据包数，两者合计',
  'Segments that arrived out of order, over both': '乱序到达的报文段数，两者合计',
  'Segments sent again, over both': '重传的报文段数，两者合计',
  'bare TCP': '裸 TCP',
  'one of bare TCP and WebSocket was not tried': '裸 TCP 与 WebSocket 中有一个没有试过',
  'bytes are missing': '有字节缺失',
  'the network that was to lose packets lost none': '本应丢包的网络没有丢包',
  'bytes were out of order over WebSocket, too': 'WebSocket 上也有字节乱序',
  '{0} bytes were out of order over TCP and none over WebSocket.':
    'TCP 上有 {0} 个字节乱序，WebSocket 上没有。',
  'None of {0} over bare TCP was out of order, on loopback; with packet loss it was not tested.':
    '在环回接口上，通过裸 TCP 传输的 {0} 没有乱序；没有在丢包条件下检验。',
  'None of {0} over bare TCP was out of order, though {1} packets were lost and {2} segments came out of order: TCP itself put them right.':
    '通过裸 TCP 传输的 {0} 没有乱序，尽管丢失了 {1} 个数据包，且有 {2} 个报文段乱序到达：TCP 自己恢复了顺序。',
  'What WebSocket adds: {0} of its {1} messages arrived as they were written, and {2} of TCP’s {3} writes.':
    'WebSocket 增加的是：它的 {1} 条消息中有 {0} 条按写出时的边界到达，而 TCP 的 {3} 次写入中只有 {2} 次。',
  'Share of writes that were read as they were written, {0}': '按写出时的边界读到的写入所占比例，{0}',
  'p99 of the delay of events, {0}, {1} % of packets lost': '事件延迟的 p99，{0}，丢包 {1} %',
  'Not one byte is out of order, lost packets or not. WebSocket adds the boundaries of messages, which TCP does not keep.':
    '无论是否丢包，没有一个字节乱序。WebSocket 增加的是 TCP 不保留的消息边界。',
  'Did not hold where no byte of any transfer over bare TCP is out of order or missing; held where one is out of order over TCP and none over WebSocket. Inconclusive where bytes are out of order over both or missing, or where one of the two was not tried. So it is where a network that was to lose packets lost none.':
    '若通过裸 TCP 的每次传输都没有字节乱序或缺失，则不成立；若 TCP 上有字节乱序而 WebSocket 上没有，则成立。若两者都有字节乱序或缺失，或两者之一没有试过，或本应丢包的网络没有丢包，则无法定论。',
  'Bytes out of order of 8 MB over a bare TCP connection, on loopback and where 5 of 100 packets are lost':
    '在环回接口上以及每 100 个数据包丢失 5 个时，通过裸 TCP 连接传输的 8 MB 中乱序的字节数',
  'Lecture notes on push techniques; against it RFC 9293 (2022), section 2.2: TCP is reliable and in order':
    '服务器推送技术讲义；相反的说法见 RFC 9293（2022）第 2.2 节：TCP 可靠且有序',
  'Longest delay in a buffer of {0} bytes': '{0} 字节缓冲区中的最长延迟',
  'Mean delay where X-Accel-Buffering: no is honoured': '遵从 X-Accel-Buffering: no 时的平均延迟',
  'Longest delay in a buffer of 8192 bytes, with heartbeats': '有心跳时 8192 字节缓冲区中的最长延迟',
  'up to {0} in a buffer of {1} bytes (model {2})': '在 {1} 字节的缓冲区中最多 {0}（模型 {2}）',
  'Events waited {0}, and {1} on average where X-Accel-Buffering: no is honoured.':
    '事件的等待时间，{0}；遵从 X-Accel-Buffering: no 时平均为 {1}。',
  'Events waited {0}.': '事件的等待时间，{0}。',
  'Server-sent events that arrived in time behind nginx, {0}': '在 nginx 后面及时到达的 SSE 事件数，{0}',
  'An event waits at most buffer / (rate x bytes per event), half of it on average; X-Accel-Buffering: no ends that, heartbeats only fill the buffer sooner.':
    '事件最多等待 缓冲区大小 /（速率 × 每个事件的字节数），平均为其一半；X-Accel-Buffering: no 可以消除这种等待，心跳只是让缓冲区更快填满。',
  'Of the buffers of 4 and 8 kB that no header stops, without heartbeats: held where the median over buffers of the longest delay is within 10 % of the model for both sizes; did not hold where it is less than 10 % of the model for both; else inconclusive, and so with fewer than 3 buffers of a size.':
    '针对头部无法关闭、没有心跳的 4 kB 和 8 kB 缓冲区：若两种大小下，各缓冲区最长延迟的中位数与模型相差都不超过 10 %，则成立；若两种大小下都不到模型的 10 %，则不成立；其他情况无法定论，某种大小的缓冲区少于 3 个时也是如此。',
  'Longest delay of a server-sent event in each buffer, from its publication, against the model':
    'SSE 事件在每个缓冲区中从发布时刻算起的最长延迟，与模型相比',
  'RFC 6202 (2011), section 5.6; nginx documentation of proxy_buffering; HTML Living Standard, section 9.2.7':
    'RFC 6202（2011）第 5.6 节；nginx 关于 proxy_buffering 的文档；HTML Living Standard 第 9.2.7 节',
  'What Nagle’s algorithm adds, receiver only listens': 'Nagle 算法增加的延迟，接收方只接收',
  'What Nagle’s algorithm adds, receiver answers each event': 'Nagle 算法增加的延迟，接收方响应每个事件',
  'p99 with Nagle’s algorithm, receiver only listens': '使用 Nagle 算法时的 p99，接收方只接收',
  'p99 with Nagle’s algorithm, receiver answers': '使用 Nagle 算法时的 p99，接收方会响应',
  'Median with Nagle’s algorithm and one write per event, receiver answers':
    '使用 Nagle 算法且每个事件写入一次时的中位数，接收方会响应',
  'one of the two receivers is missing': '缺少两种接收方中的一种',
  'Two writes an event: Nagle’s algorithm added {0} where the receiver answers each event, and {1} where it only listens, as it does of a stream: it depends on that.':
    '每个事件写入两次：接收方响应每个事件时，Nagle 算法增加了 {0}；接收方只接收时（流式技术即是如此）增加了 {1}：结果取决于此。',
  'Two writes an event: Nagle’s algorithm added {0} where the receiver answers each event, and {1} where it only listens.':
    '每个事件写入两次：接收方响应每个事件时，Nagle 算法增加了 {0}；接收方只接收时增加了 {1}。',
  'The second of two writes waits for the first’s acknowledgement, which Linux holds back for 40 ms where it expects to send something itself.':
    '两次写入中的第二次要等第一次得到确认，而 Linux 若预计自己也要发送数据，会将确认推迟 40 ms。',
  'For a receiver that only listens and for one that answers each event: 30 to 50 ms more in the median over trials is about 40 ms, less than 5 ms is nothing. Held where both have about 40 ms; did not hold where both have nothing; depends on whether the receiver answers where one has it and the other nothing; else inconclusive, and so with fewer than 3 trials.':
    '分别针对只接收的接收方和响应每个事件的接收方：按各次试验的中位数，增加 30 到 50 ms 视为约 40 ms，不到 5 ms 视为没有增加。若两者都约为 40 ms，则成立；若两者都没有增加，则不成立；若一个约为 40 ms 而另一个没有增加，则取决于接收方是否响应；其他情况无法定论，试验少于 3 次时也是如此。',
  'Median delay of an event’s second write with Nagle’s algorithm, less that with TCP_NODELAY, of the same trial':
    '同一次试验中，事件的第二次写入在使用 Nagle 算法时的延迟中位数，减去使用 TCP_NODELAY 时的延迟中位数',
  'RFC 896 (1984); RFC 1122 (1989), section 4.2.3.2; Cheshire, TCP Performance problems caused by interaction between Nagle’s Algorithm and Delayed ACK (2005)':
    'RFC 896（1984）；RFC 1122（1989）第 4.2.3.2 节；Cheshire，《TCP Performance problems caused by interaction between Nagle’s Algorithm and Delayed ACK》（2005）',
  'Techniques cut off': '被切断的技术数',
  'Events lost with a cursor': '有游标时丢失的事件数',
  'Events received twice or out of order with a cursor': '有游标时重复或乱序收到的事件数',
  'Events lost without a cursor': '没有游标时丢失的事件数',
  'Events lost with a cursor and too short a history': '有游标但历史太短时丢失的事件数',
  'Of these, events that the subscriber was told of': '其中已告知订阅者的事件数',
  'a break without a cursor lost nothing, or was not tried': '没有游标时断线也没有丢失事件，或没有试过',
  'It is so of no technique: over {0} breaks of {1} techniques {2} events were lost with a cursor, {3} without; harmed were {4}.':
    '没有一种技术如此：{1} 种技术共断线 {0} 次，有游标时丢失了 {2} 个事件，没有游标时丢失了 {3} 个；受损的有：{4}。',
  'It depends on the technique: over {0} breaks of {1} techniques {2} events were lost with a cursor, {3} without; harmed were {4}.':
    '取决于技术：{1} 种技术共断线 {0} 次，有游标时丢失了 {2} 个事件，没有游标时丢失了 {3} 个；受损的有：{4}。',
  'Over {0} breaks of {1} techniques {2} events were lost with a cursor, {3} without.':
    '{1} 种技术共断线 {0} 次，有游标时丢失了 {2} 个事件，没有游标时丢失了 {3} 个。',
  'Where the server’s history was too short {0} were lost, and {1} of them told.':
    '服务器的历史太短时，丢失了 {0} 个，其中 {1} 个已告知订阅者。',
  'Nothing is lost by any technique as long as the server’s history reaches back; without a cursor all that came meanwhile is.':
    '只要服务器的历史足够长，任何技术都不会丢失事件；没有游标时，会丢失断线期间到来的所有事件。',
  'With a history that holds all that was missed: held where no technique that comes back with its cursor loses, repeats or reorders an event; did not hold where every one does; depends on the technique where some do, named. Inconclusive where coming back without a cursor loses nothing either: then the cuts cost nothing.':
    '在历史保存了全部错过事件的情况下：若没有一种带游标重连的技术丢失、重复或打乱事件，则成立；若每种技术都会，则不成立；若只有一些会（予以给出），则取决于技术。若不带游标重连也不丢失任何事件，则无法定论：说明断线没有造成影响。',
  'Events lost, received twice or out of order by a subscriber that is cut off 5 times while the feed goes on':
    '事件源持续发布期间，被切断 5 次的订阅者丢失、重复或乱序收到的事件数',
  'Lecture notes on push techniques; HTML Living Standard, section 9.2.3, on the last event ID':
    '服务器推送技术讲义；HTML Living Standard 第 9.2.3 节，关于最后一个事件的 ID',

  // Memory
  "the server's and the kernel's memory, after a burst": '服务器和内核的内存，突发之后',
  "the server's resident memory, idle": '服务器的常驻内存，空闲时',
  "the kernel's memory for the server's end, idle": '内核为服务器一端使用的内存，空闲时',
  'One more held connection, {0}: {1}': '每多保持一条连接，{0}：{1}',
  'A slope needs 3 numbers of connections: there are fewer of {0}.':
    '求斜率需要 3 种连接数，以下技术不足：{0}。',
  'A slope needs 3 numbers of connections: there are fewer.': '求斜率需要 3 种连接数，这里不足。',
  'The interval lies on both sides of {0}: {1}.': '区间跨在 {0} 的两侧：{1}。',
  'at most {0} with {1}': '不超过 {0} 的有：{1}',
  'more than {0} with {1}': '超过 {0} 的有：{1}',
  'A held connection takes {0}.': '每条保持着的连接占用的内存，{0}。',
  "The kernel's part could not be read here.": '这里无法读取内核的部分。',
  'Below 40 kB for all: 5 to 30 kB in the process by technique, and about 4 kB of the kernel for a socket and its file.':
    '所有技术都低于 40 kB：进程内按技术不同为 5 到 30 kB，内核为套接字及其文件再用约 4 kB。',
  'The whole 95 % interval at most 40,000 bytes for every technique held; above for every one did not hold; on one side for some and on the other for others depends; inconclusive where an interval lies on both, or there are fewer than 3 numbers of connections. The floor, bare TCP, stands beside them and does not decide.':
    '若每种技术的整个 95 % 区间都不超过 40,000 字节，则成立；若每种技术都超过，则不成立；若有些在一侧、有些在另一侧，则视情况而定；若某个区间跨在两侧，或连接数少于 3 种，则无法定论。作为基线的裸 TCP 一并列出，不参与判定。',
  "Slope over the number of held connections, after a burst, of the server's resident memory and half of the kernel's growth (both ends are on one machine), in bytes a connection":
    '突发之后，服务器的常驻内存加上内核增长的一半（连接两端在同一台机器上），对所保持的连接数的斜率，单位为每条连接的字节数',
  'Lecture notes on push techniques, which disagree; what is little: 10 to 40 kB a connection with WhatsApp (2012), Phoenix (2015) and Centrifugo (2020)':
    '服务器推送技术讲义，各家说法不一；何谓“很小”：WhatsApp（2012）、Phoenix（2015）和 Centrifugo（2020）每条连接为 10 到 40 kB',
  'A slope needs 3 numbers of connections.': '求斜率需要 3 种连接数。',
  'A connection takes {0} before its first compressed message and {1} after it, {2} more than one without compression.':
    '一条连接在第一条压缩消息之前占用 {0}，之后占用 {1}，比不压缩的连接多 {2}。',
  'What compression adds to one connection after the first message':
    '第一条消息之后，压缩给一条连接增加的内存',
  'One more connection without compression, before the first message': '每多一条不压缩的连接，第一条消息之前',
  'One more connection without compression, after the first message': '每多一条不压缩的连接，第一条消息之后',
  'One more connection with compression, before the first message': '每多一条压缩的连接，第一条消息之前',
  'One more connection with compression, after the first message': '每多一条压缩的连接，第一条消息之后',
  "Nothing before the first compressed message; after it zlib's window and tables, 262 kB, are added.":
    '第一条压缩消息之前没有额外开销；之后增加 zlib 的滑动窗口和各种表，共 262 kB。',
  'The whole interval of the difference above 100,000 bytes held; at most that did not hold; on both sides inconclusive, as are fewer than 3 numbers of connections.':
    '若差值的整个区间都高于 100,000 字节，则成立；若都不高于，则不成立；若跨在两侧，或连接数少于 3 种，则无法定论。',
  "Slope over the number of connections, after the first message, of the server's resident memory, with compression minus without, in bytes a connection":
    '第一条消息之后，服务器的常驻内存对连接数的斜率，压缩时减去不压缩时，单位为每条连接的字节数',
  'README of ws 8 ("a significant overhead in terms of performance and memory consumption"); zconf.h of zlib, which has the formula':
    'ws 8 的 README（“a significant overhead in terms of performance and memory consumption”）；zlib 的 zconf.h，其中有计算公式',

  // Method
  'No server was made to stand still.': '没有让服务器停顿。',
  'p99 from when events were due, {0}': '从事件应发时刻算起的 p99，{0}',
  "p99 from when events were published, in place of a closed loop's, {0}":
    '从事件发布时刻算起的 p99（代替闭环测量），{0}',
  '{0} {1} against {2}': '{0}：{1} 对 {2}',
  'The server stood still for {0}: p99 from when events were due against from when they were published, {1}. The second stands in for a closed loop, which was not run.':
    '服务器停顿了 {0}：从事件应发时刻算起的 p99 与从发布时刻算起的 p99 相比，{1}。后者代替没有运行的闭环测量。',
  'Events that were due during a stall are up to as late as it was long, and are more than one in a hundred. A meter whose clock starts when an event is published starts it after the stall, for the server published nothing meanwhile: to it they are not late. A closed loop, which sends nothing until it is answered, has no samples of them at all.':
    '停顿期间应发的事件，最多会迟到与停顿一样长的时间，而且超过总数的百分之一。若在事件发布时才开始计时，则要到停顿之后才开始，因为服务器在此期间什么也没有发布：在它看来，这些事件并未迟到。闭环测量在得到响应之前不再发送，根本没有这些事件的样本。',
  'The p99 from publication stands in for that of a closed loop. That would also have a late sample of the one request that the stall caught. Held where two things are so with both techniques, in every trial: the open-loop p99 is at least 0.9 of the stall, the p99 from publication at most 0.2 of it. Did not hold where the p99 from publication is at least 0.9 of it in every trial with a technique: it saw the stall, too. Inconclusive in between and where the open-loop p99 does not show the stall. So it is where one of the techniques is missing, or where the gate voids a p99.':
    '从发布时刻算起的 p99 代替闭环测量的 p99；闭环测量还会有一个迟到的样本，即恰好遇上停顿的那个请求。若两种技术在每次试验中，开环的 p99 都不低于停顿时长的 0.9，而从发布时刻算起的 p99 不高于其 0.2，则成立。若某种技术在每次试验中，从发布时刻算起的 p99 都不低于其 0.9，则不成立：它也看到了停顿。若开环的 p99 没有显示出停顿，或介于两者之间，或缺少其中一种技术，或可信度检查判定某个 p99 无效，则无法定论。',
  "p99 of the delay of the same events from when they were due (open loop), and from when they were published. No closed-loop client was run. The second is what a meter reports that starts when the event is published. So does a closed loop's clock, which waits for the stalled server.":
    '同样的事件，从应发时刻（开环）和从发布时刻算起的延迟的 p99。没有运行闭环客户端。后者是在事件发布时才开始计时所得的结果，闭环测量也是这样计时，因为它会等待停顿的服务器。',
  'Tene, How NOT to Measure Latency (2013)': 'Tene，《How NOT to Measure Latency》（2013）',
  '{0}: {1} ({2}, {3})': '{0}：{1}（{2}，{3}）',
  'A fact and not a measurement. {0}.': '这是事实，而非测量结果。{0}。',
  'All four work in every browser of today; what is left of the order is history.':
    '这四种技术在如今的每个浏览器中都能使用；这一次序只剩下历史意义。',
  'Never judged by a run: which browsers can do what is a fact of the past, not of this machine.':
    '从不由运行来判定：哪些浏览器支持什么，是历史事实，与这台机器无关。',
  'None: what the registry of techniques states, with its sources and dates.':
    '无：取自技术注册表中的记载，附有出处和日期。',

  // The claims themselves, in their order.
  'Short polling sends mostly useless requests when updates are rare.':
    '数据更新不频繁时，短轮询的大部分请求都是无用的。',
  "A short poll's delay is bounded by its interval, and half of it on average.":
    '短轮询的延迟不超过轮询间隔，平均为间隔的一半。',
  'Short polling cannot have low delay and a low load of the server at once.':
    '短轮询无法同时做到低延迟和低服务器负载。',
  'setTimeout in the answer’s handler keeps polls in order; setInterval does not.':
    '在回调中用 setTimeout 轮询能保证顺序，用 setInterval 则不能。',
  'Each poll sets up a new connection.': '每次轮询都要重新建立一次连接。',
  'Long polling answers as soon as there is data, so it is real time.':
    '长轮询一有数据就立即响应，因此是实时的。',
  'Long polling closes its connection after each answer and builds up a new one.':
    '长轮询每次返回数据后都会关闭连接，再重新建立连接。',
  'Long polling needs far fewer requests than short polling.': '长轮询的请求次数远少于短轮询。',
  'Long polling wastes bandwidth, for it holds connections open.': '长轮询一直占用连接，浪费带宽。',
  'Long polling is as fast as WebSocket only while the delay of the network is less than half the time between two events.':
    '只有当网络延迟小于数据间隔的一半时，长轮询才与 WebSocket 一样快。',
  'An iframe stream pushes continuously, into a page that never finishes loading and only grows.':
    'iframe 流可以持续推送数据，但页面永远处于加载状态，并随着每条消息不断增大。',
  'An iframe stream needs 1 to 4 kB of padding before a browser shows anything of it.':
    'iframe 流必须先发送 1～4 kB 的填充数据，浏览器才会开始处理收到的内容。',
  'Server-Sent Events need no further requests: one connection carries any number of messages.':
    'SSE 只需一次请求：连接建立之后，客户端不必再发请求，一条连接即可传送任意多条消息。',
  'EventSource follows the redirects 301 and 307.':
    'EventSource 会跟随 301 和 307 重定向，自动连接到新的地址。',
  'The status 204 No Content stops EventSource from reconnecting.':
    '服务器返回 204 No Content 时，EventSource 不再重连。',
  'A Server-Sent Events connection that breaks is opened again by the browser.':
    'SSE 连接断开后，浏览器会自动重新连接。',
  'Over HTTP/1.1 a browser opens six EventSources to an origin, and the page’s other requests to it hang; over HTTP/2 there is no such limit.':
    '使用 HTTP/1.1 时，浏览器对同一个源最多打开六个 EventSource，页面对该源的其他请求都会被阻塞；HTTP/2 没有这个限制。',
  'After the handshake WebSocket carries no headers with its messages.':
    '握手之后，WebSocket 收发消息不再携带 HTTP 头部。',
  'WebSocket lowers the load of the server, compared with HTTP.':
    '与 HTTP 相比，WebSocket 能降低服务器的负载。',
  'Performance: WebSocket > Server-Sent Events > long polling > short polling.':
    '性能：WebSocket > SSE > 长轮询 > 短轮询。',
  'WebSocket beats Server-Sent Events in delay by a wide margin.': 'WebSocket 的延迟远低于 SSE。',
  'WebSocket suits binary data better.': 'WebSocket 更适合传输二进制数据。',
  'Polling costs 435 times the bandwidth of WebSocket.': '轮询消耗的带宽是 WebSocket 的 435 倍。',
  'The headers that HTTP repeats dominate small messages.':
    'HTTP 每次都要携带重复的头部，消息很小时，头部占去了大部分流量。',
  'Polling freezes the page.': '轮询会使页面卡顿、失去响应。',
  'WebSocket is not restricted by the same-origin policy: a page may connect to any server.':
    'WebSocket 不受同源策略限制，页面可以与任意服务器通信。',
  'Socket.IO is a WebSocket library.': 'Socket.IO 是一个 WebSocket 库。',
  'Socket.IO picks the best transport.': 'Socket.IO 会自动选择最佳的传输方式。',
  'Sec-WebSocket-Key protects a server against malicious connections.':
    'Sec-WebSocket-Key 可以防止恶意连接，保障通信安全。',
  'Once upgraded, a WebSocket’s TCP connection does not break.':
    '握手升级之后，WebSocket 的 TCP 连接会一直保持，不会断开。',
  'WebSocket multiplexes: several flows of messages share one connection without getting in each other’s way.':
    'WebSocket 支持多路复用：多个消息流共用一条连接而互不阻塞。',
  'WebSocket works through proxies, since it uses ports 80 and 443.':
    'WebSocket 使用 80 和 443 端口，因此可以穿越代理服务器。',
  'TCP packets may arrive out of order, and WebSocket repairs that.':
    'TCP 包最大 1500 字节，可能乱序到达，由 WebSocket 重新排序。',
  'XMLSocket cannot cross HTTP proxies.': 'XMLSocket 无法穿过 HTTP 代理（防火墙）。',
  'A proxy that buffers holds streams back.': '带缓冲的代理会扣住流式数据，使推送延迟。',
  'Nagle’s algorithm and delayed acknowledgements together add about 40 ms.':
    'Nagle 算法与延迟确认（Delayed ACK）叠加，会带来约 40 ms 的延迟。',
  'With Last-Event-ID, or a cursor, a dropped connection loses nothing.':
    '借助 Last-Event-ID（或游标），断线重连不会丢失消息。',
  'Holding a connection open costs the server little memory (other notes: it wastes resources).':
    '保持连接不断开，对服务器的内存开销很小（也有笔记认为：挂起的连接会白白占用服务器资源）。',
  'WebSocket compression (permessage-deflate) costs the server hundreds of kB for each connection.':
    'WebSocket 开启压缩（permessage-deflate）后，服务器的每个连接要多占几百 kB 内存。',
  'Measuring in a closed loop, which waits for the server, hides the times at which it stands still.':
    '闭环测量会等待服务器，因而掩盖其停顿期间的延迟（协同遗漏）。',
  'Compatibility: short polling > long polling > Server-Sent Events > WebSocket.':
    '兼容性：短轮询 > 长轮询 > SSE > WebSocket。',
}
