# The words on a chart; see ../en/charts.ftl.

references-weekly = her ölçümden önceki dört haftada, haftanın aynı gün ve saatindeki değerlerin ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-daily = her ölçümden önceki en çok yedi günde, günün aynı saatindeki değerlerin ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-flat = her ölçümden önceki en çok bir haftanın ortancası ({ $since } – { $until }, aksama zamanları hariç)
references-kept = başlangıçtan önceki haftanın seviyesi ({ $since } – { $until })
references-unknown = daha önceki benzer saatlere göre beklenen seviye ({ $since } – { $until }, aksama zamanları hariç)
chart-reference = %100: { $reference }.
chart-key = Normal seviyenin yüzdesi
chart-land = Harita: Natural Earth ve US Census Bureau, kamu malı; sınırlar ve adlar hukuki statü konusunda görüş bildirmez.
chart-ordinary = normal seviye = %100
chart-band = normal seviye = %100; gölgeli: beklenen aralık, { $name }
chart-begins = Aksama başlıyor
chart-drop = Düşüş başlıyor
chart-ends = Yeniden normal seviye
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
chart-late = { $name }  { $level } (saat { $time })
chart-foot = Veriler: { $as_of } · en yeni değerler değişebilir · olay { $incident } · { $address }
chart-site = Veriler: { $as_of } · en yeni değerler değişebilir · { $address }
chart-reconstructed = Yayımlanmış bilgilere dayanan temsilî canlandırma, ölçüm değil.
chart-data = Veriler: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = TEMSİLÎ CANLANDIRMA
chart-drill = TATBİKAT
chart-test = Deneme görseli, haber değil
chart-together = { $n } bağımsız sinyal ailesi
chart-ongoing = { $length }, sürüyor
chart-unsure = { $name } (tek kaynak)
chart-subtitle = { $metrics }; yüzde olarak, %100 = { $method }; { $period }
chart-lasted = { $place } – { $noun }: { $duration }
chart-lasting = { $place } – { $noun }: şimdiye kadar { $duration }
chart-lasted_alone = { $place } – yalnızca tek kaynağın gösterdiği düşüş: { $duration }
chart-lasting_alone = { $place } – yalnızca tek kaynağın gösterdiği düşüş: şimdiye kadar { $duration }
chart-beside = Süre, daha önce kayda geçen { $n } olayla karşılaştırmalı ({ $place }); soluk: kesin bilinmeyen
chart-line = Kayıtlı { $n } aksama
chart-line_going = { chart-line }, süren: { $going }
chart-line_period = Her birinin başlangıcından bitişine, { $period }; soluk: kesin bilinmeyen
badge-retracted = haber geri çekildi
badge-ended = bitiş: { $ended }
badge-lasted = süre: { $duration }
badge-suspected = tek kaynak; başka kaynakla teyit edilmedi · düşüşün başlangıcı: { $onset }
badge-began = başlangıç: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
