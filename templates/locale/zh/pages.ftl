# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = 互联网中断
site-feed-corrections = 更正与撤回
site-skip = 跳至正文
site-navigation = 网站
site-languages = 语言
site-places = 地点
site-archive = 存档
site-digest = 摘要
site-corrections = 更正
site-status = 来源状态
site-methodology = 方法
site-about = 关于
site-feeds = 订阅源
site-unpublished = 仅供运营者查看：本页显示的是尚未发布的事件。请勿转发。
site-unreviewed = 本译文由机器生成，未经任何人审阅。一切以原文页面为准：{ $language }。
site-reconstruction = 情景还原：这些页面上的所有内容均依据已公布的事实还原，并非实测。
site-replayed = 重放或演练：这些页面不显示当前发生的情况。
site-scorecard = 我们的报告有多少是正确的
site-contact = 更正与问题：{ $contact }。
site-no-contact = 未设置联系地址

## The first paragraph

lead-retracted = 这份有关{ $within }中断的报告已撤回。
lead-usual = 截至{ $as_of }，低水平已成为惯常水平，因此这可能是一种持久的变化，而不是中断。
lead-suspected = 仅一个来源（{ $source_one }）显示{ $within }网络连接下降，尚未获其他来源证实。
lead-suspected-eased = 仅一个来源（{ $source_one }）曾显示{ $within }网络连接下降，现已有所减轻；尚未获其他来源证实。
lead-restored-alone = 仅一个来源（{ $source_one }）曾显示{ $within }网络连接下降，始终未获其他来源证实；截至{ $as_of }，该来源已回到正常范围。
lead-drop-began = { drop-began }
lead-drop-began-ended = 下降始于{ $onset }。结束于{ $ended }。
lead-restored = 截至{ $as_of }，{ $within }网络连接已回到正常范围。
lead-worst-began = 中断达到顶峰时，{ $a_noun }。中断始于{ $onset }。
lead-worst-began-ended = 中断达到顶峰时，{ $a_noun }。中断始于{ $onset }。结束于{ $ended }。
lead-confirmed = { $families ->
    [one] { $within }{ $a_noun }，已由相互独立的测量确认，其中目前仍显示下降的是：{ $sources }。
    [two] { $within }{ $a_noun }，已由两项相互独立的测量确认：{ $sources }。
    [three] { $within }{ $a_noun }，已由三项相互独立的测量确认：{ $sources }。
    [four] { $within }{ $a_noun }，已由四项相互独立的测量确认：{ $sources }。
    [five] { $within }{ $a_noun }，已由五项相互独立的测量确认：{ $sources }。
   *[other] { $within }{ $a_noun }，已由相互独立的测量确认：{ $sources }。
}
lead-confirmed-partly = { $families ->
    [one] { $within }网络连接部分恢复；此前{ $a_noun }，已由相互独立的测量确认，其中目前仍显示下降的是：{ $sources }。
    [two] { $within }网络连接部分恢复；此前{ $a_noun }，已由两项相互独立的测量确认：{ $sources }。
    [three] { $within }网络连接部分恢复；此前{ $a_noun }，已由三项相互独立的测量确认：{ $sources }。
    [four] { $within }网络连接部分恢复；此前{ $a_noun }，已由四项相互独立的测量确认：{ $sources }。
    [five] { $within }网络连接部分恢复；此前{ $a_noun }，已由五项相互独立的测量确认：{ $sources }。
   *[other] { $within }网络连接部分恢复；此前{ $a_noun }，已由相互独立的测量确认：{ $sources }。
}
lead-facts-confirm = { $within }{ $a_noun }，已由公布的事实确认。
lead-facts-confirm-partly = { $within }网络连接部分恢复；此前{ $a_noun }，已由公布的事实确认。
lead-corrected = 更正：{ $statement }
lead-wrong-lowest = 更正：自{ $wrong_at }起，我们给出的最低水平为正常水平的{ $wrong_lowest }；按修订后的读数，最低为{ $lowest }。
lead-wrong-onset = 更正：自{ $wrong_at }起，我们称始于{ $wrong_onset }；修订后的读数显示并非如此。
lead-wrong-onset-too = 我们称始于{ $wrong_onset }；修订后的读数显示并非如此。

## The page of an incident: its top

