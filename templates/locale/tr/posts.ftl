# Every sentence of a post; see ../en/posts.ftl for what stands between braces.

stop = .
gap = {" "}
hashtag = { $tag }
own-level = { INITIAL($level) ->
    [y] normale göre { $level }
   *[other] normalin { $level } seviyesinde
}
own-number = { INITIAL($number) ->
    [y] normale göre { $number }
   *[other] normalin { $number } seviyesinde
}
own-lowest = { INITIAL($lowest) ->
    [y] normale göre { $lowest }
   *[other] normalin { $lowest } seviyesi
}
own-range = { INITIAL($operator_range) ->
    [y] normale göre { $operator_range }
   *[other] normalin { $operator_range } seviyesinde
}
opening-drill = [Tatbikat, haber değil]
opening-reconstruction = [Temsilî canlandırma]
opening-reconstruction-short = { opening-reconstruction }
suspected = Olası bağlantı düşüşü: { $place } – yalnızca tek kaynak ({ $source_one }) gösteriyor; başka kaynakla teyit edilmedi
suspected-short = Olası düşüş: { $place } – yalnızca tek kaynak gösteriyor; başka kaynakla teyit edilmedi
suspected-eased = Olası bağlantı düşüşü: { $place } – yalnızca tek kaynağın ({ $source_one }) gösterdiği düşüş hafifledi; başka kaynakla teyit edilmedi
suspected-eased-short = Olası düşüş: { $place } – yalnızca tek kaynağın gösterdiği düşüş hafifledi; başka kaynakla teyit edilmedi
confirmed = Doğrulandı: { $place } – { $noun }
again = Güncelleme: { $place } – bağlantı kısmen düzeldikten sonra yeniden düştü
again-goes-on = Güncelleme: { $place } – bağlantı kısmen düzeldikten sonra yeniden düştü; { $noun } sürüyor
wider = Güncelleme: { $place } – aksama genişledi; şu anki durum: { $noun }
deeper = Güncelleme: { $place } – aksama derinleşti; şu anki durum: { $noun }
grown = Güncelleme: { $place } – aksama büyüdü; şu anki durum: { $noun }
now-short = Güncelleme: { $place } – şu anki durum: { $noun }
continues = Güncelleme: { $place } – { $noun } sürüyor
still-partly-back = Güncelleme: { $place } – bağlantı hâlâ yalnızca kısmen düzelmiş durumda
partly-back = Güncelleme: { $place } – bağlantı kısmen düzeldi
reopened = Güncelleme: { $place } – bağlantı yeniden düştü: { $noun }
restored = Düzeldi: { $place } – bağlantı normal seviyelere döndü
restored-alone = Bağlantı düşüşü sona erdi: { $place } – yalnızca tek kaynak gösteriyordu; başka kaynakla teyit edilmedi
restored-parts = Düzeldi – { $subject } { own-number } ({ $tag })
retracted = Geri çekildi: { $place } – internet aksaması haberimizi geri çekiyoruz
corrected-noun = Düzeltme: { $place } – aksama artık şöyle tanımlanıyor: { $noun }
corrected-report = Düzeltme: { $place } haberimiz
corrected-statement = Düzeltme: { $place } – internet aksaması haberimiz.
level = Bağlantı, { $as_of } itibarıyla { own-level }.
level-it = Son ölçüm, { $as_of } itibarıyla { own-level }.
level-reads = Ölçüm, { $as_of } itibarıyla { own-level }.
level-undated = Bağlantı { own-level }.
level-none = { $as_of } itibarıyla seviye verilemiyor.
level-short = Seviye: { own-level } ({ $as_of_brief }).
level-none-short = Seviye bilinmiyor ({ $as_of_brief }).
level-silent = Güncel { $silent_signal } verisi yok; son veri: { $as_of }.
level-networks = Normal seviyeye göre, { $as_of } itibarıyla: { $operator_levels }.
where-affected = { $scope ->
    [operator] Etkilenen ağlarda bağlantı
    [mobile] Etkilenen ağlarda bağlantı
   *[other] Etkilenen yerlerde bağlantı
}
level-parts = { where-affected }, { $as_of } itibarıyla { own-range }.
level-parts-short = { where-affected } { own-range } ({ $as_of_brief }).
lowest = En düşük seviye: { $lowest }.
lowest-of = En düşük: { own-lowest }.
lowest-so-far = Şimdiye kadarki en düşük seviye: { $lowest }.
lowest-so-far-of = Şimdiye kadar en düşük: { own-lowest }.
as-of = Verilerin zamanı: { $as_of }.
missing-almost-all = Bağlantının neredeyse tamamı kesik.
missing-most = Bağlantının büyük bölümü kesik.
missing-some = Bağlantının bir bölümü kesik.
began = Başlangıç: { $onset }.
first-began = İlk düşüşün başlangıcı: { $onset }.
began-as = Başlangıçta ({ $onset_day }): { $earlier }.
began-as-short = Başlangıçta: { $earlier }.
disruption-began = Aksamanın başlangıcı: { $onset }.
drop-began = Düşüşün başlangıcı: { $onset }.
drop-named = Haberimizdeki düşüşün başlangıcı: { $onset }.
ended = Bitiş: { $ended }.
lasted = Aksamanın süresi: { $duration }.
lasted-alone = Süre: { $duration }.
lasting = Şimdiye kadarki süre: { $duration }.
lasted-cuts = Kesinti sayısı: { $cut_count }; toplam süre: { $duration }.
lasting-cuts = Şimdiye kadarki kesinti sayısı: { $cut_count }; toplam süre: { $duration }.
regions = Etkilenen: { $regions }.
operators = Etkilenen: { $operators }.
operator-levels = Ağlara göre: { $operator_levels }.
recovered = Normale dönen: { $recovered }.
back-and-still = Normale dönen: { $back }. { $as_of } itibarıyla hâlâ düşük: { $still }.
back-and-still-short = Normale dönen: { $back }. { still-short }
still-short = Hâlâ düşük ({ $as_of_brief }): { $still }.
measured = Veriler: { $measured }.
sources = Sinyaller: { $sources }.
source = Kaynak: { $measured_by }.
credits = Kaynaklar ve lisanslar: { $credits }.
cause-unknown = Nedeni bilinmiyor.
restrictions = Hizmetler, bu verilerin göstermediği biçimlerde hâlâ kısıtlı olabilir.
reconstructed = Yayımlanmış bilgilere dayanarak hazırlandı; ölçüm değil.
report = Grafiği, verileri ve şimdiye kadarki tüm adımlarıyla rapor:
corrected-readings = Düzeltme: { $place } – güncellenen ölçümler haberimizi ({ $wrong_at }) değiştiriyor.
wrong-lowest = Haberimizde en düşük seviye: { $wrong_lowest }; doğrusu: { $lowest } (normal = %100).
wrong-lowest-short = En düşük seviye: { $lowest } ({ $wrong_lowest } değil).
wrong-onset = Başlangıç: { $onset }; haberimizde: { $wrong_onset }.
wrong-onset-short = Başlangıç, haberimizdekinden başka bir zamandaydı.
alone = Düşüşü yalnızca tek kaynak gösteriyor; başka kaynakla teyit edilmedi.
alone-short = Başka kaynakla teyit edilmedi.
unsupported = { $as_of } itibarıyla veriler haberimizi artık desteklemiyor.
marked-retracted = Geri çekildi. Burada yazan artık geçerli değil; nedeni bu dizideki en yeni gönderimizde.
marked-corrected = Düzeltildi: burada neyin yanlış olduğu bu dizideki en yeni gönderimizde.
test = Deneme gönderisi, haber değil. Hemen kaldırılacak.
test-at = Gönderildi: { $at } UTC.
