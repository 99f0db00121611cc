# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = 演练
site-mark-reconstruction = 情景还原
severity-minor = 轻度
severity-moderate = 中度
severity-major = 严重
severity-near-total = 近乎全面

## The front page

home-title = 互联网中断及其证据
home-description = 互联网中断事件的发现、确认与恢复。
home-updated = 最近更新：{ $time }。
home-subscribe = 订阅：{ $ways }。
home-subscribe-all = 所有事件（Atom）
home-subscribe-corrections = 更正（Atom）
home-subscribe-more = 更多订阅源
home-subscribe-mail = 电子邮件
home-now = 正在发生
home-none-open = 没有已发布的未结束事件。
home-places = 所有地点一览：每个受监测国家和网络的水平
home-map-note = 本页有未结束事件的国家和地区，按其最严重程度标色：{ $severities }。列表列出了全部；未标色并不表示当地没有中断。轮廓：Natural Earth。
home-map = 有未结束事件的国家和地区：{ $incidents }
home-map-empty = 没有标色的国家和地区：没有已发布的未结束事件
home-timeline = 何时发生、持续多久
home-past = 以往事件
home-follow = 关注
home-follow-all = 所有事件：{ $feeds }。更正与撤回：{ $corrections }。每个事件的页面都链接到其所在国家或地区的订阅源。
home-follow-mail = { $link }：由您选择地点以及降幅。
home-follow-mail-link = 电子邮件
home-follow-alerts = { $link }：供转发公共预警的软件使用。每条警报都说明其用途；标为测试的警报不得作为预警转发。
home-follow-alerts-link = 警报（CAP 1.2）
home-follow-map = { $link }：目前未结束的事件及其地点，供地图使用。
home-follow-map-link = 地图数据（GeoJSON）
home-follow-calendar = { $link }：预计会出现下降的时段，例如已公布的维护。
home-follow-calendar-link = 日历（iCalendar）
home-follow-api = { $link }：地点、事件以及图表所依据的读数。
home-follow-api-link = 供程序使用的数据（JSON，以 OpenAPI 描述）
home-sources = 来源
home-sources-note = 截至{ $time }。有故障或没有数据的来源绝不会使事件开启或结束。{ $link }
home-sources-note-link = 同样内容的数据（JSON）
home-column-signal = 信号
home-column-reading = 最后读数
home-column-state = 状态
home-no-reading = 尚无

## The page of a country or a network

place-title = 互联网，{ $place }：水平与中断
place-description = 互联网的实测水平（{ $place }）、最近 28 天以及有记录的中断。
place-country = 国家或地区
place-network = 网络 AS{ $number }
place-network-within = 网络 AS{ $number }，{ $country }
place-now = 现在
place-column-level = 水平
place-column-reading = 最后发布的读数
place-unpublished = 没有已发布的读数
place-unpublished-month = 28 天内没有
place-level-note = 水平是读数相对于依据此前数小时和数日所预期数值的百分比。没有已发布的读数并不说明网络状况：读数可能延迟、缺失或尚未核查。
place-no-levels = 没有已发布的读数。
place-days = 最近 28 天
place-days-note = 每小时的平均值；图表的下边缘为 0。空白表示该小时没有已发布的读数。日期按 UTC。
place-highest = 最高的一小时：{ $value }
place-chart = { $signal }，{ $first }至{ $last }：介于 { $lowest } 与 { $highest } 之间；{ $hours } 小时中有 { $read } 小时有读数
place-chart-empty = { $signal }，{ $first }至{ $last }：没有已发布的读数
place-history = 有记录的事件
place-ended-one = 此地有一起事件已结束，持续{ $longest }。
place-ended-two = 此地有两起事件已结束，最长的持续{ $longest }。
place-ended-more = 此地已结束的事件：{ $n } 起。持续时间的中位数为{ $median }；最长的持续{ $longest }。
place-classes = 按类别列出的已确认事件
place-column-class = 类别
place-column-incidents = 事件
place-column-median = 持续时间中位数
place-column-longest = 最长
place-not-given = 未列出
place-classes-note = 类别说明数据中的模式看起来像什么，而不说明是谁所为或为什么。演练、已撤回的事件以及记在其他地点或网络名下的事件不计入。
place-classes-durations = 至少有三起结束时才列出持续时间。
place-classes-newest = 只计入最近的事件。
place-seasons = 按开始时间（当地时间）：{ $counts }。
place-follow = 关注与数据
place-feeds = 此地的事件：{ $feeds }。
place-feeds-all = 所有地点的事件：{ $feeds }。
place-feed-later = 此地的订阅源从第一起事件开始。
place-data = 事件数据（JSON）
place-mail = 通过电子邮件接收此地的事件
place-sources = 来源：{ $credits }。

## All places

places-title = 所有地点一览
places-description = 每个受监测国家和网络的互联网水平。
places-note = 每个受监测地点及每个信号的水平：最后读数相对于依据此前数小时和数日所预期数值的百分比。截至{ $time }；水平旁的时间是其读数的时间：月、日和时刻。
places-utc = 时间为 UTC。
places-missing-note = “没有已发布的读数”并不说明网络状况：读数可能延迟、缺失或尚未核查。
places-countries = 国家和地区
places-countries-letters = 按首字查找国家和地区
places-networks = 网络
places-networks-letters = 按首字查找网络
places-column-place = 地点
places-column-incident = 事件
places-unwatched = 未监测
places-no-incident = 没有已发布的
places-empty = 尚未发布任何读数。发布第一个读数后列表将会出现。

## The words of the script

script-zone = 以我的时区显示时间
script-zone-back = 以 UTC 显示时间
script-zone-note = 时间现以您的时区（{ $zone }）显示，写明 UTC 之处除外：按原样发布的文字、时间范围以及图片。
script-filter = 按名称筛选
script-filter-shown = 显示：{ $shown } / { $all }
script-chart-time = 图表上的时间
script-chart-reading = { $hours ->
    [1] 截至 { $time } 的一小时内的最后读数：
   *[other] 截至 { $time } 的 { $hours } 小时内的最后读数：
}
script-chart-closer = 放大此时间前后
script-chart-whole = 显示整个时段
script-chart-shown = 显示：{ $from } 至 { $to }
script-chart-failed = 无法重新加载图表。

## The front page's chart where the archive has more than it shows

newest-line = 有记录的最近 { $n } 起中断
newest-line_going = 有记录的最近 { $n } 起中断，其中 { $going } 起尚未结束

## How a source stands now

standings-ordinary = 正常
standings-untold = 有数据；受监测地点太少，无法判断是否有故障
standings-unheard = 尚无读数
standings-silent = 自{ $since }起没有数据
standings-ill = 自{ $since }起有故障：{ $why }
standings-ill_undated = 有故障：{ $why }