incident-pair = { $name }：{ $value }
incident-dated = { $what }，{ $time }
incident-earlier = 更早：{ $n }
incident-more = 更多：{ $n }
incident-csv = 数据（CSV）
incident-drill = 演练。本页所述情况目前均未发生。
incident-reconstruction = 情景还原：本页上的所有内容均依据已公布的事实还原，并非实测。
incident-silent = 自{ $time }起无读数
incident-as-of = 数据截至{ $time }
incident-reported-once = 事件 { $incident }，发布者：{ $publisher }。首次报告：{ $first }。
incident-reported-often = 事件 { $incident }，发布者：{ $publisher }。首次报告：{ $first }；最近一次：{ $last }。
incident-numbers = 数字一览

## What was said

incident-posts = 报告内容，由新到旧
incident-check-picture = 核对此图片
incident-text-in = 语言：{ $language }
incident-text-shorter = 较短的文本
incident-posted = 发布渠道：{ $where }。
incident-not-posted = 尚未发布。
incident-step-csv = 此步骤的数据（CSV）
incident-folded-updates = { $n ->
    [1] 1次每日更新：{ $first }
   *[other] { $n }次每日更新：{ $first }至{ $last }
}
incident-folded-steps = { $n ->
    [1] 1个较早的步骤：{ $first }
   *[other] { $n }个较早的步骤：{ $first }至{ $last }
}
incident-folded-mixed = { $updates ->
    [1] { $n }个较早的步骤，其中1个为每日更新：{ $first }至{ $last }
   *[other] { $n }个较早的步骤，其中{ $updates }个为每日更新：{ $first }至{ $last }
}

## The chart and its table

incident-chart = 最新图表
incident-table = 以表格显示此图表的数据
incident-table-note = { $hours ->
    [1] 相当于正常水平的百分比。每行是截至所列时间的1小时内的最后一次读数；{ $readings }。
   *[other] 相当于正常水平的百分比。每行是截至所列时间的{ $hours }小时内的最后一次读数；{ $readings }。
}
incident-table-csv = 全部读数（CSV）
incident-table-label = 最新图表的数据
incident-table-until = 截至 { $utc }
incident-table-none = 无读数
incident-charts = 同样数据的其他图表

## The timeline

incident-timeline = 时间线，由新到旧
incident-timeline-note = “报告”是在此发布过的内容。“测量”是读数所显示的情况。“背景”是由人记录在案并注明来源的内容，并非实测。
incident-kind-event = 报告
incident-kind-measurement = 测量
incident-kind-context = 背景

## What is happening, and what it means

incident-happening = { $within }正在发生什么？
incident-causes = 关于原因的说法
incident-cause-recorded = （{ $source }；记录在案的时间：{ $time }）
incident-cause-archived = （{ $source }、{ $copy }；记录在案的时间：{ $time }）
incident-cause-source = 来源
incident-cause-copy = 存档副本
incident-meaning = 此类中断意味着什么
incident-class = 类别是如何划定的
incident-class-note = 类别只说明数据中的模式看起来像什么，所依据的规则对所有国家都相同；类别并不说明是谁所为，也不说明为什么。
incident-class-step = 截至{ $time }：{ $name }（{ $rule }；规则版本：{ $version }）。

## Who is cut off

