# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = Bildirildiği zaman: { $time }
embed-frozen = Bu, bildirildiği gibi kalır. { $page } daha yeni adımlar içerebilir. { $credits }.
embed-frozen-page = Sayfa
embed-full = Veriler ve düzeltmelerle birlikte tam sayfa
picture-corrected = Sonradan: { $label }, { $time }: { $facts }
picture-title = Görsel { $picture }
picture-description = { $incident } olayına ait bir grafiğin değişmeyen aslı, SHA-256 değeri ve verileriyle.
picture-approved = Bu, yayın için onaylandığı hâliyle, bayt bayt aynı grafiktir.
picture-shown = Bu, adımın grafiğinin sayfada gösterildiği hâlidir.
picture-same = Elinizdeki görsel, yalnızca aynı şeyi gösteriyorsa ve dosyasının SHA-256 değeri aynıysa aynıdır. Hizmetler görselleri çoğu zaman yeniden kaydeder ve dosya değişir: o zaman ne gösterdiğini karşılaştırın.
picture-incident = Olay
picture-step = Adım
picture-data = Veri
picture-sources = Kaynaklar
picture-all = Tüm görseller
picture-all-of-incident = bu olayın
pictures-title = { $incident } görselleri
pictures-description = { $incident } olayının grafikleri, yayımlandıkları hâlleriyle ve SHA-256 değerleriyle.
pictures-none = Bu olayın görseli yok.
picture_check-title = Bir görseli denetleyin
picture_check-description = Size gösterilen bir grafiğin bize ait ve değişmemiş olup olmadığını nasıl denetlersiniz.
picture_check-intro = Her grafik son satırında olayını belirtir, örneğin “olay { $example }”. Aslını görmenin iki yolu vardır.
picture_check-by-incident = Olayın kimliğiyle: bu sitede { $folder } ve kimliği açın. O sayfa, olayın her grafiğini yayımlandığı hâliyle listeler. Size gösterilenle karşılaştırın.
picture_check-by-file = Dosyayla: SHA-256 değerini hesaplayın, örneğin { $command } ile, ve { $folder } ile ilk on iki haneyi açın. Bir sayfa varsa ve tüm haneler aynıysa dosya değişmemiştir. Hizmetler görselleri çoğu zaman yeniden kaydeder ve dosya değişir: o zaman birinci yolu kullanın.
picture_check-none = Bir grafikteki kimliğin burada sayfası yoksa haber kaldırılmıştır ya da grafik bize ait değildir.
