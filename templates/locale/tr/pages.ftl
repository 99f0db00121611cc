# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = İnternet kesintileri
site-feed-corrections = Düzeltmeler ve geri çekilen haberler
site-skip = Metne geç
site-navigation = Site
site-languages = Diller
site-places = Yerler
site-archive = Arşiv
site-digest = Özet
site-corrections = Düzeltmeler
site-status = Kaynakların durumu
site-methodology = Yöntem
site-about = Hakkımızda
site-feeds = Akışlar
site-unpublished = Yalnızca işletmeci için: Bu sayfa, yayımlanmamış olayları gösterir. Başkalarına iletmeyin.
site-unreviewed = Bu çeviriyi bir makine yaptı ve hiç kimse gözden geçirmedi. Geçerli olan, özgün sayfadır: { $language }.
site-reconstruction = Temsilî canlandırma: Bu sayfalardaki her şey yayımlanmış bilgilere dayanarak hazırlandı; ölçüm değil.
site-replayed = Yeniden gösterim veya tatbikat: Bu sayfalar şu anda olanları göstermez.
site-scorecard = Ne sıklıkta doğru bildik
site-contact = Düzeltmeler ve sorular: { $contact }.
site-no-contact = adres belirtilmemiş

## The first paragraph

lead-retracted = { $within }: internet aksamasına ilişkin bu haber geri çekildi.
lead-usual = { $as_of } itibarıyla düşük seviye olağan hâle geldi; dolayısıyla bu, bir aksama değil, kalıcı bir değişiklik olabilir.
lead-suspected = { $within }: yalnızca tek kaynak ({ $source_one }) bağlantıda düşüş gösteriyor; başka kaynakla teyit edilmedi.
lead-suspected-eased = { $within }: yalnızca tek kaynak ({ $source_one }) bağlantıda düşüş gösterdi, düşüş hafifledi; başka kaynakla teyit edilmedi.
lead-restored-alone = { $within }: yalnızca tek kaynak ({ $source_one }) bağlantıda düşüş gösterdi; düşüş başka kaynakla teyit edilmedi, bu kaynak da { $as_of } itibarıyla normal seviyelere dönmüş durumda.
lead-drop-began = { drop-began }
lead-drop-began-ended = Düşüşün başlangıcı: { $onset }; bitişi: { $ended }.
lead-restored = { $within }: bağlantı, { $as_of } itibarıyla normal seviyelere dönmüş durumda.
lead-worst-began = En ağır hâliyle: { $a_noun }. Aksamanın başlangıcı: { $onset }.
lead-worst-began-ended = En ağır hâliyle: { $a_noun }. Aksamanın başlangıcı: { $onset }; bitişi: { $ended }.
lead-confirmed = { $families ->
    [one] { $within } – { $a_noun }; bunu bağımsız ölçümler doğruluyor, aralarından hâlâ düşüş gösteren: { $sources }.
    [two] { $within } – { $a_noun }; bunu iki bağımsız ölçüm doğruluyor: { $sources }.
    [three] { $within } – { $a_noun }; bunu üç bağımsız ölçüm doğruluyor: { $sources }.
    [four] { $within } – { $a_noun }; bunu dört bağımsız ölçüm doğruluyor: { $sources }.
    [five] { $within } – { $a_noun }; bunu beş bağımsız ölçüm doğruluyor: { $sources }.
   *[other] { $within } – { $a_noun }; bunu bağımsız ölçümler doğruluyor: { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı bağımsız ölçümler doğruluyor, aralarından hâlâ düşüş gösteren: { $sources }.
    [two] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı iki bağımsız ölçüm doğruluyor: { $sources }.
    [three] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı üç bağımsız ölçüm doğruluyor: { $sources }.
    [four] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı dört bağımsız ölçüm doğruluyor: { $sources }.
    [five] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı beş bağımsız ölçüm doğruluyor: { $sources }.
   *[other] { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı bağımsız ölçümler doğruluyor: { $sources }.
}
lead-facts-confirm = { $within } – { $a_noun }; bunu yayımlanmış bilgiler doğruluyor.
lead-facts-confirm-partly = { $within }: bağlantı kısmen düzeldi. Öncesinde: { $a_noun }; bu aksamayı yayımlanmış bilgiler doğruluyor.
lead-corrected = Düzeltme: { $statement }
lead-wrong-lowest = Düzeltme: Haberimizden ({ $wrong_at }) bu yana verdiğimiz en düşük seviye: { $wrong_lowest }; güncellenen ölçümlere göre doğrusu: { $lowest } (normal = %100).
lead-wrong-onset = Düzeltme: Haberimizden ({ $wrong_at }) bu yana verdiğimiz başlangıç: { $wrong_onset }; güncellenen ölçümler başka bir zaman gösteriyor.
lead-wrong-onset-too = Verdiğimiz başlangıç: { $wrong_onset }; güncellenen ölçümler başka bir zaman gösteriyor.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }, { $time }
incident-earlier = Daha eskiler: { $n }
incident-more = Diğerleri: { $n }
incident-csv = Veriler (CSV)
incident-drill = Tatbikat: Bu sayfadakilerin hiçbiri şu anda gerçekleşmiyor.
incident-reconstruction = Temsilî canlandırma: Bu sayfadaki her şey yayımlanmış bilgilere dayanarak hazırlandı; ölçüm değil.
incident-silent = Veri yok; son veri: { $time }
incident-as-of = Verilerin zamanı: { $time }
incident-reported-once = Olay { $incident }, yayımlayan: { $publisher }. İlk haber: { $first }.
incident-reported-often = Olay { $incident }, yayımlayan: { $publisher }. İlk haber: { $first }; son haber: { $last }.
incident-numbers = Rakamlarla

## What was said

incident-posts = Yayımlananlar, en yeniden eskiye
incident-check-picture = Bu görseli denetle
incident-text-in = Dil: { $language }
incident-text-shorter = Daha kısa bir metin
incident-posted = Yayımlandığı yer: { $where }.
incident-not-posted = Henüz yayımlanmadı.
incident-step-csv = Bu adımın verileri (CSV)
incident-folded-updates = { $n ->
    [1] Günlük bir güncelleme: { $first }
   *[other] Günlük güncellemeler: { $n }. İlki: { $first }; sonuncusu: { $last }
}
incident-folded-steps = { $n ->
    [1] Önceki bir adım: { $first }
   *[other] Önceki { $n } adım. İlki: { $first }; sonuncusu: { $last }
}
incident-folded-mixed = { $updates ->
    [1] Önceki { $n } adım, biri günlük güncelleme. İlki: { $first }; sonuncusu: { $last }
   *[other] Önceki { $n } adım, günlük güncelleme olanlar: { $updates }. İlki: { $first }; sonuncusu: { $last }
}

## The chart and its table

incident-chart = En yeni grafik
incident-table = Bu grafiğin verileri, tablo olarak
incident-table-note = { $hours ->
    [1] Normal seviyenin yüzdesi. Her satırda, satırın zamanına kadarki bir saatin son ölçüm değeri yer alır; { $readings }.
   *[other] Normal seviyenin yüzdesi. Her satırda, satırın zamanına kadarki { $hours } saatin son ölçüm değeri yer alır; { $readings }.
}
incident-table-csv = bütün ölçüm değerleri (CSV)
incident-table-label = En yeni grafiğin verileri
incident-table-until = Şu zamana kadar { $utc }
incident-table-none = veri yok
incident-charts = Aynı veriler başka grafiklerde

## The timeline

incident-timeline = Zaman çizelgesi, en yeniden eskiye
incident-timeline-note = Haberler, burada yayımlananlardır. Ölçümler, verilerin gösterdikleridir. Bağlam, bir kişinin kaynak göstererek kayda geçirdikleridir; ölçüm değildir.
incident-kind-event = Haber
incident-kind-measurement = Ölçüm
incident-kind-context = Bağlam

## What is happening, and what it means

incident-happening = { $within }: neler oluyor?
incident-causes = Nedeni hakkında söylenenler
incident-cause-recorded = ({ $source }; kayda geçtiği zaman: { $time })
incident-cause-archived = ({ $source }, { $copy }; kayda geçtiği zaman: { $time })
incident-cause-source = kaynak
incident-cause-copy = arşivlenmiş kopya
incident-meaning = Bu sınıftan bir aksama ne anlama gelir
incident-class = Sınıf nasıl belirlendi
incident-class-note = Sınıf, verilerdeki örüntünün neye benzediğini her ülke için aynı olan kurallara göre belirtir; “kim” ve “neden” hakkında bir şey söylemez.
incident-class-step = { $time } itibarıyla: { $name } ({ $rule }; kuralların { $version } numaralı sürümü).

## Who is cut off

impact-heading = Kimlerin bağlantısı kesik
impact-caption = Son adım itibarıyla izlenen ağlar
impact-column-kind = Tür
impact-column-watched = İzlenen
impact-column-down = Düşüş gösteren
impact-column-unknown = Bilinmeyen
impact-column-level = Düşüş gösterenlerin ortanca seviyesi
impact-level = { $level } (normal = %100)
impact-level-unknown = bilinmiyor
impact-none-down = düşüş gösteren yok
impact-none-watched = bu türden olduğu bilinen hiçbir ağ izlenmiyor
impact-note = Bilinmeyen, normal demek değildir: Veri vermeyen bir ağ ne düşüş göstermiş ne de normal sayılır. Başka türden veya türünü bilmediğimiz ağlar bu tabloda yer almaz.
impact-no-networks = Mobil, sabit veya barındırma ağı olduğu bilinen hiçbir ağ burada izlenmiyor.
affected-regions = Düşüş olan bölgeler
affected-networks = Düşüş olan ağlar
affected-column-name = Ad
affected-column-signal = Ölçüm
affected-column-level = Normale oranı, son adımda
affected-column-lowest = En düşük
impact-kinds-mobile = Mobil
impact-kinds-fixed = Sabit hatlar
impact-kinds-hosting = Barındırma
impact-by-place = { $family }
impact-by-users = mobil ve sabit ağlarda { $family }
impact-by-services = barındırma ağlarında { $family }
impact-users-ordinary = Kullanıcıların erişimi: normal. Oradaki insanlar, { $by } verilerinin gösterdiği kadarıyla, internete her zamanki gibi erişiyor.
impact-users-dropped = Kullanıcıların erişimi: düştü. Orada, { $by } verilerinin gösterdiğine göre, internete her zamankinden daha az kişi erişiyor.
impact-users-unknown = Kullanıcıların erişimi: bilinmiyor. Burada ölçülenlerin hiçbiri, oradaki insanların şu anda internete erişip erişmediğini göstermiyor.
impact-users-pending = Kullanıcıların erişimi: henüz bilinmiyor. Başlangıçtan bu yana hiçbir ölçüm değeri, oradaki insanların internete erişip erişmediğini göstermiyor.
impact-services-ordinary = Barındırılan hizmetler: normal. Orada barındırılanlara, { $by } verilerinin gösterdiği kadarıyla, dünyadan erişilebiliyor.
impact-services-dropped = Barındırılan hizmetler: düştü. Orada barındırılanların daha azına, { $by } verilerinin gösterdiğine göre, dünyadan erişilebiliyor.
impact-services-unknown = Barındırılan hizmetler: bilinmiyor. Burada ölçülenlerin hiçbiri, orada barındırılanlara şu anda dünyadan erişilip erişilmediğini göstermiyor.
impact-services-pending = Barındırılan hizmetler: henüz bilinmiyor. Başlangıçtan bu yana hiçbir ölçüm değeri, orada barındırılanlara dünyadan erişilip erişilmediğini göstermiyor.

## What we cannot see

incident-observed = Göremediklerimiz
incident-judged = Burada ölçülen ve son adımda ölçüm değeri olan: { $signals }.
incident-unjudged = Burada ölçülen, ancak değerlendirilebilir bir ölçüm değeri olmayan: { $signals }. Bu, normal değil, bilinmiyor sayılır.
incident-unmeasured = Yerin bütünü için ölçülmeyen: { $families }.
incident-apart = Ölçüm değerlerinin arası: { $step }; daha kısa süren şeyler gözden kaçabilir.
incident-unnoticed = Çok küçük veya çok kısa düşüşler fark edilmez: { $methodology }.
incident-unnoticed-link = her sinyalde bir düşüşün ne kadar derin ve ne kadar uzun olması gerektiği
incident-unseen = Yavaşlatılmış bağlantılar, engellenmiş siteler veya uygulamalar ve izlenmeyen ağlardaki veya bölgelerdeki kesintiler bu ölçümlerde görünmeyebilir.
incident-smallest = Fark edilebilecek en küçük düşüş
incident-smallest-note = Yerin tamamı için, geçerli kurallara ve ölçümlerinin son adımdaki olağan değişimine göre. Daha büyük bir düşüş de gözden kaçabilir.
incident-smallest-alone = { $signal }: tek başına yalnızca normalin { $depth } altından itibaren şüphe doğurur; gereken düşük ölçüm: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: tek başına hiçbir zaman şüphe doğurmaz.
incident-smallest-joint = Başka bir aileyle birlikte yalnızca normalin { $depth } altından itibaren sayılır; gereken düşük ölçüm: { $n } ({ $span }).
incident-smallest-range = { $least } ile { $most } arası (saate göre)
incident-smallest-some = { $least } (bazı saatlerde tam bir düşüş bile ayırt edilmez)
incident-smallest-never = { $signal }: hiçbir düşüş olağan değişimden ayırt edilmez.
incident-smallest-unknown = { $signal }: bilinmiyor; saklanmış olağan değişim yok.
incident-smallest-confirmed = Bir düşüş ancak iki aile onu birlikte gösterirse doğrulanır.
incident-smallest-shallow = Daha küçük düşüşler ancak trafik ve başka bir aile onları { $time } boyunca birlikte gösterirse sayılır.
incident-smallest-none = Burada fark edilebilecek en küçük düşüş bilinmiyor.
incident-troubles = Sorunlu veya sessiz kaynaklar
incident-checks = Denetlenen başka açıklamalar
incident-checks-as-of = Son adım itibarıyla:
incident-passed = Bir şey bulmayan denetimler: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = Geçmiş
incident-previous-count = Burada kayıtlı önceki olaylar ({ $within }): { $n }.
incident-previous-more = Burada kayıtlı önceki olaylar ({ $within }): { $n } olaydan fazla.
incident-previous-none = Burada kayıtlı olay yok.
incident-confirmed-all = Bunlar arasında, iki bağımsız ölçümün gösterdikleri:
incident-confirmed-newest = Bunların en yenileri arasında, iki bağımsız ölçümün gösterdikleri:
incident-by-kind = türüne göre: { $counts }
incident-by-season = başlama zamanına göre: { $counts }
incident-by-length = süresine göre: { $counts }
incident-reading = Ek okuma ve daha önce
incident-reading-previous = Ek okuma: henüz yok. Daha önce:
incident-reading-none = Ek okuma: henüz yok. Daha önce: burada kayıtlı olay yok.
incident-reading-cited = Ek okuma, yukarıda anılan kaynaklar:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = web’de arşivlenmedi
incident-reading-before = Daha önce:
incident-reading-before-none = Daha önce: burada kayıt yok.
incident-articles = Ek okuma, editörlerin seçimi; başlıklar yayın kuruluşlarının kendi sözleridir:
incident-article = { $what } ({ $details })
incident-article-asked = arşiv kopyası istendi, doğrulanmadı
incident-article-failed = arşiv kopyası oluşturulamadı
incident-article-withdrawn = Bu listeden bir bağlantı kaldırıldı: { $time }. Belirtilen neden: { $reason }.
incident-newest-listed = En yeniler burada listelenmiştir. { $archive }
incident-archive = Bütün olaylar, aylara göre

## The method, and who we are

incident-method = Yöntem
incident-baseline = %100 = { $baseline }. Seviye, ölçüm değerinin buna bölümüdür. Uygulanan kural: { $rule }.
incident-method-more = Yöntem hakkında daha fazla bilgi
incident-method-families = Eksik veriler boşluk olarak gösterilir ve hiçbir zaman sıfır sayılmaz. Sinyaller, aynı şeyi gözlemleyen ailelere ayrılır: ping ölçümü, trafik, yönlendirme, telemetri, teleskoplar. Bir aksamanın doğrulanması için aynı zaman aralığında iki bağımsız aile gerekir; yalnızca bir ailenin gösterdiği, “olası” diye adlandırılır. Doğrulanan, aksamanın kendisidir; hiçbir zaman nedeni değildir.
incident-method-times = Zamanlar birer aralıktır: Başlangıç, son normal ölçümün bitişi ile normal olmayan ilk ölçümün bitişi arasındadır.
incident-method-words = Sözle verilen miktarların ardında sayılar vardır. Normal seviyenin %90’ı veya daha fazlası eksikse bağlantının “neredeyse tamamı”, %50’sinden itibaren “büyük bölümü”, %20’sinden itibaren “bir bölümü” kesiktir. Aksamaya, normal seviyenin %75’i veya daha fazlası kaldığı sürece “hafif”, %50’nin altında “ciddi” denir; %20’nin altında “neredeyse tam” kesinti veya hizmet kaybından söz edilir. “Civarı”, zamanın 15 dakikalık bir aralık içinde bilindiğini belirtir; bilinen tek şey günün tek bir bölümü içindeki 3 saatlik veya daha uzun bir aralıksa o bölümün adı verilir: ilgili yerin saatiyle “sabah” saat 5’te, “öğleden sonra” saat 12’de, “akşam” saat 18’de başlar.
incident-independence = Bağımsızlık
incident-independence-text = Outagewire, bağlantı ölçümlerini izler ve aksamaları her sayının ardındaki verilerle birlikte bildirir. Her ülke ve her ağ için aynı kurallar, eşikler ve sözcükler geçerlidir. Metinleri ve grafikleri bu verilerden bir yazılım üretir; bir kişi onları onaylamış veya düzenlemişse bu da kayıtlarda yer alır.
incident-feeds = Bu yeri takip edin: { $place }. Düzeltmeler ve geri çekilen haberler: { $corrections }.
incident-corrections = Düzeltmeler ve iletişim
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = Bu sayfada hiçbir şey düzeltilmedi.
incident-contact = Basın, düzeltmeler ve sorular (ağları işletenlerden veya burada adı geçenlerden gelenler dahil): { $contact }.

## Sources, and other forms of the page

incident-licences = Kaynaklar, lisanslar ve alıntılama
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = Bu sayfadan bir grafiği, sayıyı veya dosyayı kullandığınız her yerde bu kaynakları belirtin. Alıntılama biçimi:
incident-cite = { $publisher }, “{ $title }”, olay { $incident }, adım { $step }: { $time }, { $address }
incident-formats = Bu sayfanın başka biçimleri: { $text }, { $data }; siteye gömmek için: { $following } veya { $frozen }.
incident-format-text = düz metin
incident-format-data = veri
incident-format-following = en yeni adımı izleyen sürüm
incident-format-frozen = şu anki hâliyle
incident-as-text = Bu sayfa, düz metin olarak
incident-as-data = Bu sayfadaki bilgiler, veri olarak
incident-evidence = { $evidence }: yayımlananlar ile bunların dayandığı ölçüm değerleri, kurallar ve parametreler. İçindeki README.txt dosyası, bunun nasıl denetleneceğini açıklar.
incident-evidence-link = Bu sayfanın dayanakları (ZIP)
incident-text-drill = TATBİKAT: Bu metindekilerin hiçbiri şu anda gerçekleşmiyor.
incident-text-reconstruction = TEMSİLÎ CANLANDIRMA: Bu metindeki her şey yayımlanmış bilgilere dayanarak hazırlandı; ölçüm değil.
incident-text-id = Olay { $incident }
incident-text-cause = { $cause } Kayda geçtiği zaman: { $time }.

## The version history

incident-versions = Sürüm geçmişi
incident-versions-note = Her adım, bu sayfanın ilk paragrafının yeni bir sürümünü oluşturur. Bir önceki adıma göre { $added } ve { $removed }.
incident-versions-added = yeni sözcüklerin altı çizilidir
incident-versions-removed = çıkarılan sözcüklerin üstü çizilidir
incident-versions-earlier = Önceki sürümler: { $n }
incident-version = { $step }, { $time }. Seviye: { $level }. Başlangıç: { $onset }. Gerekçe: { $reason }.
incident-version-step = Adım { $step }, { $label }
incident-version-level = bilinmiyor

## What 100 percent is

methods_long-weekly = önceki dört haftada, haftanın aynı gün ve saatindeki ölçümlerin ortancası
methods_long-daily = dört haftadan az kayıt bulunduğu sürece, önceki günlerde günün aynı saatindeki ölçümlerin ortancası
methods_long-flat = kayıtlı geçmiş az olduğu sürece, önceki günlerdeki ölçümlerin ortancası
methods_long-kept = başlangıçtan önceki haftanın seviyesi; haftalardır sürdüğü için değiştirilmedi: ortanca veya günün akışını izleyen sinyallerde haftanın aynı gün ve saati
methods_long-none = belirlenmedi: kayıtlı geçmiş çok az
methods_long-unknown = daha önceki benzer saatlerin ölçümlerine göre beklenen değer

## What a disruption of this class means for people

meaning-operator = Bu sınıftan bir aksama, adı geçen ağların müşterilerini ağ katmanında etkiler. Başka ağları kullananlar pek bir şey fark etmeyebilir. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar ve işe yaramayabilir.
meaning-mobile = Bu sınıftan bir aksama, mobil interneti ağ katmanında etkiler. Sabit hatlar çalışmayı sürdürebilir. Bağlantının kendisi kesikse engel aşma yazılımları ve VPN’lerin işe yaraması pek olası değildir; bağlantı yalnızca yavaşlatılmış veya filtrelenmişse işe yarayabilirler.
meaning-regional = Bu sınıftan bir aksama, ülkenin bir bölümünde bağlantıyı ağ katmanında etkiler. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir.
meaning-place = Bu sınıftan bir aksama, bağlantıyı ağ katmanında etkiler. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir.
meaning-national = Bu sınıftan bir aksama, ülkenin büyük bölümünde bağlantıyı ağ katmanında etkiler. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir. Ülkede barındırılan sitelere ve hizmetlere yurt dışından da erişilemeyebilir.

## Classes by the pattern in the data

classes-national-blackout-name = ülke genelinde kesinti
classes-national-blackout-meaning = Bu sınıftan bir aksama, bir ülkenin büyük bölümünde bağlantıyı ağ katmanında ortadan kaldırır. İnternete ihtiyaç duyan aramaların, mesajların, ödemelerin ve hizmetlerin birlikte çalışmaz hâle gelmesi muhtemeldir. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir. Yabancı dolaşım veya uydu gibi, etkilenen ağlardan geçmeyen bağlantılar işe yarayabilir. Ülkede barındırılan sitelere ve hizmetlere yurt dışından da erişilemeyebilir.
classes-mobile-name = mobil ağlar
classes-mobile-meaning = Bu sınıftan bir aksama, mobil interneti ağ katmanında etkiler; sabit hatlar ise normaldir. Yalnızca telefonla çevrim içi olanların çoğunun bağlantısı kesik olabilir; sabit hatlar ve bunlara bağlı Wi-Fi çalışmayı sürdürebilir. Bağlantının kendisi kesikse engel aşma yazılımları ve VPN’lerin işe yaraması pek olası değildir; bağlantı yalnızca yavaşlatılmış veya filtrelenmişse işe yarayabilirler.
classes-regional-name = bölgesel
classes-regional-meaning = Bu sınıftan bir aksama, bir ülkenin bir bölümünde bağlantıyı ağ katmanında etkiler; diğer bölümler ise normaldir. Ülke geneline ait rakamlarda pek görünmeyebilir. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir.
classes-operator-name = bazı ağlar
classes-operator-meaning = Bu sınıftan bir aksama, adı geçen ağların müşterilerini ağ katmanında etkiler. Başka ağları kullananlar pek bir şey fark etmeyebilir; ulaşılabilen başka bir ağ varsa onun çalışması muhtemeldir. Engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar ve işe yaramayabilir.
classes-partial-restriction-name = kısmi bir seviyede kalan
classes-partial-restriction-meaning = Bu sınıftan bir aksamada bağlantının bir bölümü kalır, bir bölümü gider; seviye saatlerce aynı kalır. Bu, bazı ağ veya bölgelerde bağlantının kesik, diğerlerinde ise kesik olmadığı, bağlantıların yavaşladığı veya kapasite kaybedildiği anlamına gelebilir. Bağlantının kaldığı yerde engel aşma yazılımları ve VPN’ler çalışabilir, ancak kapasite eksikliğini gideremez; bağlantının kalmadığı yerde işe yaramaları pek olası değildir.
classes-routing-only-name = yalnızca yönlendirme
classes-routing-only-meaning = Bu sınıftan bir aksamada rotalar küresel tablodan kaybolur; ping ölçümü veya trafik ise normaldir. İnsanlar pek bir şey fark etmeyebilir veya yalnızca bazı hizmetlerin yavaş ya da erişilemez olduğunu fark edebilir. Bu, çoğu zaman ağların adreslerini duyurma biçimindeki bir değişikliktir. Bağlantılar çalıştığı sürece engel aşma yazılımları ve VPN’lerin etkilenmesi pek olası değildir.
classes-power-like-name = kademeli, elektrikte olduğu gibi
classes-power-like-meaning = Bu sınıftan bir aksamada bağlantı bir anda durmaz; tek bir bölgede veya her gün yinelenen bir dalgalanmayla, bir saat veya daha uzun sürede zayıflar. Benzer örüntüler, donanım elektriksiz kaldığında ve başka olaylarda da görülür. Bağlantılar gidip gelebilir. Engel aşma yazılımları ve VPN’ler, bağlantı olmayan yerde işe yaramaz.
classes-cable-like-name = birden çok ülke aynı anda
classes-cable-like-meaning = Bu sınıftan bir aksama, birden çok ülkede yaklaşık aynı zamanda başlar. Benzer örüntüler, ülkelerin ortak kullandığı hatlar arızalandığında ve başka olaylarda da görülür. Bir ülkenin içindeki hizmetler çalışmayı sürdürürken uluslararası hizmetler yavaş veya erişilemez olabilir. Engel aşma yazılımları ve VPN’ler genellikle uluslararası bir bağlantıya ihtiyaç duyar ve kaybedilen kapasitenin yerini tutamaz.
classes-exam-like-name = birkaç gün aynı saatlerde
classes-exam-like-meaning = Bu sınıftan bir aksama birkaç gün aynı saatte yinelenir ve her seferinde yarım günden kısa sürede biter. Benzer örüntüler ulusal sınavlar sırasında ve planlı çalışmalarda da görülür. Sürdüğü sürece engel aşma yazılımları ve VPN’ler çalışan bir bağlantıya ihtiyaç duyar; bağlantı olmayan yerde işe yaramaları pek olası değildir. Sonraki günlerden birinde aynı saatte yinelenebilir.
classes-measurement-artefact-name = ölçümden kaynaklanıyor olabilir
classes-measurement-artefact-meaning = Örüntü, değişenin ağ değil ölçüm olabileceğini düşündürüyor: İnsanların bağlantısı normal olabilir. Bundan engel aşma yazılımları ve VPN’ler için bir sonuç çıkmaz.
classes-unknown-name = sınıf yok
classes-unknown-meaning = Örüntü, sınıfların hiçbirine uymuyor.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } şöyle diyor: { $statement }.
causes-A2 = Örüntü şununla uyumlu: { $statement }; başlıca diğer açıklama: { $alternative }. Bildiren: { $who }.
causes-A3 = Aksama emrini veren: { $who } (belge: { $statement }).
causes-withdrawn = Neden hakkında bir açıklama burada yer aldı ve geri çekildi. Açıklamayı yapan: { $who }; geri çekildiği zaman: { $time }; gerekçe: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }, { $date }
page-title_suspected = { $place }: yalnızca tek kaynağın gösterdiği düşüş, { $date }
page-drop = yalnızca tek kaynağın gösterdiği düşüş
page-title_retracted = { $place }: haber geri çekildi, { $date }