impact-heading = 哪些人断网
impact-caption = 截至最新步骤，所监测的网络
impact-column-kind = 类型
impact-column-watched = 监测
impact-column-down = 下降
impact-column-unknown = 不明
impact-column-level = 下降网络的水平中位数
impact-level = 正常水平的{ $level }
impact-level-unknown = 不明
impact-none-down = 没有下降的网络
impact-none-watched = 所监测的网络中，没有已知属于此类型的
impact-note = 不明并不等于正常：没有读数的网络既不计为下降，也不计为正常。其他类型的网络，或类型不为我们所知的网络，不在此表之内。
impact-no-networks = 此处所监测的网络中，没有已知属于移动、固定或托管类型的。
affected-regions = 出现下降的地区
affected-networks = 出现下降的网络
affected-column-name = 名称
affected-column-signal = 测量方式
affected-column-level = 最近一步时相对正常水平
affected-column-lowest = 最低
impact-kinds-mobile = 移动
impact-kinds-fixed = 固定线路
impact-kinds-hosting = 托管
impact-by-place = { $family }
impact-by-users = 移动和固定网络的{ $family }
impact-by-services = 托管网络的{ $family }
impact-users-ordinary = 当地用户上网：正常。就{ $by }所能显示的而言，当地人照常接入互联网。
impact-users-dropped = 当地用户上网：下降。{ $by }显示，当地接入互联网的人比平常少。
impact-users-unknown = 当地用户上网：不明。此处的测量都无法说明当地人目前是否能接入互联网。
impact-users-pending = 当地用户上网：尚不明。自开始以来，没有读数能说明当地人是否能接入互联网。
impact-services-ordinary = 外界访问当地服务：正常。就{ $by }所能显示的而言，外界可以访问托管在当地的内容。
impact-services-dropped = 外界访问当地服务：下降。{ $by }显示，托管在当地的内容中，外界可以访问的部分减少。
impact-services-unknown = 外界访问当地服务：不明。此处的测量都无法说明外界目前是否能访问托管在当地的内容。
impact-services-pending = 外界访问当地服务：尚不明。自开始以来，没有读数能说明外界是否能访问托管在当地的内容。

## What we cannot see

incident-observed = 我们看不到什么
incident-judged = 此处有测量，且在最新步骤有读数：{ $signals }。
incident-unjudged = 此处有测量，但没有可供判断的读数：{ $signals }。这计为不明，而非正常。
incident-unmeasured = 未对整个地点进行测量：{ $families }。
incident-apart = 读数间隔为{ $step }；比这更短的情况可能被漏掉。
incident-unnoticed = 降幅过小或时间过短的下降不会被发现：{ $methodology }。
incident-unnoticed-link = 每种信号中下降须达到的幅度和时长
incident-unseen = 连接变慢、网站或应用遭屏蔽，以及未受监测的网络或地区发生的中断，可能不会在这些测量中显示出来。
incident-smallest = 能够察觉的最小下降
incident-smallest-note = 就整个地区而言，依据现行规则及最近一步时读数的通常波动。更大的下降也可能被漏掉。
incident-smallest-alone = { $signal }：单独出现时，仅当低于正常 { $depth } 起才列为疑似；所需低读数：{ $n }（{ $span }）。
incident-smallest-not-alone = { $signal }：单独出现时从不列为疑似。
incident-smallest-joint = 与另一类信号同时出现时，仅当低于正常 { $depth } 起才计入；所需低读数：{ $n }（{ $span }）。
incident-smallest-range = { $least } 至 { $most }（视时段而定）
incident-smallest-some = { $least }（某些时段即使全部下降也不明显）
incident-smallest-never = { $signal }：任何下降都无法与通常波动区分。
incident-smallest-unknown = { $signal }：未知；没有保存通常波动。
incident-smallest-confirmed = 只有两类信号同时显示时，下降才会得到确认。
incident-smallest-shallow = 更小的下降仅当流量与另一类信号同时显示达 { $time } 时才计入。
incident-smallest-none = 此处能够察觉的最小下降未知。
incident-troubles = 异常或没有数据的来源
incident-checks = 检查过的其他解释
incident-checks-as-of = 截至最新步骤：
incident-passed = 没有任何发现的检查：{ $n }
incident-noted = { $result }——{ $note }

## The history of the place

incident-history = 历史记录
incident-previous-count = 此处记录的{ $within }较早事件：{ $n }。
incident-previous-more = 此处记录的{ $within }较早事件：超过{ $n }。
incident-previous-none = 此处没有记录。
incident-confirmed-all = 其中由两项相互独立的测量显示的事件：
incident-confirmed-newest = 在其中最近的事件里，由两项相互独立的测量显示的事件：
incident-by-kind = 按类型：{ $counts }
incident-by-season = 按开始时间：{ $counts }
incident-by-length = 按时长：{ $counts }
incident-reading = 延伸阅读与此前事件
incident-reading-previous = 延伸阅读：暂无。此前事件：
incident-reading-none = 延伸阅读：暂无。此前事件：此处没有记录。
incident-reading-cited = 延伸阅读（上文引用的来源）：
incident-reading-item = { $source }：{ $address }（{ $copy }）
incident-reading-unarchived = 网上没有存档
incident-reading-before = 此前：
incident-reading-before-none = 此前：本站没有记录。
incident-articles = 延伸阅读，由编辑选取；标题为媒体原文：
incident-article = { $what }（{ $details }）
incident-article-asked = 已请求存档副本，尚未确认
incident-article-failed = 未能制作存档副本
incident-article-withdrawn = 已从此列表撤下一个链接：{ $time }。所述原因：{ $reason }。
incident-newest-listed = 此处列出最近的事件。{ $archive }
incident-archive = 按月查看所有事件

