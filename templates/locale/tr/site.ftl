# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Tatbikat
site-mark-reconstruction = Temsilî canlandırma
severity-minor = hafif
severity-moderate = orta
severity-major = ciddi
severity-near-total = neredeyse tam

## The front page

home-title = İnternet kesintileri ve dayanakları
home-description = Saptandıkça, doğrulandıkça ve düzeldikçe internet aksamaları.
home-updated = Son güncelleme: { $time }.
home-subscribe = Abone olun: { $ways }.
home-subscribe-all = bütün olaylar (Atom)
home-subscribe-corrections = düzeltmeler (Atom)
home-subscribe-more = diğer akışlar
home-subscribe-mail = e-posta ile
home-now = Şu anda
home-none-open = Yayımlanmış açık olay yok.
home-places = Bir bakışta bütün yerler: izlenen her ülkenin ve her ağın seviyesi
home-map-note = Bu sayfada açık olayı olan ülkeler, en ağır derecesine göre: { $severities }. Listede hepsi yer alır; renksiz bir ülkede kesinti olmadığı bilinmiyor. Sınırlar: Natural Earth.
home-map = Açık olayı olan ülkeler: { $incidents }
home-map-empty = İşaretli ülke yok: yayımlanmış açık olay yok
home-timeline = Ne zaman, ne kadar sürdü
home-past = Geçmiş olaylar
home-follow = Takip edin
home-follow-all = Bütün olaylar: { $feeds }. Düzeltmeler ve geri çekilen haberler: { $corrections }. Bir olayın sayfasında ülkesinin akışına bağlantı vardır.
home-follow-mail = { $link }: yerleri ve bir düşüşün ne kadar derin olması gerektiğini siz seçersiniz.
home-follow-mail-link = E-posta ile
home-follow-alerts = { $link }: halka yönelik uyarıları ileten yazılımlar için. Her uyarı nasıl anlaşılması gerektiğini belirtir; deneme olarak işaretlenen bir uyarı, uyarı olarak iletilmemelidir.
home-follow-alerts-link = Uyarılar (CAP 1.2)
home-follow-map = { $link }: şu anda açık olan olaylar ve yerleri, haritalar için.
home-follow-map-link = Harita verileri (GeoJSON)
home-follow-calendar = { $link }: duyurulmuş bakım gibi, düşüş beklenen zamanlar.
home-follow-calendar-link = Takvim (iCalendar)
home-follow-api = { $link }: yerler, olaylar ve grafiklerin dayandığı ölçüm değerleri.
home-follow-api-link = Programlar için veriler (JSON, OpenAPI ile tanımlı)
home-sources = Kaynaklar
home-sources-note = Durum: { $time }. Sorunlu ya da sessiz bir kaynak hiçbir zaman bir olayı açmaz veya kapatmaz. { $link }
home-sources-note-link = Aynısı veri olarak (JSON)
home-column-signal = Sinyal
home-column-reading = Son ölçüm
home-column-state = Durum
home-no-reading = henüz yok

## The page of a country or a network

