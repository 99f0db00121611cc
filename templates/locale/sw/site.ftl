# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = Zoezi
site-mark-reconstruction = Taarifa, si vipimo
severity-minor = mdogo
severity-moderate = wa kati
severity-major = mkubwa
severity-near-total = karibu kabisa

## The front page

home-title = Kukatika kwa intaneti, pamoja na ushahidi
home-description = Usumbufu wa intaneti kadiri unavyogunduliwa, unavyothibitishwa na unavyokwisha.
home-updated = Sasisho la mwisho: { $time }.
home-subscribe = Jiandikishe: { $ways }.
home-subscribe-all = matukio yote (Atom)
home-subscribe-corrections = masahihisho (Atom)
home-subscribe-more = milisho zaidi
home-subscribe-mail = kwa barua pepe
home-now = Yanayotokea sasa
home-none-open = Hakuna tukio lililo wazi lililochapishwa.
home-places = Mahali pote kwa mtazamo mmoja: kiwango cha kila nchi na kila mtandao unaofuatiliwa
home-map-note = Nchi zenye tukio lililo wazi katika ukurasa huu, kwa ukubwa wake wa juu zaidi: { $severities }. Orodha inazitaja zote; nchi isiyo na rangi haijulikani kuwa haina ukatikaji. Mipaka: Natural Earth.
home-map = Nchi zenye tukio lililo wazi: { $incidents }
home-map-empty = Hakuna nchi iliyowekwa alama: hakuna tukio lililo wazi lililochapishwa
home-timeline = Lini, na kwa muda gani
home-past = Yaliyopita
home-follow = Fuatilia
home-follow-all = Matukio yote: { $feeds }. Masahihisho na taarifa zilizofutwa: { $corrections }. Ukurasa wa tukio una kiungo cha mlisho wa nchi yake.
home-follow-mail = { $link }: unachagua mahali, na ukubwa wa mshuko.
home-follow-mail-link = Kwa barua pepe
home-follow-alerts = { $link }: kwa programu zinazosambaza tahadhari kwa umma. Kila tahadhari inaeleza jinsi inavyokusudiwa; iliyowekwa alama ya jaribio haipaswi kusambazwa kama tahadhari.
home-follow-alerts-link = Tahadhari (CAP 1.2)
home-follow-map = { $link }: matukio yaliyo wazi sasa, pamoja na mahali pake, kwa ramani.
home-follow-map-link = Data ya ramani (GeoJSON)
home-follow-calendar = { $link }: nyakati ambazo mshuko unatarajiwa, kama matengenezo yaliyotangazwa.
home-follow-calendar-link = Kalenda (iCalendar)
home-follow-api = { $link }: mahali, matukio, na vipimo vilivyo msingi wa chati.
home-follow-api-link = Data kwa programu (JSON, kwa maelezo ya OpenAPI)
home-sources = Vyanzo
home-sources-note = Hali hadi { $time }. Chanzo chenye hitilafu au kilicho kimya kamwe hakifungui wala hakifungi tukio. { $link }
home-sources-note-link = Yaleyale kama data (JSON)
home-column-signal = Kiashiria
home-column-reading = Kipimo cha mwisho
home-column-state = Hali
home-no-reading = bado hakuna

## The page of a country or a network