## The method, and who we are

incident-method = 方法
incident-baseline = 100%的含义：{ $baseline }。水平是读数除以该值的结果。所适用的规则：{ $rule }。
incident-method-more = 关于方法的更多说明
incident-method-families = 缺失的读数显示为断开处，从不计为零。信号按所观察的对象归为若干类：主动探测、流量、路由、遥测、网络望远镜。要确认一次中断，需要同一时段内有两类相互独立的信号；只有一类时称为“疑似”。所确认的是中断本身，绝不是其原因。
incident-method-times = 时间均为区间：开始时间处于最后一次正常读数结束与第一次不正常读数结束之间。
incident-method-words = 用文字表述的数量都对应具体数字。相对于正常水平，丧失90%及以上称为“几乎全部丧失”，从50%起称为“大部分丧失”，从20%起称为“部分丧失”。剩余75%或以上时，中断称为“轻度受影响”；低于50%称为“严重中断”；低于20%称为“近乎全面中断”或“近乎全面断网”。时间前的“约”表示所知时间的误差在15分钟以内；如果只知道是一天中某一时段内的3小时或更长时间，则写出该时段的名称：按当地时间，上午从5时起，下午从12时起，晚上从18时起。
incident-independence = 独立性
incident-independence-text = Outagewire监测网络连接指标，报告中断情况，并附上每个数字所依据的数据。同样的规则、阈值和用语适用于每个国家和每个网络。文字和图表由软件根据这些数据生成；如经人批准或编辑，这也会成为记录的一部分。
incident-feeds = 关注此地：{ $place }。更正与撤回：{ $corrections }。
incident-corrections = 更正与联系方式
incident-correction = { $label }，{ $time }：{ $facts }
incident-uncorrected = 本页没有任何更正。
incident-contact = 媒体垂询、更正与问题，包括来自网络运营者或此处提及者的：{ $contact }。

## Sources, and other forms of the page

incident-licences = 来源、许可与引用方式
incident-source = { $signal }：{ $credit }。{ $licence }。
incident-cite-as = 使用本页的图表、数字或文件时，请一律注明这些来源。引用格式：
incident-cite = { $publisher }，“{ $title }”，事件 { $incident }，步骤 { $step }，{ $time }，{ $address }
incident-formats = 本页的其他形式：{ $text }、{ $data }；可嵌入的形式：{ $following }，或{ $frozen }。
incident-format-text = 纯文本
incident-format-data = 数据
incident-format-following = 随最新步骤更新
incident-format-frozen = 保持目前的样子
incident-as-text = 本页的纯文本
incident-as-data = 本页事实的数据形式
incident-evidence = { $evidence }：所发布的内容，以及得出这些内容的读数、规则和参数。其中的README.txt文件说明如何核对。
incident-evidence-link = 本页的证据（ZIP）
incident-text-drill = 演练。本文所述情况目前均未发生。
incident-text-reconstruction = 情景还原：本文中的所有内容均依据已公布的事实还原，并非实测。
incident-text-id = 事件 { $incident }
incident-text-cause = { $cause }记录在案的时间：{ $time }。

## The version history

incident-versions = 版本历史
incident-versions-note = 每个步骤都会产生本页第一段的一个新版本。与前一步骤相比，{ $added }，{ $removed }。
incident-versions-added = 新增的文字加下划线
incident-versions-removed = 删去的文字加删除线
incident-versions-earlier = 较早的版本：{ $n }
incident-version = { $step }，{ $time }。水平：{ $level }。开始：{ $onset }。步骤依据：{ $reason }。
incident-version-step = 步骤 { $step }，{ $label }
incident-version-level = 不明

## What 100 percent is

