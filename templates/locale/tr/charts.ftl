# The words on a chart; see ../en/charts.ftl.

references-weekly = her ölçümden önceki dört haftada haftanın aynı saatinin ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-daily = her ölçümden önceki en çok yedi günde günün aynı saatinin ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-flat = her ölçümden önceki en çok bir haftanın ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-kept = başlangıçtan önceki haftanın düzeyi ({ $since } – { $until })
references-unknown = benzer saatlere göre beklenen düzey ({ $since } – { $until }, aksama zamanları hariç)
chart-reference = %100: { $reference }.
chart-key = Olağan düzeye göre yüzde
chart-land = Harita: Natural Earth ve US Census Bureau, kamu malı; sınırlar ve adlar statüleri hakkında bir şey söylemez.
chart-ordinary = olağan düzey = %100
chart-band = olağan düzey = %100; gölgeli: beklenen aralık, { $name }
chart-begins = Aksama başlıyor
chart-drop = Düşüş başlıyor
chart-ends = Yeniden olağan düzey
chart-gap = veri yok
chart-stale =
    { $name }
    veri yok, son: { $time }
chart-nothing =
    { $name }
    güncel değer yok
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } saat { $time }
chart-foot = { $as_of } · en yeni değerler değişebilir · olay { $incident } · { $address }
chart-site = { $as_of } · en yeni değerler değişebilir · { $address }
chart-reconstructed = Yayımlanmış bilgilerden yeniden kurgu, ölçüm değil.
chart-data = Veriler: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = YENİDEN KURGU
chart-drill = TATBİKAT
chart-test = Deneme görseli, haber değil
chart-together = { $n } bağımsız sinyal ailesi
chart-ongoing = { $length }, sürüyor
chart-unsure = { $name } (tek kaynak)
chart-subtitle = { $metrics }; yüzde olarak, karşılaştırma: { $method }; { $period }
chart-lasted = { $place } – { $noun }: { $duration }
chart-lasting = { $place } – { $noun }: şimdiye kadar { $duration }
chart-lasted_alone = { $place } – tek kaynağın gösterdiği düşüş: { $duration }
chart-lasting_alone = { $place } – tek kaynağın gösterdiği düşüş: şimdiye kadar { $duration }
chart-beside = Süre, daha önce kayda geçen { $n } olayla karşılaştırmalı ({ $place }); soluk: kesin bilinmeyen
chart-line = Kayıtlı { $n } aksama
chart-line_going = { chart-line }, süren: { $going }
chart-line_period = Her birinin başlangıcından bitişine, { $period }; soluk: kesin bilinmeyen
badge-retracted = bildirim geri çekildi
badge-ended = bitiş: { $ended }
badge-lasted = süre: { $duration }
badge-suspected = tek kaynak, doğrulanmadı · düşüşün başlangıcı: { $onset }
badge-began = başlangıç: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