place-title = İnternet, { $place }: seviyeler ve kesintiler
place-description = Ölçülen internet seviyeleri ({ $place }), son 28 gün ve kayıtlı kesintiler.
place-country = Ülke veya bölge
place-network = Ağ AS{ $number }
place-network-within = Ağ AS{ $number }, { $country }
place-now = Şimdi
place-column-level = Seviye
place-column-reading = Yayımlanan son ölçüm
place-unpublished = yayımlanmış ölçüm yok
place-unpublished-month = 28 günde yok
place-level-note = Seviye, bir ölçüm değerinin, önceki saatlere ve günlere göre beklenen değere yüzde olarak oranıdır. Yayımlanmış ölçüm olmaması ağ hakkında bir şey söylemez: ölçümler gecikmiş, eksik ya da henüz denetlenmemiş olabilir.
place-no-levels = Yayımlanmış ölçüm yok.
place-days = Son 28 gün
place-days-note = Her saatin ortalaması; grafiğin alt kenarı 0’dır. Boşluk, yayımlanmış ölçümü olmayan bir saattir. Günler UTC’ye göredir.
place-highest = En yüksek saat: { $value }
place-chart = { $signal }, { $first } – { $last }: { $lowest } ile { $highest } arasında; ölçüm olan saatler: { $read } / { $hours }
place-chart-empty = { $signal }, { $first } – { $last }: yayımlanmış ölçüm yok
place-history = Kayıtlı olaylar
place-ended-one = Bu yerin bir olayı sona erdi. Süresi: { $longest }.
place-ended-two = Bu yerin iki olayı sona erdi. En uzununun süresi: { $longest }.
place-ended-more = Bu yerin sona eren olayları: { $n }. Ortanca süre: { $median }; en uzununun süresi: { $longest }.
place-classes = Sınıflarına göre doğrulanmış olaylar
place-column-class = Sınıf
place-column-incidents = Olaylar
place-column-median = Ortanca süre
place-column-longest = En uzunu
place-not-given = verilmedi
place-classes-note = Sınıf, verilerdeki örüntünün neye benzediğini belirtir; kimin ya da neden olduğunu değil. Tatbikatlar, geri çekilen olaylar ve başka bir yer ya da ağ için kayıtlı olaylar sayılmaz.
place-classes-durations = Süreler, en az üç olay sona erdiğinde verilir.
place-classes-newest = Yalnızca en yeni olaylar sayılmıştır.
place-seasons = Yerel saate göre başlama zamanı: { $counts }.
place-follow = Takip ve veriler
place-feeds = Bu yerin olayları: { $feeds }.
place-feeds-all = Bütün yerlerin olayları: { $feeds }.
place-feed-later = Bu yerin akışı ilk olayıyla başlar.
place-data = Olaylar veri olarak (JSON)
place-mail = Bu yerin olayları e-posta ile
place-sources = Kaynaklar: { $credits }.

## All places

places-title = Bir bakışta bütün yerler
places-description = İzlenen her ülkede ve her ağda internetin seviyesi.
places-note = İzlenen her yer ve her sinyalin seviyesi: son ölçüm değerinin, önceki saatlere ve günlere göre beklenen değere yüzde olarak oranı. Durum: { $time }; seviyenin yanındaki zaman, ölçümünün zamanıdır: ay, gün ve saat.
places-utc = Saatler UTC’dir.
places-missing-note = “Yayımlanmış ölçüm yok” ağ hakkında bir şey söylemez: ölçümler gecikmiş, eksik ya da henüz denetlenmemiş olabilir.
places-countries = Ülkeler ve bölgeler
places-countries-letters = Harfe göre ülkeler
places-networks = Ağlar
places-networks-letters = Harfe göre ağlar
places-column-place = Yer
places-column-incident = Olay
places-unwatched = izlenmiyor
places-no-incident = yayımlanan yok
places-empty = Henüz yayımlanmış ölçüm yok. Liste ilk ölçümle birlikte görünür.

## The words of the script

script-zone = Saatleri kendi saat dilimimde göster
script-zone-back = Saatleri UTC olarak göster
script-zone-note = Saatler artık sizin saat diliminizde ({ $zone }); UTC yazan yerler hariç: yayımlandığı biçimiyle metinlerde, zaman aralıklarında ve görsellerde.
script-filter = Ada göre süz
script-filter-shown = Gösterilen: { $shown } / { $all }
script-chart-time = Grafikteki zaman
script-chart-reading = { $hours ->
    [1] Bitişi { $time } olan saatin son ölçümü:
   *[other] Bitişi { $time } olan { $hours } saatin son ölçümü:
}
script-chart-closer = Bu zamanın çevresini büyüt
script-chart-whole = Bütün dönemi göster
script-chart-shown = Gösterilen: { $from } – { $to }
script-chart-failed = Grafik yeniden yüklenemedi.

## The front page's chart where the archive has more than it shows

newest-line = Kayıtlardaki en yeni { $n } aksama
newest-line_going = Kayıtlardaki en yeni { $n } aksama, { $going } tanesi sürüyor

## How a source stands now

standings-ordinary = normal
standings-untold = veri geliyor; sorunlu olup olmadığını anlamak için izlenen yer sayısı çok az
standings-unheard = henüz ölçüm yok
standings-silent = veri yok. Başlangıç: { $since }
standings-ill = sorunlu. Başlangıç: { $since }. Gerekçe: { $why }
standings-ill_undated = sorunlu: { $why }