methods_long-weekly = 此前四周中每周同一小时读数的中位数
methods_long-daily = 此前各日同一小时读数的中位数（记录不足四周时）
methods_long-flat = 此前数日读数的中位数（历史记录很少时）
methods_long-kept = 开始前一周的水平（因为已持续数周，所以保留不变）：取中位数，对随昼夜变化的信号则取每周同一小时的值
methods_long-none = 未设定（历史记录太少）
methods_long-unknown = 按此前可比时段的读数所预期的水平

## What a disruption of this class means for people

meaning-operator = 此类中断在网络层影响所列网络的用户。其他网络上的人可能感觉不大。翻墙软件和VPN需要有可用的底层连接，可能帮不上忙。
meaning-mobile = 此类中断在网络层影响移动数据。固定线路可能继续可用。在连接本身已经丧失的地方，翻墙软件和VPN不太可能有用；在连接只是变慢或被过滤的地方，则或许有用。
meaning-regional = 此类中断在网络层影响该国部分地区的网络连接。翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用。
meaning-place = 此类中断在网络层影响网络连接。翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用。
meaning-national = 此类中断在网络层影响该国大部分地区的网络连接。翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用。托管在该国的网站和服务，从国外也可能无法访问。

## Classes by the pattern in the data

classes-national-blackout-name = 全国范围断网
classes-national-blackout-meaning = 此类中断使一国大部分地区在网络层失去连接。需要互联网的通话、消息、支付和服务很可能同时失灵。翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用；不经过受影响网络的线路，例如境外漫游或卫星，则或许有用。托管在该国的网站和服务，从国外也可能无法访问。
classes-mobile-name = 移动网络
classes-mobile-meaning = 此类中断在网络层影响移动数据，而固定线路正常。只靠手机上网的人，大多数可能断网；固定线路及其Wi-Fi可能继续可用。在连接本身已经丧失的地方，翻墙软件和VPN不太可能有用；在连接只是变慢或被过滤的地方，则或许有用。
classes-regional-name = 局部地区
classes-regional-meaning = 此类中断在网络层影响一国部分地区的网络连接，而其他地区正常。全国性的数字可能几乎显示不出来。翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用。
classes-operator-name = 部分网络
classes-operator-meaning = 此类中断在网络层影响所列网络的用户。其他网络上的人可能感觉不大；在可以使用其他网络的地方，其他网络很可能可用。翻墙软件和VPN需要有可用的底层连接，可能帮不上忙。
classes-partial-restriction-name = 停留在部分水平
classes-partial-restriction-meaning = 在此类中断中，网络连接一部分保留、一部分丧失，并在某一水平上停留数小时。这可能意味着有些网络或地区断网而其他没有断，也可能意味着连接变慢，或者容量丧失。在仍有连接的地方，翻墙软件和VPN可能可用，但无法弥补容量不足；在没有连接的地方，则不太可能有用。
classes-routing-only-name = 仅路由
classes-routing-only-meaning = 在此类中断中，一些路由从全球路由表中消失，而主动探测或流量正常。人们可能感觉不大，或者只是发现某些服务变慢或无法访问。这往往是网络宣告其地址的方式有了变化。只要连接可用，翻墙软件和VPN不太可能受影响。
classes-power-like-name = 逐渐下降，类似断电
classes-power-like-meaning = 在此类中断中，网络连接不是一下子停止，而是在一小时或更长时间内逐渐减弱，发生在某一地区，或呈现每日重复的波动。设备电力耗尽时会出现类似的模式，其他事件中也会出现。连接可能时有时无。在没有底层连接的地方，翻墙软件和VPN没有用。
classes-cable-like-name = 多国同时
classes-cable-like-meaning = 此类中断大约同时在多个国家开始。多国共用的线路出故障时会出现类似的模式，其他事件中也会出现。国际服务可能变慢或无法访问，而一国境内的服务继续可用。翻墙软件和VPN通常需要国际连接，无法替代丧失的容量。
classes-exam-like-name = 数日同一时段
classes-exam-like-meaning = 此类中断在数日的同一钟点再次出现，每次都在半天之内结束。全国性考试期间会出现类似的模式，计划中的施工期间也会出现。在中断期间，翻墙软件和VPN需要有可用的底层连接，在没有连接的地方不太可能有用。中断可能在之后某日的同一钟点再次出现。
classes-measurement-artefact-name = 可能是测量本身
classes-measurement-artefact-meaning = 从模式来看，发生变化的可能是测量，而不是网络：人们的网络连接可能正常。关于翻墙软件和VPN，由此得不出任何结论。
classes-unknown-name = 无类别
classes-unknown-meaning = 这一模式不符合任何类别。

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who }表示：{ $statement }。
causes-A2 = 这一模式与以下说法相符：{ $statement }；主要的其他解释：{ $alternative }。报告者：{ $who }。
causes-A3 = 中断由{ $who }下令（文件：{ $statement }）。
causes-withdrawn = 此处曾显示{ $who }有关原因的说法，已于{ $time }撤下：{ $reason }。

