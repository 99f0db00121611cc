# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = 按{ $time }的报道
embed-frozen = 此处保持报道时的内容。{ $page }可能有更新的进展。{ $credits }。
embed-frozen-page = 原页面
embed-full = 完整页面，含数据和更正
picture-corrected = 此后{ $label }（{ $time }）：{ $facts }
picture-title = 图片 { $picture }
picture-description = 事件 { $incident } 的一张图表的固定原件，附 SHA-256 和数据。
picture-approved = 这是批准发布时的图表，逐字节相同。
picture-shown = 这是该步骤的图表，与页面所示一致。
picture-same = 您手中的图片只有在所示内容相同、文件的 SHA-256 也相同时，才是同一张。各服务常常重新存储图片，文件会因此改变：此时请比较图片所示的内容。
picture-incident = 事件
picture-step = 步骤
picture-data = 数据
picture-sources = 来源
picture-all = 全部图片
picture-all-of-incident = 本事件的图片
pictures-title = { $incident } 的图片
pictures-description = 事件 { $incident } 已发布的图表，附其 SHA-256。
pictures-none = 本事件没有图片。
picture_check-title = 核对图片
picture_check-description = 如何核对别人给您看的图表是否出自我们且未被改动。
picture_check-intro = 每张图表的最后一行都写有事件编号，例如“事件 { $example }”。查看原件有两种方法。
picture_check-by-incident = 用事件编号：在本站打开 { $folder } 加编号。该页面列出该事件已发布的每一张图表。请与您看到的图表比较。
picture_check-by-file = 用文件：计算其 SHA-256，例如用 { $command }，然后打开 { $folder } 加前十二位。如果有该页面且所有数位相同，文件就没有改动。各服务常常重新存储图片，文件会因此改变：此时请用第一种方法。
picture_check-none = 如果图表上的编号在这里没有页面，说明报道已被移除，或者图表不是我们的。
