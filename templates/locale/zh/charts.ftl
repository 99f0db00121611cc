# The words on a chart; see ../en/charts.ftl.

references-weekly = 每次读数之前四周中每周同一小时的中位数（{ $since }至{ $until }，不含中断时段）
references-daily = 每次读数之前至多七天中每天同一小时的中位数（{ $since }至{ $until }，不含中断时段）
references-flat = 每次读数之前至多一周的中位数（{ $since }至{ $until }，不含中断时段）
references-kept = 开始前一周的水平（{ $since }至{ $until }）
references-unknown = 按可比时段预期的水平（{ $since }至{ $until }，不含中断时段）
chart-reference = 100%为{ $reference }。
chart-key = 相当于正常水平的百分比
chart-land = 地图：Natural Earth和US Census Bureau，公有领域；边界和名称不表示对其地位的任何立场。
chart-ordinary = 正常水平 = 100%
chart-band = 正常水平 = 100%；阴影：预期范围，{ $name }
chart-begins = 中断开始
chart-drop = 下降开始
chart-ends = 恢复正常水平
chart-gap = 无数据
chart-stale =
    { $name }
    自{ $time }起无数据
chart-nothing =
    { $name }
    暂无数值
chart-mark_day = { $day }{ $since }–{ $until }
chart-mark_days =
    { $day }{ $since } –
    { $next }{ $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level }（{ $time }）
chart-foot = 截至{ $as_of } · 最新数值可能修订 · 事件 { $incident } · { $address }
chart-site = 截至{ $as_of } · 最新数值可能修订 · { $address }
chart-reconstructed = 依据已公布的事实还原，并非实测。
chart-data = 数据：{ $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = 情景还原
chart-drill = 演练
chart-test = 测试图片，并非新闻
chart-together = { $n }类相互独立的信号
chart-ongoing = { $length }，仍在持续
chart-unsure = { $name }（仅一个来源）
chart-subtitle = { $metrics }，相当于{ $method }的百分比，{ $period }
chart-lasted = { $place }{ $noun }：{ $duration }
chart-lasting = { $place }{ $noun }：迄今{ $duration }
chart-lasted_alone = { $place }仅一个来源显示的下降：{ $duration }
chart-lasting_alone = { $place }仅一个来源显示的下降：迄今{ $duration }
chart-beside = 持续时间，与{ $place }此前记录的{ $n }起事件对比；浅色：尚不确定的部分
chart-line = 已记录{ $n }起中断
chart-line_going = { chart-line }，其中{ $going }起尚未结束
chart-line_period = 各自从开始到结束，{ $period }；浅色：尚不确定的部分
badge-retracted = 报告已撤回
badge-ended = 结束于{ $ended }
badge-lasted = 历时{ $duration }
badge-suspected = 仅一个来源，未获其他来源证实 · 下降始于{ $onset }
badge-began = 始于{ $onset }
period-days = { $from }至{ $to }
period-within = { $from }至{ $to }