## Titles of pages

page-title = { $place }：{ $noun }，{ $date }
page-title_suspected = { $place }：仅一个来源显示的下降，{ $date }
page-drop = 仅一个来源显示的下降
page-title_retracted = { $place }：报告已撤回，{ $date }

## Facts in numbers

facts-state = 状态
facts-place = 地点
facts-level = 最新步骤的水平
facts-last_level = 最后一次读数的水平
facts-lowest = 迄今最低
facts-lowest_of_all = 最低
facts-onset = 开始
facts-ended = 结束
facts-duration = 历时
facts-lasting = 迄今已持续
facts-networks = 网络
facts-regions = 地区
facts-down = 下降的信号
facts-slightly_down = 略低于正常水平的信号
facts-ordinary = 处于正常水平的信号
facts-usual_variation = 变化太小或太短、不足以计入的信号
facts-silent = 没有当前读数的信号
facts-last_reading = { $name }：自{ $time }起无读数
facts-last_judged = { $name }：自{ $time }起没有可供判断的读数
facts-no_reading = 自{ $as_of }起无{ $name }读数
facts-cuts = 共{ $n }次，累计{ $length }
facts-of_ordinary = 正常水平的{ $level }，{ $as_of }

## The timeline

timeline-part = { $part }，{ $signal }
timeline-fell = { $name }下降
timeline-returned = { $name }回到正常水平
timeline-stated = { $who }有关原因的说法记录在案
timeline-withdrawn = { $who }有关原因的说法被撤下

## How earlier incidents are counted

history-quarter1 = 1月至3月
history-quarter2 = 4月至6月
history-quarter3 = 7月至9月
history-quarter4 = 10月至12月
history-hours = 不到一天
history-days = 一至七天
history-weeks = 一周或更长
history-between = 时长不够明确
history-unended = 结束时间不明

## What befell a source

faults-ill-past = { $name }在{ $since }至{ $until }不可信：{ $why }。该来源未被采用：有故障的来源绝不用于开启或结束事件。
faults-ill-lasting = { $name }自{ $since }起不可信：{ $why }。该来源不被采用：有故障的来源绝不用于开启或结束事件。
faults-ill-once = { $name }在{ $since }不可信：{ $why }。该来源未被采用：有故障的来源绝不用于开启或结束事件。
faults-unanswered-past = { $name }：{ $since }至{ $until }，向{ $source }发出的请求没有得到可用的答复。没有数据绝不会使事件开启或结束。
faults-unanswered-lasting = { $name }：自{ $since }起，向{ $source }发出的请求一直没有得到可用的答复。没有数据绝不会使事件开启或结束。
faults-unanswered-once = { $name }：{ $since }，向{ $source }发出的一次请求没有得到可用的答复。没有数据绝不会使事件开启或结束。
faults-silent-past = { $name }在{ $since }至{ $until }没有数据。没有数据绝不会使事件开启或结束。
faults-silent-lasting = { $name }自{ $since }的读数之后一直没有数据。没有数据绝不会使事件开启或结束。
faults-silent-once = { $name }在{ $since }没有数据。没有数据绝不会使事件开启或结束。
faults-mute-past = 在{ $at }的步骤中，{ $name }没有{ $since }之后可供判断的读数。这计为不明，而非正常。
faults-mute-past_undated = 在{ $at }的步骤中，{ $name }没有可供判断的读数。这计为不明，而非正常。
faults-mute-lasting = 截至{ $at }的步骤，{ $name }没有{ $since }之后可供判断的读数。这计为不明，而非正常。
faults-mute-lasting_undated = 截至{ $at }的步骤，{ $name }没有可供判断的读数。这计为不明，而非正常。
faults-doubted-past = { $name }在{ $since }的步骤中未通过可靠性检查，在{ $until }的步骤中不再如此。该来源未被采用。
faults-doubted-lasting = { $name }在{ $since }的步骤中未通过可靠性检查。该来源未被采用。
illnesses-many-unrelated-places-fell-at-once = 所监测的许多地点同时下降
illnesses-the-median-of-all-places-is-low = 大多数地点同时读数偏低
illnesses-many-places-repeat-the-same-reading = 许多地点重复同一读数
illnesses-many-places-were-told-otherwise-afterwards = 其先前关于许多地点的数据，事后又有了不同的说法
illnesses-other = 其读数自相矛盾