## Facts in numbers

facts-state = Durum
facts-place = Yer
facts-level = Son adımdaki seviye
facts-last_level = Son ölçümdeki seviye
facts-lowest = Şimdiye kadarki en düşük seviye
facts-lowest_of_all = En düşük seviye
facts-onset = Başlangıç
facts-ended = Bitiş
facts-duration = Süre
facts-lasting = Şimdiye kadarki süre
facts-networks = Ağlar
facts-regions = Bölgeler
facts-down = Düşüş gösteren sinyaller
facts-slightly_down = Normal seviyenin biraz altındaki sinyaller
facts-ordinary = Normal seviyedeki sinyaller
facts-usual_variation = Değişimi sayılamayacak kadar küçük veya kısa olan sinyaller
facts-silent = Güncel verisi olmayan sinyaller
facts-last_reading = { $name }: veri yok, son veri: { $time }
facts-last_judged = { $name }: değerlendirilebilir veri yok, bu türden son veri: { $time }
facts-no_reading = { $name } verisi yok; son veri: { $as_of }
facts-cuts = kesinti sayısı: { $n }; toplam süre: { $length }
facts-of_ordinary = { $level } (normal = %100), { $as_of }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = Düşüş: { $name }
timeline-returned = Normal seviyelere dönüş: { $name }
timeline-stated = Neden hakkında bir açıklama kayda geçti; açıklamayı yapan: { $who }
timeline-withdrawn = Neden hakkında bir açıklama geri çekildi; açıklamayı yapan: { $who }

