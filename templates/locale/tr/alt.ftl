# Charts in words; see ../en/alt.ftl.

title-retracted = Geri çekildi: { $place } – internet aksaması haberimizi geri çektik
title-back = { $subject } normal seviyelere döndü
title-unknown = { $subject } için seviye verilemiyor
title-silent = { $subject } için seviye verilemiyor; son veri ({ $silent_signal }): { $as_of_brief }
title-suspected = { $place }: yalnızca tek kaynağa göre bağlantı { own-number }
title-suspected-narrow = { $subject } yalnızca tek kaynağa göre { own-number }
title-easing = { $place }: kısmi düzelme; normale dönen: { $back }; hâlâ düşük: { $still_first }
title-easing-short = { $place }: kısmi düzelme; hâlâ düşük: { $still_first }
title-updated = { $subject } { own-number }
title-partly-restored = { $subject } kısmen düzeldi, { own-number }
title-reopened = { $subject } yeniden düştü, { own-number }
title-restored = { $subject } düzeldi, { own-number }
title-corrected = Düzeltme – { $subject } { own-number }
title-falls = { $subject } { INITIAL($number) ->
    [y] düştü, normale göre { $number }
   *[other] normalin { $number } seviyesine düştü
}
alt-drill = Tatbikat, haber değil.
alt-reconstruction = Temsilî canlandırma, ölçüm değil.
alt-kind = { $chart }. { $title }.
alt-kinds-lines = Çizgi grafik
alt-kinds-operators = Küçük çizgi grafikler, her ağ için bir tane
alt-kinds-strip = Tonlu şeritler, bölge başına bir tane
alt-kinds-map = Harita
alt-kinds-durations = Çubuk grafik
alt-kinds-timeline = Zaman çizelgesi
alt-range = Yüzde olarak, %100 = { $method }; { $first } – { $last } UTC.
alt-ordinary = %100, normal seviyeyi gösterir.
alt-now = Seviyeler, { $as_of } itibarıyla: { $levels }.
alt-one = { $name } { $level }
alt-late = { $name } { $level } ({ $time } UTC)
alt-silent = { $name } (veri yok, son veri: { $time })
alt-nothing = { $name } (güncel değer yok)
alt-lowest = En düşük: { $name } { $level }, { $time }.
alt-gaps = Çizgilerdeki boşluklar eksik veri demektir, sıfır değil.
alt-durations = Süreler, { $place }. { $bars }.
alt-bar = { $name }: { $value }
alt-timeline = { $chart }. { $title }. { $told }.
alt-incident = { $name }, { $since }: { $lasted }
alt-source = Kaynak: { $credits }.