## Other explanations that were checked

answers-of = { $result }（{ $signal }）
checks-source-health-passed = 来源的可靠性：其对其他地点的读数一如往常
checks-source-health-failed = 来源可能有故障：其他地点的读数也曾偏低、停滞不动或被改写
checks-source-health-unanswered = 来源的可靠性：无法检查
checks-source-rise-passed = 恢复正常的各项，没有一项只是随所有其他地点一同上升
checks-source-rise-failed = 该来源在所有地点都读数偏高：其显示的恢复不予报告
checks-source-rise-unanswered = 不明：该来源是否在所有地点都读数偏高
checks-geolocation-passed = 没有其他地点增加了此地所减少的部分
checks-geolocation-failed = 另一地点增加了此地所减少的部分：其地址可能只是现在被标定在别处
checks-geolocation-unanswered = 不明：是否有另一地点增加了此地所减少的部分
checks-renumbering-passed = 没有关联网络接收了其地址
checks-renumbering-failed = 此网络下降时，一个关联网络上升：后者可能接收了其地址
checks-renumbering-unanswered = 不明：是否有关联网络接收了其地址
checks-routes-without-service-passed = 不只是路由的问题：服务受到影响
checks-routes-without-service-failed = 路由下降；主动探测或流量的下降太小、不足以计入，或完全没有下降
checks-routes-without-service-unanswered = 不明：是否不只是路由的问题
checks-people-without-network-passed = 不只是人们不在线：网络受到影响
checks-people-without-network-failed = 人们的使用下降；主动探测或路由的下降太小、不足以计入，或完全没有下降
checks-people-without-network-unanswered = 不明：是否不只是人们不在线
checks-shared-input-passed = 没有任何迹象显示只是地址对照表有了变化
checks-shared-input-failed = 共用同一地址对照表的信号一步下降，而人们的流量正常：该对照表可能有了变化
checks-shared-input-unanswered = 共用同一地址对照表的信号一步下降；人们的流量是否也下降，无法检查
checks-addresses-without-people-passed = 不只是地址的问题：人们的流量也下降
checks-addresses-without-people-failed = 地址有所减少；人们的流量正常
checks-addresses-without-people-unanswered = 不明：是否不只是地址的问题
checks-one-vantage-passed = 不止一个观测点看到这一情况
checks-one-vantage-failed = 只有主动探测从其自身的观测点看到这一情况
checks-one-vantage-unanswered = 不明：是否不止一个观测点看到这一情况
checks-level-shift-passed = 看起来不像是水平的持久变化
checks-level-shift-failed = 幅度小且已如此之久，可能是水平的持久变化，而不是中断
checks-level-shift-unanswered = 不明：是否为水平的持久变化
checks-expected-event-passed = 此时段没有预计的下降
checks-expected-event-failed = 此时段有预计的下降
checks-expected-event-unanswered = 不明：此时段是否有预计的下降
checks-partial-bin-passed = 显示这一情况的不只是最新的读数（最新的读数可能不完整）
checks-partial-bin-failed = 只有最新的读数显示这一情况，而它可能不完整
checks-partial-bin-unanswered = 不明：显示这一情况的是否不只是最新的读数
checks-season-passed = 过去数周中，没有其他日子在这些钟点读数同样低
checks-season-failed = 过去数周中，有其他日子（周末或假日）在这些钟点读数同样低
checks-season-unanswered = 不明：是否有其他日子在这些钟点读数同样低
checks-clock-change-passed = 不只是时钟被拨快或拨慢一小时
checks-clock-change-failed = 对提前或推后一小时而言，读数正常：时钟可能被调整过
checks-clock-change-unanswered = 不明：时钟是否被调整过
checks-clock-passed = 下降的读数所标时间早于现在，且晚于其之前的读数
checks-clock-failed = 一项下降的读数所标时间晚于可能的时间
checks-clock-unanswered = 不明：下降的读数所标时间是否正确
checks-population-passed = 构成下降部分的不只是少数几个网络
checks-population-failed = 构成全部下降的只是少数几个网络：一家提供商可能就是整个地点
checks-population-unanswered = 不明：下降的是否不只是少数几个网络
checks-sympathetic-passed = 所列的每个网络所丧失的，都多于与其通信的网络
checks-sympathetic-failed = 有些网络只是因另一网络下降才看似下降；它们未被列出
checks-sympathetic-unanswered = 不明：是否有些网络只是看似下降