## How earlier incidents are counted

history-quarter1 = ocak–mart
history-quarter2 = nisan–haziran
history-quarter3 = temmuz–eylül
history-quarter4 = ekim–aralık
history-hours = bir günden kısa
history-days = bir ila yedi gün
history-weeks = bir hafta veya daha uzun
history-between = süresi yeterince bilinmiyor
history-unended = bitişi bilinmiyor

## What befell a source

faults-ill-past = { $name } güvenilir değildi. Başlangıç: { $since }; bitiş: { $until }. Gerekçe: { $why }. Bu kaynak dışarıda bırakıldı: Sorunlu bir kaynak hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-ill-lasting = { $name } güvenilir değil. Başlangıç: { $since }. Gerekçe: { $why }. Bu kaynak dışarıda bırakılıyor: Sorunlu bir kaynak hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-ill-once = { $name } şu zamanda güvenilir değildi: { $since }. Gerekçe: { $why }. Bu kaynak dışarıda bırakıldı: Sorunlu bir kaynak hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-unanswered-past = { $name }: şu kaynağa yapılan istekler kullanılabilir bir yanıt almadı: { $source }. Başlangıç: { $since }; bitiş: { $until }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-unanswered-lasting = { $name }: şu kaynağa yapılan istekler kullanılabilir bir yanıt almıyor: { $source }. Başlangıç: { $since }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-unanswered-once = { $name }: şu kaynağa yapılan bir istek kullanılabilir bir yanıt almadı: { $source }. Zaman: { $since }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-silent-past = { $name } veri vermedi. Başlangıç: { $since }; bitiş: { $until }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-silent-lasting = { $name } veri vermiyor; son veri: { $since }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-silent-once = { $name } şu zamanda veri vermedi: { $since }. Sessizlik hiçbir zaman bir olayı açmaz veya kapatmaz.
faults-mute-past = { $name } için şu zamandan sonra değerlendirilebilir veri yoktu: { $since }. İlgili adım: { $at }. Bu, normal değil, bilinmiyor sayıldı.
faults-mute-past_undated = { $name } için değerlendirilebilir veri yoktu. İlgili adım: { $at }. Bu, normal değil, bilinmiyor sayıldı.
faults-mute-lasting = { $name } için şu zamandan sonra değerlendirilebilir veri yok: { $since }. İlgili adım: { $at }. Bu, normal değil, bilinmiyor sayılır.
faults-mute-lasting_undated = { $name } için değerlendirilebilir veri yok. İlgili adım: { $at }. Bu, normal değil, bilinmiyor sayılır.
faults-doubted-past = { $name } güvenilirlik denetimini şu adımda geçemedi: { $since }; şu adımda ise durum artık böyle değildi: { $until }. Bu kaynak dışarıda bırakıldı.
faults-doubted-lasting = { $name } güvenilirlik denetimini şu adımda geçemedi: { $since }. Bu kaynak dışarıda bırakıldı.
illnesses-many-unrelated-places-fell-at-once = izlenen yerlerin birçoğu aynı anda düştü
illnesses-the-median-of-all-places-is-low = yerlerin çoğunda aynı anda düşük değerler ölçüldü
illnesses-many-places-repeat-the-same-reading = birçok yer aynı ölçüm değerini yineliyor
illnesses-many-places-were-told-otherwise-afterwards = birçok yer için söylediğini sonradan başka türlü söyledi
illnesses-other = ölçüm değerleri birbiriyle çelişiyor

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = Kaynağın güvenilirliği: başka yerlerdeki ölçüm değerleri her zamanki gibi
checks-source-health-failed = Kaynak sorunlu olabilir: başka yerlerde de değerleri düşüktü, sabit kaldı veya yeniden yazıldı
checks-source-health-unanswered = Kaynağın güvenilirliği: denetlenemiyor
checks-source-rise-passed = Normale dönenlerin hiçbiri yalnızca diğer bütün yerlerle birlikte yükselmiş değil
checks-source-rise-failed = Kaynağın değerleri bütün yerlerde yüksek: dönüş olarak gösterdiği bildirilmiyor
checks-source-rise-unanswered = Bilinmiyor: kaynağın değerleri bütün yerlerde yüksek mi
checks-geolocation-passed = Başka hiçbir yer, bu yerin kaybettiğini kazanmadı
checks-geolocation-failed = Başka bir yer, bu yerin kaybettiğini kazandı: değişen yalnızca adreslerinin gösterildiği yer olabilir
checks-geolocation-unanswered = Bilinmiyor: başka bir yer, bu yerin kaybettiğini kazandı mı
checks-renumbering-passed = Hiçbir kardeş ağ adreslerini devralmadı
checks-renumbering-failed = Bu ağ düşerken bir kardeş ağ yükseldi: adreslerini devralmış olabilir
checks-renumbering-unanswered = Bilinmiyor: bir kardeş ağ adreslerini devraldı mı
checks-routes-without-service-passed = Söz konusu olan yalnızca rotalar değil: hizmet etkilenmiş durumda
checks-routes-without-service-failed = Rotalar düştü; ping ölçümü veya trafik sayılamayacak kadar az düştü ya da hiç düşmedi
checks-routes-without-service-unanswered = Bilinmiyor: rotalardan fazlası söz konusu mu
checks-people-without-network-passed = Söz konusu olan yalnızca insanların uzakta olması değil: ağ etkilenmiş durumda
checks-people-without-network-failed = İnsanların kullanımı düştü; ping ölçümü veya rotalar sayılamayacak kadar az düştü ya da hiç düşmedi
checks-people-without-network-unanswered = Bilinmiyor: insanların uzakta olmasından fazlası söz konusu mu
checks-shared-input-passed = Yalnızca bir adres haritasının değiştiğini gösteren bir şey yok
checks-shared-input-failed = Aynı adres haritasını kullanan sinyaller tek adımda düştü, kullanıcı trafiği ise normal: harita değişmiş olabilir
checks-shared-input-unanswered = Aynı adres haritasını kullanan sinyaller tek adımda düştü; kullanıcı trafiğinin de düşüp düşmediği denetlenemiyor
checks-addresses-without-people-passed = Söz konusu olan yalnızca adresler değil: kullanıcı trafiği de düştü
checks-addresses-without-people-failed = Adresler kaybedildi; kullanıcı trafiği normal
checks-addresses-without-people-unanswered = Bilinmiyor: adreslerden fazlası söz konusu mu
checks-one-vantage-passed = Birden çok gözlem noktası bunu görüyor
checks-one-vantage-failed = Bunu yalnızca ping ölçümü, kendi gözlem noktasından görüyor
checks-one-vantage-unanswered = Bilinmiyor: birden çok gözlem noktası bunu görüyor mu
checks-level-shift-passed = Kalıcı bir seviye değişikliğine benzemiyor
checks-level-shift-failed = Bu kadar uzun süredir sığ kalan düşüş, kesinti değil, kalıcı bir seviye değişikliği olabilir
checks-level-shift-unanswered = Bilinmiyor: bu, kalıcı bir seviye değişikliği mi
checks-expected-event-passed = Bu zaman için öngörülen bir düşüş yoktu
checks-expected-event-failed = Bu zaman için bir düşüş öngörülmüştü
checks-expected-event-unanswered = Bilinmiyor: bu zaman için bir düşüş öngörülmüş müydü
checks-partial-bin-passed = Eksik olabilecek en yeni ölçüm değerinin dışında da görülüyor
checks-partial-bin-failed = Bunu yalnızca en yeni ölçüm değeri gösteriyor ve o da eksik olabilir
checks-partial-bin-unanswered = Bilinmiyor: bunu en yeni ölçüm değerinden fazlası gösteriyor mu
checks-season-passed = Geçmiş haftaların başka hiçbir günü bu saatlerde bu kadar durgun değildi
checks-season-failed = Geçmiş haftaların başka günleri, hafta sonları veya tatiller, bu saatlerde bu kadar durgundu
checks-season-unanswered = Bilinmiyor: başka günler bu saatlerde bu kadar durgun muydu
checks-clock-change-passed = Söz konusu olan yalnızca saatin bir saat ileri veya geri alınması değil
checks-clock-change-failed = Ölçüm değerleri bir saat öncesi veya sonrası için normal: saat ileri veya geri alınmış olabilir
checks-clock-change-unanswered = Bilinmiyor: saat ileri veya geri alındı mı
checks-clock-passed = Düşen değerlerin tarihi şimdiden önce ve önceki değerlerden sonra
checks-clock-failed = Düşen bir ölçüm değerinin tarihi, olabileceğinden daha geç
checks-clock-unanswered = Bilinmiyor: düşen değerlerin tarihi doğru mu
checks-population-passed = Düşen, bir avuç ağdan fazlasını kapsıyor
checks-population-failed = Düşenin tamamı bir avuç ağdan oluşuyor: tek bir sağlayıcı, yerin bütününü oluşturuyor olabilir
checks-population-unanswered = Bilinmiyor: bir avuçtan fazla ağ düştü mü
checks-sympathetic-passed = Adı geçen her ağ, kendisine bağlananlardan daha fazlasını kaybetti
checks-sympathetic-failed = Bazı ağlar yalnızca başka bir ağda düşüş olduğu için düşmüş görünüyor; adları verilmiyor
checks-sympathetic-unanswered = Bilinmiyor: bazı ağlar yalnızca düşmüş gibi mi görünüyor