place-title = Intaneti, { $place }: viwango na ukatikaji
place-description = Viwango vilivyopimwa vya intaneti ({ $place }), siku 28 zilizopita, na ukatikaji uliorekodiwa.
place-country = Nchi au eneo
place-network = Mtandao AS{ $number }
place-network-within = Mtandao AS{ $number }, { $country }
place-now = Sasa
place-column-level = Kiwango
place-column-reading = Kipimo cha mwisho kilichochapishwa
place-unpublished = hakuna kipimo kilichochapishwa
place-unpublished-month = hakuna katika siku 28
place-level-note = Kiwango ni kipimo kwa asilimia ya kile kinachotarajiwa kutokana na saa na siku zilizotangulia. Kutokuwepo kwa kipimo kilichochapishwa hakusemi lolote kuhusu mtandao: vipimo vinaweza kuchelewa, kukosekana, au kuwa bado havijakaguliwa.
place-no-levels = Hakuna kipimo kilichochapishwa.
place-days = Siku 28 zilizopita
place-days-note = Wastani wa kila saa; ukingo wa chini wa chati ni 0. Pengo ni saa isiyo na kipimo kilichochapishwa. Siku ni za UTC.
place-highest = Saa ya juu zaidi: { $value }
place-chart = { $signal }, { $first } hadi { $last }: kati ya { $lowest } na { $highest }; vipimo katika saa { $read } kati ya { $hours }
place-chart-empty = { $signal }, { $first } hadi { $last }: hakuna kipimo kilichochapishwa
place-history = Matukio yaliyorekodiwa
place-ended-one = Tukio moja la mahali hapa limekwisha. Muda: { $longest }.
place-ended-two = Matukio mawili ya mahali hapa yamekwisha. Muda wa refu zaidi: { $longest }.
place-ended-more = Matukio ya mahali hapa yaliyokwisha: { $n }. Muda wa wastani (kati): { $median }; muda wa refu zaidi: { $longest }.
place-classes = Matukio yaliyothibitishwa, kwa aina
place-column-class = Aina
place-column-incidents = Matukio
place-column-median = Muda wa wastani (kati)
place-column-longest = Refu zaidi
place-not-given = haijatolewa
place-classes-note = Aina inaeleza jinsi muundo katika data unavyoonekana, si nani wala kwa nini. Mazoezi, matukio yaliyofutwa, na matukio yaliyorekodiwa kwa mahali au mtandao mwingine hayahesabiwi.
place-classes-durations = Muda hutolewa pale ambapo angalau matatu yamekwisha.
place-classes-newest = Matukio mapya zaidi tu ndiyo yamehesabiwa.
place-seasons = Kwa wakati wa mwanzo, saa za mahali: { $counts }.
place-follow = Fuatilia, na data
place-feeds = Matukio ya mahali hapa: { $feeds }.
place-feeds-all = Matukio ya mahali pote: { $feeds }.
place-feed-later = Mlisho wa mahali hapa utaanza na tukio lake la kwanza.
place-data = Matukio kama data (JSON)
place-mail = Matukio ya mahali hapa kwa barua pepe
place-sources = Vyanzo: { $credits }.

## All places

places-title = Mahali pote kwa mtazamo mmoja
places-description = Kiwango cha intaneti katika kila nchi na kila mtandao unaofuatiliwa.
places-note = Kila mahali panapofuatiliwa, pamoja na kiwango cha kila kiashiria: kipimo chake cha mwisho kwa asilimia ya kile kinachotarajiwa kutokana na saa na siku zilizotangulia. Hali hadi { $time }; wakati ulio kando ya kiwango ni wa kipimo chake: mwezi, siku na saa.
places-utc = Nyakati ni za UTC.
places-missing-note = “Hakuna kipimo kilichochapishwa” haisemi lolote kuhusu mtandao: vipimo vinaweza kuchelewa, kukosekana, au kuwa bado havijakaguliwa.
places-countries = Nchi na maeneo
places-countries-letters = Nchi kwa herufi
places-networks = Mitandao
places-networks-letters = Mitandao kwa herufi
places-column-place = Mahali
places-column-incident = Tukio
places-unwatched = hapafuatiliwi
places-no-incident = hakuna lililochapishwa
places-empty = Bado hakuna vipimo vilivyochapishwa. Orodha itaonekana pamoja na cha kwanza.

## The words of the script

script-zone = Onyesha nyakati katika saa za eneo langu
script-zone-back = Onyesha nyakati katika UTC
script-zone-note = Nyakati sasa ni za eneo lako la saa, { $zone }, isipokuwa palipoandikwa UTC: katika matini kama yalivyochapishwa, katika vipindi vya muda na katika picha.
script-filter = Chuja kwa jina
script-filter-shown = Zinazoonyeshwa: { $shown } kati ya { $all }
script-chart-time = Wakati kwenye chati
script-chart-reading = { $hours ->
    [1] Kipimo cha mwisho cha saa inayoishia { $time }:
   *[other] Kipimo cha mwisho cha saa { $hours } zinazoishia { $time }:
}
script-chart-closer = Kuza kuzunguka wakati huu
script-chart-whole = Onyesha kipindi chote
script-chart-shown = Kinachoonyeshwa: { $from } hadi { $to }
script-chart-failed = Chati haikuweza kupakiwa tena.

## The front page's chart where the archive has more than it shows

newest-line = Usumbufu mpya zaidi uliorekodiwa: { $n }
newest-line_going = Usumbufu mpya zaidi uliorekodiwa: { $n }, ambao haujakwisha: { $going }

## How a source stands now

standings-ordinary = kawaida
standings-untold = vipimo vinafika; mahali panapofuatiliwa ni pachache mno kujua kama kina hitilafu
standings-unheard = bado hakuna kipimo
standings-silent = kimya tangu { $since }
standings-ill = kina hitilafu tangu { $since }: { $why }
standings-ill_undated = kina hitilafu: { $why }