## Which rule applied

rules-two-families = 两项相互独立的测量一同下降
rules-two-families-in-a-part = 两项相互独立的测量在该地的一部分一同下降
rules-one-strong-family = 一项测量下降，未获其他测量证实
rules-many-regions = 十分之一的地区下降
rules-a-crowded-region = 同一州或省内四分之一的地区下降
rules-a-network-vanished = 一个网络从路由或主动探测中消失
rules-several-shallow-families = 流量和另一项测量一同略有下降
rules-weak-family-only = 只有一项波动较大的测量下降
rules-not-yet-borne-out = 尚未获其他测量证实
rules-parts-only = 只有少数网络或地区下降，且只见于一项测量
rules-ordinary = 所有可以评估的都正常
rules-unknown = 没有可以评估的内容
rules-held-back = 因一项检查而未予确认：{ $result }
rules-held-back-unanswered = 因一项检查没有答案而未予确认：{ $result }
rules-a-family-is-back = 一项测量恢复正常
rules-a-network-is-back = 一个网络恢复正常
rules-a-person-corrected-it = 由编辑更正
rules-a-person-withdrew-it = 由编辑撤回
rules-a-source-rises-everywhere = 该来源在所有地点都读数偏高
rules-all-families-back = 所有下降的都已恢复正常
rules-changes-too-often = 变化过于频繁，无法逐一报告
rules-fell-again = 再度下降
rules-fell-again-in-one-family-only = 仅在一项测量中再度下降
rules-fell-again-in-two-families = 较晚的一项测量证实了一个来源所显示的情况
rules-fell-before-the-return = 迟到的读数显示恢复之前曾有下降
rules-hours-passed = 仍在持续：每日更新
rules-level-rose = 水平上升
rules-level-shift = 低水平已成为惯常水平
rules-new-networks = 更多网络或地区下降
rules-no-change = 没有变化
rules-off-again = 部分恢复后再度下降
rules-only-parts-still-down = 只有该地的部分范围仍在下降状态
rules-readings-were-revised = 该来源修订了其读数
rules-scope-grew = 该地受影响的范围扩大
rules-severity-grew = 降幅加深
rules-still-falling = 仍在下降
rules-too-soon = 距上次报告时间太短
rules-taken-back-already = 此前已经撤回
class_rules-withdrawn = 报告已撤回
class_rules-an-artefact-check-failed = 一项检查发现测量有问题
class_rules-routes-down-service-ordinary = 路由下降，而服务正常
class_rules-not-corroborated = 未予确认
class_rules-same-hour-on-many-days = 数日在同一钟点下降
class_rules-several-countries-at-once = 多个国家在半小时内下降
class_rules-gradual-and-regional-or-daily = 缓慢下降，且仅在部分地区，或呈现每日重复的波动
class_rules-mobile-networks-only = 移动网络下降，而一个固定网络正常
class_rules-regions-only = 只有部分地区下降
class_rules-held-between = 停留在正常水平的15%至75%之间，且六小时内大致不变
class_rules-most-of-a-country = 一整个国家降至正常水平的五分之一以下
class_rules-single-networks = 部分网络下降
class_rules-no-pattern = 没有规则符合

## Where a text was posted

posted-apprise = 即时通讯
posted-bluesky = Bluesky
posted-file = 文件
posted-mail = 电子邮件
posted-mastodon = Mastodon
posted-matrix = Matrix
posted-ntfy = 通知
posted-readers = 发给订阅者的电子邮件
posted-telegram = Telegram
posted-webhook = 另一程序
posted-websub = 订阅源
posted-x = X
posted-other = 另一渠道