## Which rule applied

rules-two-families = iki bağımsız ölçüm birlikte düştü
rules-two-families-in-a-part = iki bağımsız ölçüm, yerin bir bölümünde birlikte düştü
rules-one-strong-family = bir ölçüm düştü ve başka hiçbir ölçüm bunu teyit etmiyor
rules-many-regions = bölgelerin onda biri düştü
rules-a-crowded-region = bir eyaletin veya ilin bölgelerinin dörtte biri düştü
rules-a-network-vanished = bir ağ, yönlendirmeden veya ping ölçümünden kayboldu
rules-several-shallow-families = trafik ve başka bir ölçüm birlikte biraz düştü
rules-weak-family-only = yalnızca çok dalgalanan bir ölçüm düştü
rules-not-yet-borne-out = henüz başka hiçbir ölçüm bunu teyit etmiyor
rules-parts-only = yalnızca birkaç ağ veya bölge, tek bir ölçümde düştü
rules-ordinary = değerlendirilebilen her şey normal
rules-unknown = hiçbir şey değerlendirilemiyor
rules-held-back = bir denetim nedeniyle doğrulanmadı: { $result }
rules-held-back-unanswered = bir denetim yanıtsız olduğu için doğrulanmadı: { $result }
rules-a-family-is-back = bir ölçüm normale döndü
rules-a-network-is-back = bir ağ normale döndü
rules-a-person-corrected-it = bir editör düzeltti
rules-a-person-withdrew-it = bir editör geri çekti
rules-a-source-rises-everywhere = kaynağın değerleri bütün yerlerde yüksek
rules-all-families-back = düşen her şey normale döndü
rules-changes-too-often = değişiklikler, her biri bildirilemeyecek kadar sık
rules-fell-again = yeniden düştü
rules-fell-again-in-one-family-only = yalnızca bir ölçümde yeniden düştü
rules-fell-again-in-two-families = sonraki bir ölçüm, tek kaynağın gösterdiğini doğruluyor
rules-fell-before-the-return = geç gelen bir ölçüm değeri, dönüşten önce bir düşüş gösteriyor
rules-hours-passed = sürüyor: günlük güncelleme
rules-level-rose = seviye yükseldi
rules-level-shift = düşük seviye olağan hâle geldi
rules-new-networks = daha fazla ağ veya bölge düştü
rules-no-change = hiçbir şey değişmedi
rules-off-again = kısmi düzelmeden sonra yeniden düştü
rules-only-parts-still-down = yalnızca yerin bazı bölümleri hâlâ düşük
rules-readings-were-revised = kaynak ölçümlerini güncelledi
rules-scope-grew = yerin daha büyük bir bölümü etkileniyor
rules-severity-grew = derinleşti
rules-still-falling = hâlâ düşüyor
rules-too-soon = son haberin üzerinden çok az zaman geçti
rules-taken-back-already = zaten geri çekilmişti
class_rules-withdrawn = haber geri çekildi
class_rules-an-artefact-check-failed = bir denetim, ölçümü kusurlu buldu
class_rules-routes-down-service-ordinary = hizmet normalken rotalar düştü
class_rules-not-corroborated = doğrulanmadı
class_rules-same-hour-on-many-days = birkaç gün aynı saatte düştü
class_rules-several-countries-at-once = yarım saat içinde birden çok ülke düştü
class_rules-gradual-and-regional-or-daily = yavaş düştü; düşüş yalnızca bölgelerdeydi veya her gün yinelenen bir dalgalanma gösterdi
class_rules-mobile-networks-only = bir sabit ağ normalken mobil ağlar düştü
class_rules-regions-only = yalnızca bölgeler düştü
class_rules-held-between = normal seviyenin %15’i ile %75’i arasında ve altı saat boyunca yaklaşık aynı kaldı
class_rules-most-of-a-country = bir ülkenin bütünü normal seviyenin beşte birinin altına düştü
class_rules-single-networks = bazı ağlar düştü
class_rules-no-pattern = hiçbir kural uymadı

## Where a text was posted

posted-apprise = mesajlaşma uygulaması
posted-bluesky = Bluesky
posted-file = dosya
posted-mail = e-posta
posted-mastodon = Mastodon
posted-matrix = Matrix
posted-ntfy = bildirim
posted-readers = abonelere e-posta
posted-telegram = Telegram
posted-webhook = başka bir program
posted-websub = akış
posted-x = X
posted-other = başka bir kanal
