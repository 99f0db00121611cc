# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = Kukatika kwa intaneti
site-feed-corrections = Masahihisho na taarifa zilizofutwa
site-skip = Nenda kwenye maandishi
site-navigation = Tovuti
site-languages = Lugha
site-places = Mahali
site-archive = Kumbukumbu
site-digest = Muhtasari
site-corrections = Masahihisho
site-status = Hali ya vyanzo
site-methodology = Mbinu
site-about = Kuhusu sisi
site-feeds = Milisho
site-unpublished = Kwa mwendeshaji pekee: ukurasa huu unaonyesha matukio ambayo hayajachapishwa. Usiupitishe kwa wengine.
site-unreviewed = Tafsiri hii ilitengenezwa na mashine, na hakuna mtu aliyeikagua. Ukurasa unaotegemewa ni ule wa asili: { $language }.
site-reconstruction = Taarifa, si vipimo: kila kitu katika kurasa hizi kimetokana na taarifa zilizochapishwa, hakikupimwa.
site-replayed = Marudio au zoezi: kurasa hizi hazionyeshi kinachotokea sasa.
site-scorecard = Mara ngapi tulikuwa sahihi
site-contact = Masahihisho na maswali: { $contact }.
site-no-contact = hakuna anwani iliyowekwa

## The first paragraph

lead-retracted = Taarifa hii ya usumbufu { $within } imefutwa.
lead-usual = Hali hadi { $as_of }: kiwango cha chini sasa ndicho kinachozoeleka, kwa hiyo huenda ni mabadiliko ya kudumu na si usumbufu.
lead-suspected = Chanzo kimoja ({ $source_one }) kinaonyesha kushuka kwa muunganisho { $within }; hakuna chanzo kingine kilichothibitisha.
lead-suspected-eased = Kushuka kwa muunganisho { $within } kulikoonyeshwa na chanzo kimoja ({ $source_one }) bila kuthibitishwa na kingine kumepungua.
lead-restored-alone = Chanzo kimoja ({ $source_one }) kilionyesha kushuka kwa muunganisho { $within }; hakuna chanzo kingine kilichothibitisha, na chanzo hicho kimerudi katika viwango vya kawaida, { $as_of }.
lead-drop-began = { drop-began }
lead-drop-began-ended = Mwanzo wa kushuka: { $onset }; mwisho: { $ended }.
lead-restored = Muunganisho { $within } umerejea katika viwango vya kawaida, { $as_of }.
lead-worst-began = Katika kilele chake: { $a_noun }. Mwanzo wa usumbufu: { $onset }.
lead-worst-began-ended = Katika kilele chake: { $a_noun }. Mwanzo wa usumbufu: { $onset }; mwisho: { $ended }.
lead-confirmed = { $families ->
    [one] Vipimo huru vinathibitisha { $a_noun } { $within }; kimoja kati ya vipimo hivyo bado kinaonyesha kushuka: { $sources }.
    [two] Vipimo viwili huru vinathibitisha { $a_noun } { $within }: { $sources }.
    [three] Vipimo vitatu huru vinathibitisha { $a_noun } { $within }: { $sources }.
    [four] Vipimo vinne huru vinathibitisha { $a_noun } { $within }: { $sources }.
    [five] Vipimo vitano huru vinathibitisha { $a_noun } { $within }: { $sources }.
   *[other] Vipimo huru vinathibitisha { $a_noun } { $within }: { $sources }.
}
lead-confirmed-partly = { $families ->
    [one] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo huru vinavyothibitisha; kimoja kati ya vipimo hivyo bado kinaonyesha kushuka: { $sources }.
    [two] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo viwili huru vinavyothibitisha: { $sources }.
    [three] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo vitatu huru vinavyothibitisha: { $sources }.
    [four] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo vinne huru vinavyothibitisha: { $sources }.
    [five] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo vitano huru vinavyothibitisha: { $sources }.
   *[other] Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama vipimo huru vinavyothibitisha: { $sources }.
}
lead-facts-confirm = Taarifa zilizochapishwa zinathibitisha { $a_noun } { $within }.
lead-facts-confirm-partly = Muunganisho { $within } umerejea kwa sehemu baada ya { $a_noun }, kama taarifa zilizochapishwa zinavyothibitisha.
lead-corrected = Masahihisho: { $statement }
lead-wrong-lowest = Masahihisho: tangu { $wrong_at } tulitaja kiwango cha chini kabisa kuwa { $wrong_lowest } ya kiwango cha kawaida; kulingana na vipimo vilivyorekebishwa, kilikuwa { $lowest }.
lead-wrong-onset = Masahihisho: tangu { $wrong_at } tulitaja mwanzo kuwa { $wrong_onset }; vipimo vilivyorekebishwa vinaonyesha wakati tofauti.
lead-wrong-onset-too = Tulitaja mwanzo kuwa { $wrong_onset }; vipimo vilivyorekebishwa vinaonyesha wakati tofauti.

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }, { $time }
incident-earlier = Awali: { $n }
incident-more = Zaidi: { $n }
incident-csv = Data (CSV)
incident-drill = Zoezi: hakuna lolote katika ukurasa huu linalotokea sasa.
incident-reconstruction = Taarifa, si vipimo: kila kitu katika ukurasa huu kimetokana na taarifa zilizochapishwa, hakikupimwa.
incident-silent = Hakuna kipimo tangu { $time }
incident-as-of = Hali hadi { $time }
incident-reported-once = Tukio { $incident }, limechapishwa na { $publisher }. Taarifa ya kwanza: { $first }.
incident-reported-often = Tukio { $incident }, limechapishwa na { $publisher }. Taarifa ya kwanza: { $first }; ya karibuni zaidi: { $last }.
incident-numbers = Kwa takwimu

## What was said

incident-posts = Yaliyochapishwa, mapya zaidi kwanza
incident-check-picture = Hakiki picha hii
incident-text-in = Kwa lugha: { $language }
incident-text-shorter = Maandishi mafupi zaidi
incident-posted = Imechapishwa { $where }.
incident-not-posted = Bado haijachapishwa.
incident-step-csv = Data ya hatua hii (CSV)
incident-folded-updates = { $n ->
    [1] Taarifa mpya moja ya kila siku: { $first }
   *[other] Taarifa mpya { $n } za kila siku: { $first } hadi { $last }
}
incident-folded-steps = { $n ->
    [1] Hatua moja ya awali: { $first }
   *[other] Hatua { $n } za awali: { $first } hadi { $last }
}
incident-folded-mixed = { $updates ->
    [1] Hatua { $n } za awali, moja kati yake ni taarifa mpya ya kila siku: { $first } hadi { $last }
   *[other] Hatua { $n } za awali, { $updates } kati yake ni taarifa mpya za kila siku: { $first } hadi { $last }
}

## The chart and its table

incident-chart = Chati mpya zaidi
incident-table = Data ya chati hii katika jedwali
incident-table-note = { $hours ->
    [1] Asilimia ya kiwango cha kawaida. Kila safumlalo ina kipimo cha mwisho cha muda wa saa moja unaoishia wakati wake; { $readings }.
   *[other] Asilimia ya kiwango cha kawaida. Kila safumlalo ina kipimo cha mwisho cha muda wa saa { $hours } unaoishia wakati wake; { $readings }.
}
incident-table-csv = vipimo vyote (CSV)
incident-table-label = Data ya chati mpya zaidi
incident-table-until = Hadi { $utc }
incident-table-none = hakuna kipimo
incident-charts = Data hiyohiyo katika chati nyingine

## The timeline

incident-timeline = Mfuatano wa matukio, mapya zaidi kwanza
incident-timeline-note = Taarifa ni yale yaliyochapishwa hapa. Vipimo ni yale ambayo data iliyopimwa inaonyesha. Muktadha ni yale ambayo mtu aliyaweka kwenye kumbukumbu, pamoja na chanzo; hayakupimwa.
incident-kind-event = Taarifa
incident-kind-measurement = Kipimo
incident-kind-context = Muktadha

## What is happening, and what it means

incident-happening = Nini kinatokea { $within }?
incident-causes = Yanayosemwa kuhusu sababu
incident-cause-recorded = ({ $source }; kwenye kumbukumbu tangu { $time })
incident-cause-archived = ({ $source }, { $copy }; kwenye kumbukumbu tangu { $time })
incident-cause-source = chanzo
incident-cause-copy = nakala iliyohifadhiwa
incident-meaning = Maana ya usumbufu wa aina hii
incident-class = Jinsi aina yake ilivyoamuliwa
incident-class-note = Aina inaeleza jinsi muundo katika data unavyoonekana, kwa kanuni zilezile kwa kila nchi; haisemi lolote kuhusu nani au kwa nini.
incident-class-step = Hali hadi { $time }: { $name } ({ $rule }; toleo la { $version } la kanuni).

## Who is cut off

impact-heading = Nani amekosa muunganisho
impact-caption = Mitandao inayofuatiliwa, hadi hatua ya karibuni zaidi
impact-column-kind = Aina
impact-column-watched = Inayofuatiliwa
impact-column-down = Iliyoshuka
impact-column-unknown = Isiyojulikana
impact-column-level = Kiwango cha kati (median) cha iliyoshuka
impact-level = { $level } ya kiwango cha kawaida
impact-level-unknown = hakijulikani
impact-none-down = hakuna ulioshuka
impact-none-watched = hakuna mtandao unaojulikana kuwa wa aina hii unaofuatiliwa
impact-note = Isiyojulikana si kawaida: mtandao usiotoa data hauhesabiwi kuwa umeshuka wala kuwa uko kawaida. Mitandao ya aina nyingine, au ya aina tusiyoijua, haimo katika jedwali hili.
impact-no-networks = Hakuna mtandao unaojulikana kuwa wa simu, wa laini zisizohamishika au wa upangishaji unaofuatiliwa hapa.
affected-regions = Maeneo yaliyoshuka
affected-networks = Mitandao iliyoshuka
affected-column-name = Jina
affected-column-signal = Kipimo
affected-column-level = Ya kawaida, katika hatua ya mwisho
affected-column-lowest = Cha chini zaidi
impact-kinds-mobile = Simu
impact-kinds-fixed = Laini zisizohamishika
impact-kinds-hosting = Upangishaji
impact-by-place = { $family }
impact-by-users = { $family } katika mitandao ya simu na ya laini zisizohamishika
impact-by-services = { $family } katika mitandao ya upangishaji
impact-users-ordinary = Watumiaji kufikia intaneti: kawaida. Watu wa huko wanafikia intaneti kama kawaida, kwa kadiri kipimo hiki kinavyoonyesha: { $by }.
impact-users-dropped = Watumiaji kufikia intaneti: kumeshuka. Watu wachache kuliko kawaida wanafikia intaneti huko, kama kipimo hiki kinavyoonyesha: { $by }.
impact-users-unknown = Watumiaji kufikia intaneti: haijulikani. Hakuna kinachopimwa hapa kinachoeleza kama watu wa huko wanafikia intaneti sasa.
impact-users-pending = Watumiaji kufikia intaneti: bado haijulikani. Tangu mwanzo, hakuna kipimo kinachoeleza kama watu wa huko wanafikia intaneti.
impact-services-ordinary = Kufikia huduma zilizopangishwa huko: kawaida. Yaliyopangishwa huko yanaweza kufikiwa kutoka kwingineko duniani, kwa kadiri kipimo hiki kinavyoonyesha: { $by }.
impact-services-dropped = Kufikia huduma zilizopangishwa huko: kumeshuka. Sehemu ndogo kuliko kawaida ya yaliyopangishwa huko inaweza kufikiwa kutoka kwingineko duniani, kama kipimo hiki kinavyoonyesha: { $by }.
impact-services-unknown = Kufikia huduma zilizopangishwa huko: haijulikani. Hakuna kinachopimwa hapa kinachoeleza kama dunia inafikia sasa yaliyopangishwa huko.
impact-services-pending = Kufikia huduma zilizopangishwa huko: bado haijulikani. Tangu mwanzo, hakuna kipimo kinachoeleza kama dunia inafikia yaliyopangishwa huko.

## What we cannot see

incident-observed = Tusichoweza kuona
incident-judged = Vinavyopimwa hapa, vyenye kipimo katika hatua ya karibuni zaidi: { $signals }.
incident-unjudged = Vinavyopimwa hapa, bila kipimo kinachoweza kutathminiwa: { $signals }. Hilo huhesabiwa kuwa lisilojulikana, si kuwa la kawaida.
incident-unmeasured = Visivyopimwa kwa mahali pote kwa ujumla: { $families }.
incident-apart = Muda kati ya vipimo: { $step }; kilicho kifupi zaidi huenda kisionekane.
incident-unnoticed = Kushuka kudogo mno au kufupi mno hakutambuliwi: { $methodology }.
incident-unnoticed-link = kushuka kunapaswa kuwa kwa kina na muda gani katika kila ishara
incident-unseen = Miunganisho iliyopunguzwa kasi, tovuti au programu zilizozuiwa, na kukatika katika mitandao au maeneo yasiyofuatiliwa huenda visionekane katika vipimo hivi.
incident-smallest = Mshuko mdogo zaidi unaoweza kugunduliwa
incident-smallest-note = Kwa mahali pote, kwa kanuni zinazotumika na tofauti ya kawaida ya vipimo katika hatua ya mwisho. Hata mshuko mkubwa zaidi unaweza kukosekana.
incident-smallest-alone = { $signal }: pekee hushukiwa tu kuanzia { $depth } chini ya kawaida; vipimo vya chini vinavyohitajika: { $n } ({ $span }).
incident-smallest-not-alone = { $signal }: pekee haishukiwi kamwe.
incident-smallest-joint = Pamoja na familia nyingine huhesabiwa tu kuanzia { $depth } chini ya kawaida; vipimo vya chini vinavyohitajika: { $n } ({ $span }).
incident-smallest-range = { $least } hadi { $most } (kulingana na saa)
incident-smallest-some = { $least } (saa nyingine hata mshuko kamili hauonekani)
incident-smallest-never = { $signal }: hakuna mshuko unaojitokeza kutoka tofauti ya kawaida.
incident-smallest-unknown = { $signal }: haijulikani; hakuna tofauti ya kawaida iliyohifadhiwa.
incident-smallest-confirmed = Mshuko huthibitishwa tu ikiwa familia mbili zinauonyesha pamoja.
incident-smallest-shallow = Mishuko midogo zaidi huhesabiwa tu ikiwa trafiki na familia nyingine zinaionyesha pamoja kwa { $time }.
incident-smallest-none = Mshuko mdogo zaidi unaoweza kugunduliwa hapa haujulikani.
incident-troubles = Vyanzo vilivyokuwa na hitilafu au kimya
incident-checks = Maelezo mengine yaliyokaguliwa
incident-checks-as-of = Hadi hatua ya karibuni zaidi:
incident-passed = Ukaguzi ambao haukupata kitu: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = Historia
incident-previous-count = Matukio ya awali { $within } yaliyorekodiwa hapa: { $n }.
incident-previous-more = Matukio ya awali { $within } yaliyorekodiwa hapa: zaidi ya { $n }.
incident-previous-none = Hakuna tukio lililorekodiwa hapa.
incident-confirmed-all = Kati ya hayo, yale yaliyoonyeshwa na vipimo viwili huru:
incident-confirmed-newest = Kati ya yale mapya zaidi, yaliyoonyeshwa na vipimo viwili huru:
incident-by-kind = kwa aina: { $counts }
incident-by-season = kwa wakati wa mwanzo: { $counts }
incident-by-length = kwa muda: { $counts }
incident-reading = Ya kusoma zaidi, na ya awali
incident-reading-previous = Ya kusoma zaidi: bado hakuna. Ya awali:
incident-reading-none = Ya kusoma zaidi: bado hakuna. Ya awali: hakuna tukio lililorekodiwa hapa.
incident-reading-cited = Kusoma zaidi, vyanzo vilivyotajwa hapo juu:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = haijahifadhiwa kwenye wavuti
incident-reading-before = Hapo awali:
incident-reading-before-none = Hapo awali: hakuna kilichorekodiwa hapa.
incident-articles = Soma zaidi, yaliyochaguliwa na wahariri; vichwa ni maneno ya wachapishaji:
incident-article = { $what } ({ $details })
incident-article-asked = nakala ya kumbukumbu imeombwa, haijathibitishwa
incident-article-failed = nakala ya kumbukumbu haikuweza kufanywa
incident-article-withdrawn = Kiungo kiliondolewa kwenye orodha hii: { $time }. Sababu iliyotolewa: { $reason }.
incident-newest-listed = Mapya zaidi yameorodheshwa hapa. { $archive }
incident-archive = Matukio yote, kwa mwezi

## The method, and who we are

incident-method = Mbinu
incident-baseline = 100% ni hii: { $baseline }. Kiwango ni kipimo kilichogawanywa kwa thamani hiyo. Kanuni iliyotumika: { $rule }.
incident-method-more = Zaidi kuhusu mbinu
incident-method-families = Vipimo visivyopatikana huonyeshwa kama mapengo na kamwe havihesabiwi kuwa sifuri. Viashiria hupangwa katika makundi yanayoangalia kitu kimoja: upimaji kwa ping, trafiki, njia za BGP, telemetria, darubini za mtandao. Makundi mawili huru katika muda uleule yanahitajika ili kuthibitisha usumbufu; kundi moja peke yake likiuonyesha, husemwa kuwa haujathibitishwa. Kinachothibitishwa ni usumbufu, kamwe si sababu yake.
incident-method-times = Nyakati ni vipindi: mwanzo uko kati ya mwisho wa kipimo cha mwisho cha kawaida na mwisho wa kipimo cha kwanza ambacho hakikuwa cha kawaida.
incident-method-words = Viwango vinavyotajwa kwa maneno vina nambari nyuma yake. “Karibu muunganisho wote” umekatika: 90% au zaidi ya kiwango cha kawaida imekosekana; “sehemu kubwa”: kuanzia 50%; “sehemu”: kuanzia 20%. Usumbufu huitwa mdogo wakati 75% au zaidi imebaki, na mkubwa chini ya 50%; chini ya 20%, huitwa kukatika karibu kabisa. “Takriban” maana yake ni wakati unaojulikana ndani ya dakika 15; pale linalojulikana ni muda wa saa 3 au zaidi tu katika sehemu moja ya siku, sehemu hiyo hutajwa: asubuhi ni kuanzia 05:00, mchana au jioni kuanzia 12:00, jioni au usiku kuanzia 16:00, usiku kuanzia 19:00, kwa saa za mahali hapo.
incident-independence = Uhuru wetu
incident-independence-text = Outagewire hufuatilia vipimo vya muunganisho na hutoa taarifa za usumbufu pamoja na data iliyo nyuma ya kila nambari. Kanuni, mipaka na maneno yaleyale hutumika kwa kila nchi na kila mtandao. Maandishi na chati hutengenezwa na programu ya kompyuta kutokana na data hiyo; pale mtu alipoyaidhinisha au kuyahariri, hilo ni sehemu ya kumbukumbu.
incident-feeds = Fuatilia mahali hapa: { $place }. Masahihisho na taarifa zilizofutwa: { $corrections }.
incident-corrections = Masahihisho na mawasiliano
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = Hakuna kilichosahihishwa katika ukurasa huu.
incident-contact = Vyombo vya habari, masahihisho na maswali, pia kutoka kwa wanaoendesha mitandao au waliotajwa hapa: { $contact }.

## Sources, and other forms of the page

incident-licences = Vyanzo, leseni, na jinsi ya kunukuu
incident-source = { $signal }: { $credit }. { $licence }.
incident-cite-as = Taja vyanzo hivi popote unapotumia chati, nambari au faili kutoka ukurasa huu. Nukuu hivi:
incident-cite = { $publisher }, “{ $title }”, tukio { $incident }, hatua ya { $step }: { $time }, { $address }
incident-formats = Ukurasa huu kama { $text }, kama { $data }, na wa kupachika: { $following }, au { $frozen }.
incident-format-text = maandishi matupu
incident-format-data = data
incident-format-following = ukifuata hatua mpya zaidi
incident-format-frozen = ulivyo sasa
incident-as-text = Ukurasa huu kama maandishi matupu
incident-as-data = Taarifa za ukurasa huu kama data
incident-evidence = { $evidence }: yaliyochapishwa, pamoja na vipimo, kanuni na vigezo vilivyo msingi wake. Faili yake README.txt inaeleza jinsi ya kuhakiki.
incident-evidence-link = Ushahidi wa ukurasa huu (ZIP)
incident-text-drill = ZOEZI: hakuna lolote katika maandishi haya linalotokea sasa.
incident-text-reconstruction = TAARIFA, SI VIPIMO: kila kitu katika maandishi haya kimetokana na taarifa zilizochapishwa, hakikupimwa.
incident-text-id = Tukio { $incident }
incident-text-cause = { $cause } Kwenye kumbukumbu tangu { $time }.

## The version history

incident-versions = Historia ya matoleo
incident-versions-note = Kila hatua hutoa toleo jipya la aya ya kwanza ya ukurasa huu. Ikilinganishwa na hatua iliyotangulia, { $added } na { $removed }.
incident-versions-added = maneno mapya yamepigiwa mstari chini
incident-versions-removed = maneno yaliyoondolewa yamekatwa kwa mstari
incident-versions-earlier = Matoleo ya awali: { $n }
incident-version = { $step }, { $time }. Kiwango: { $level }. Mwanzo: { $onset }. Msingi wa hatua: { $reason }.
incident-version-step = Hatua ya { $step }, { $label }
incident-version-level = hakijulikani

## What 100 percent is

methods_long-weekly = kipimo cha kati (median) cha saa hiyohiyo ya wiki katika wiki nne zilizotangulia
methods_long-daily = kipimo cha kati (median) cha saa hiyohiyo ya siku katika siku zilizotangulia, mradi zilizorekodiwa ni chini ya wiki nne
methods_long-flat = kipimo cha kati (median) cha siku zilizotangulia, mradi historia iliyorekodiwa ni fupi
methods_long-kept = kiwango cha wiki iliyotangulia mwanzo, kilichobakizwa kwa kuwa usumbufu umedumu kwa wiki kadhaa: kipimo cha kati (median), au, kwa viashiria vinavyofuata mwendo wa siku, saa hiyohiyo ya wiki
methods_long-none = haijawekwa: historia iliyorekodiwa ni fupi mno
methods_long-unknown = kinachotarajiwa kutokana na vipimo vya saa za awali zinazofanana

## What a disruption of this class means for people

meaning-operator = Usumbufu wa aina hii huathiri wateja wa mitandao iliyotajwa, katika tabaka la mtandao. Watu wa mitandao mingine huenda wasione tofauti kubwa. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na huenda zisisaidie.
meaning-mobile = Usumbufu wa aina hii huathiri data ya simu katika tabaka la mtandao. Laini zisizohamishika huenda zikaendelea kufanya kazi. Pale ambapo muunganisho wenyewe haupo, kuna uwezekano mdogo kwamba programu za kukwepa vizuizi na VPN zitasaidia; pale ambapo umepunguzwa kasi au kuchujwa tu, huenda zikasaidia.
meaning-regional = Usumbufu wa aina hii huathiri muunganisho katika tabaka la mtandao katika sehemu ya nchi. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo.
meaning-place = Usumbufu wa aina hii huathiri muunganisho katika tabaka la mtandao. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo.
meaning-national = Usumbufu wa aina hii huathiri muunganisho katika tabaka la mtandao katika sehemu kubwa ya nchi. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo. Tovuti na huduma zilizopangishwa nchini huenda pia zisifikiwe kutoka nje ya nchi.

## Classes by the pattern in the data

classes-national-blackout-name = kukatika karibu kabisa nchi nzima
classes-national-blackout-meaning = Usumbufu wa aina hii huondoa muunganisho katika tabaka la mtandao katika sehemu kubwa ya nchi. Inaelekea kwamba simu, ujumbe, malipo na huduma zinazohitaji intaneti zitakwama pamoja. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo; viunganishi visivyopitia mitandao iliyoathirika, kama vile roaming ya kigeni au setilaiti, huenda vikasaidia. Tovuti na huduma zilizopangishwa nchini huenda pia zisifikiwe kutoka nje ya nchi.
classes-mobile-name = mitandao ya simu
classes-mobile-meaning = Usumbufu wa aina hii huathiri data ya simu katika tabaka la mtandao, huku laini zisizohamishika zikiwa kawaida. Wengi wa watu wanaotumia intaneti kwa simu pekee huenda wakakosa muunganisho; laini zisizohamishika na Wi-Fi inayozitegemea huenda zikaendelea kufanya kazi. Pale ambapo muunganisho wenyewe haupo, kuna uwezekano mdogo kwamba programu za kukwepa vizuizi na VPN zitasaidia; pale ambapo umepunguzwa kasi au kuchujwa tu, huenda zikasaidia.
classes-regional-name = katika baadhi ya maeneo
classes-regional-meaning = Usumbufu wa aina hii huathiri muunganisho katika tabaka la mtandao katika sehemu ya nchi, huku sehemu nyingine zikiwa kawaida. Takwimu za nchi huenda zisiuonyeshe kwa urahisi. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo.
classes-operator-name = baadhi ya mitandao
classes-operator-meaning = Usumbufu wa aina hii huathiri wateja wa mitandao iliyotajwa, katika tabaka la mtandao. Watu wa mitandao mingine huenda wasione tofauti kubwa, na inaelekea kwamba mtandao mwingine utafanya kazi, pale unapopatikana. Programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na huenda zisisaidie.
classes-partial-restriction-name = muunganisho wa sehemu tu, katika kiwango kinachodumu
classes-partial-restriction-meaning = Katika usumbufu wa aina hii, sehemu ya muunganisho hubaki na sehemu hupotea, katika kiwango kinachodumu kwa muda wa saa kadhaa. Unaweza kumaanisha kwamba baadhi ya mitandao au maeneo yamekatika na mengine hayajakatika, kwamba miunganisho imepunguzwa kasi, au kwamba uwezo umepotea. Pale ambapo muunganisho umebaki, programu za kukwepa vizuizi na VPN huenda zikafanya kazi, ingawa haziwezi kufidia upungufu wa uwezo; pale ambapo haujabaki, kuna uwezekano mdogo kwamba zitasaidia.
classes-routing-only-name = njia za BGP pekee
classes-routing-only-meaning = Katika usumbufu wa aina hii, njia za BGP hutoweka kwenye jedwali la dunia huku upimaji kwa ping au trafiki ikiwa kawaida. Watu huenda wasione tofauti kubwa, au waone tu kwamba baadhi ya huduma ni za polepole au hazifikiki. Mara nyingi ni mabadiliko katika jinsi mitandao inavyotangaza anwani zake. Kuna uwezekano mdogo kwamba programu za kukwepa vizuizi na VPN zitaathirika mradi miunganisho inafanya kazi.
classes-power-like-name = hatua kwa hatua, kama umeme unapokosekana
classes-power-like-meaning = Katika usumbufu wa aina hii, muunganisho hufifia kwa muda wa saa moja au zaidi badala ya kusimama mara moja, katika eneo moja au kwa mabadiliko yanayojirudia kila siku. Miundo kama hiyo huonekana vifaa vinapoishiwa na umeme, na katika matukio mengine pia. Miunganisho huenda ikaja na kuondoka. Programu za kukwepa vizuizi na VPN hazisaidii pale ambapo hakuna muunganisho.
classes-cable-like-name = nchi kadhaa kwa wakati mmoja
classes-cable-like-meaning = Usumbufu wa aina hii huanza katika nchi kadhaa takriban wakati mmoja. Miundo kama hiyo huonekana viunganishi vinavyotumiwa na nchi kwa pamoja vinapokwama, na katika matukio mengine pia. Huduma za kimataifa huenda zikawa za polepole au zisifikike huku zile za ndani ya nchi zikiendelea kufanya kazi. Programu za kukwepa vizuizi na VPN kwa kawaida zinahitaji muunganisho wa kimataifa na haziwezi kufidia uwezo uliopotea.
classes-exam-like-name = saa zilezile katika siku kadhaa
classes-exam-like-meaning = Usumbufu wa aina hii hurudi saa ileile katika siku kadhaa na kila mara huisha kabla ya nusu ya siku. Miundo kama hiyo huonekana wakati wa mitihani ya kitaifa, na katika kazi zilizopangwa pia. Unapoendelea, programu za kukwepa vizuizi na VPN zinahitaji muunganisho unaofanya kazi, na kuna uwezekano mdogo kwamba zitasaidia pale ambapo haupo. Unaweza kurudi saa ileile katika siku inayofuata baadaye.
classes-measurement-artefact-name = huenda ni upimaji
classes-measurement-artefact-meaning = Muundo unaashiria kwamba kilichobadilika huenda ni upimaji na si mtandao: muunganisho wa watu huenda ni wa kawaida. Hilo halimaanishi lolote kwa programu za kukwepa vizuizi na VPN.
classes-unknown-name = bila aina
classes-unknown-meaning = Muundo haulingani na aina yoyote.

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = Kauli ya { $who }: { $statement }.
causes-A2 = Muundo unaendana na haya: { $statement }; maelezo mbadala makuu ni: { $alternative }. Kwa mujibu wa { $who }.
causes-A3 = Usumbufu uliamriwa na { $who } (hati: { $statement }).
causes-withdrawn = Kauli ya { $who } kuhusu sababu ilionyeshwa hapa na kuondolewa { $time }: { $reason }.

## Titles of pages

page-title = { $place }: { $noun }, { $date }
page-title_suspected = { $place }: kushuka kulikoonyeshwa na chanzo kimoja, { $date }
page-drop = kushuka kulikoonyeshwa na chanzo kimoja
page-title_retracted = { $place }: taarifa imefutwa, { $date }

## Facts in numbers

facts-state = Hali
facts-place = Mahali
facts-level = Kiwango katika hatua ya karibuni zaidi
facts-last_level = Kiwango katika kipimo cha karibuni zaidi
facts-lowest = Kiwango cha chini kabisa hadi sasa
facts-lowest_of_all = Kiwango cha chini kabisa
facts-onset = Mwanzo
facts-ended = Mwisho
facts-duration = Muda
facts-lasting = Muda hadi sasa
facts-networks = Mitandao
facts-regions = Maeneo
facts-down = Viashiria vilivyoshuka
facts-slightly_down = Viashiria vilivyo chini kidogo ya kiwango cha kawaida
facts-ordinary = Viashiria vilivyo katika kiwango cha kawaida
facts-usual_variation = Viashiria ambavyo mabadiliko yake ni madogo mno au mafupi mno kuhesabiwa
facts-silent = Viashiria visivyo na kipimo cha sasa
facts-last_reading = { $name }: hakuna kipimo tangu { $time }
facts-last_judged = { $name }: hakuna kipimo kinachoweza kutathminiwa tangu { $time }
facts-no_reading = hakuna kipimo kipya ({ $name }) tangu { $as_of }
facts-cuts = mara za kukatika: { $n }; muda wote: { $length }
facts-of_ordinary = { $level } ya kiwango cha kawaida, { $as_of }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = Kushuka: { $name }
timeline-returned = Kurudi katika kiwango cha kawaida: { $name }
timeline-stated = Kauli ya { $who } kuhusu sababu iliwekwa kwenye kumbukumbu
timeline-withdrawn = Kauli ya { $who } kuhusu sababu iliondolewa

## How earlier incidents are counted

history-quarter1 = Januari hadi Machi
history-quarter2 = Aprili hadi Juni
history-quarter3 = Julai hadi Septemba
history-quarter4 = Oktoba hadi Desemba
history-hours = chini ya siku moja
history-days = siku moja hadi saba
history-weeks = wiki moja au zaidi
history-between = muda usiojulikana vya kutosha
history-unended = mwisho haujulikani

## What befell a source

faults-ill-past = { $name }: vipimo havikuweza kuaminiwa kuanzia { $since } hadi { $until }. Sababu: { $why }. Chanzo hiki kiliachwa nje: chanzo chenye hitilafu kamwe hakifungui wala hakifungi tukio.
faults-ill-lasting = { $name }: vipimo haviwezi kuaminiwa tangu { $since }. Sababu: { $why }. Chanzo hiki kimeachwa nje: chanzo chenye hitilafu kamwe hakifungui wala hakifungi tukio.
faults-ill-once = { $name }: vipimo havikuweza kuaminiwa wakati huu: { $since }. Sababu: { $why }. Chanzo hiki kiliachwa nje: chanzo chenye hitilafu kamwe hakifungui wala hakifungi tukio.
faults-unanswered-past = { $name }: maombi kwa { $source } hayakupata jibu linalofaa kuanzia { $since } hadi { $until }. Ukimya kamwe haufungui wala haufungi tukio.
faults-unanswered-lasting = { $name }: maombi kwa { $source } hayajapata jibu linalofaa tangu { $since }. Ukimya kamwe haufungui wala haufungi tukio.
faults-unanswered-once = { $name }: ombi kwa { $source } halikupata jibu linalofaa wakati huu: { $since }. Ukimya kamwe haufungui wala haufungi tukio.
faults-silent-past = { $name }: hakukuwa na data kuanzia { $since } hadi { $until }. Ukimya kamwe haufungui wala haufungi tukio.
faults-silent-lasting = { $name }: hakuna data tangu kipimo cha { $since }. Ukimya kamwe haufungui wala haufungi tukio.
faults-silent-once = { $name }: hakukuwa na data wakati huu: { $since }. Ukimya kamwe haufungui wala haufungi tukio.
faults-mute-past = { $name }: hakukuwa na kitu baada ya { $since } kilichoweza kutathminiwa katika hatua ya { $at }. Hilo lilihesabiwa kuwa lisilojulikana, si kuwa la kawaida.
faults-mute-past_undated = { $name }: hakukuwa na kitu kilichoweza kutathminiwa katika hatua ya { $at }. Hilo lilihesabiwa kuwa lisilojulikana, si kuwa la kawaida.
faults-mute-lasting = { $name }: hakuna kitu baada ya { $since } kinachoweza kutathminiwa, hadi hatua ya { $at }. Hilo linahesabiwa kuwa lisilojulikana, si kuwa la kawaida.
faults-mute-lasting_undated = { $name }: hakuna kitu kinachoweza kutathminiwa, hadi hatua ya { $at }. Hilo linahesabiwa kuwa lisilojulikana, si kuwa la kawaida.
faults-doubted-past = { $name }: chanzo hakikupita ukaguzi wa hali yake katika hatua ya { $since }; katika hatua ya { $until } haikuwa hivyo tena. Kiliachwa nje.
faults-doubted-lasting = { $name }: chanzo hakikupita ukaguzi wa hali yake katika hatua ya { $since }. Kiliachwa nje.
illnesses-many-unrelated-places-fell-at-once = mahali pengi panapofuatiliwa palishuka kwa wakati mmoja
illnesses-the-median-of-all-places-is-low = mahali pengi (zaidi ya nusu) panaonyesha kiwango cha chini kwa wakati mmoja
illnesses-many-places-repeat-the-same-reading = mahali pengi panarudia kipimo kilekile
illnesses-many-places-were-told-otherwise-afterwards = kilichokuwa kimesema kuhusu mahali pengi, baadaye kilikisema vingine
illnesses-other = vipimo vyake vinapingana

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = Hali ya chanzo: vipimo vyake vya mahali pengine ni kama kawaida
checks-source-health-failed = Chanzo huenda kina hitilafu: mahali pengine pia vipimo vyake vilikuwa chini, vilisimama palepale au viliandikwa upya
checks-source-health-unanswered = Hali ya chanzo: haiwezi kukaguliwa
checks-source-rise-passed = Hakuna kilichorejea kawaida ambacho kilipanda tu pamoja na mahali pengine pote
checks-source-rise-failed = Chanzo kinaonyesha viwango vya juu mahali pote: kinachoonyesha kuwa kurejea hakitolewi taarifa
checks-source-rise-unanswered = Haijulikani: kama chanzo kinaonyesha viwango vya juu mahali pote
checks-geolocation-passed = Hakuna mahali pengine palipopata kile ambacho mahali hapa palipoteza
checks-geolocation-failed = Mahali pengine palipata kile ambacho mahali hapa palipoteza: anwani zake huenda sasa zimewekwa tu kwenye mahali pengine
checks-geolocation-unanswered = Haijulikani: kama mahali pengine palipata kile ambacho mahali hapa palipoteza
checks-renumbering-passed = Hakuna mtandao ndugu uliochukua anwani zake
checks-renumbering-failed = Mtandao ndugu ulipanda huu uliposhuka: huenda ulichukua anwani zake
checks-renumbering-unanswered = Haijulikani: kama mtandao ndugu ulichukua anwani zake
checks-routes-without-service-passed = Ni zaidi ya njia za BGP: huduma imeathirika
checks-routes-without-service-failed = Njia za BGP zilishuka; upimaji kwa ping au trafiki ilishuka kidogo mno kuhesabiwa, au haikushuka
checks-routes-without-service-unanswered = Haijulikani: kama ni zaidi ya njia za BGP
checks-people-without-network-passed = Ni zaidi ya watu kutokuwepo: mtandao umeathirika
checks-people-without-network-failed = Matumizi ya watu yalishuka; upimaji kwa ping au njia za BGP zilishuka kidogo mno kuhesabiwa, au hazikushuka
checks-people-without-network-unanswered = Haijulikani: kama ni zaidi ya watu kutokuwepo
checks-shared-input-passed = Hakuna kinachoonyesha kwamba ni ramani ya anwani tu iliyobadilika
checks-shared-input-failed = Viashiria vinavyotumia ramani moja ya anwani vilishuka kwa hatua moja, na trafiki ya watu ni ya kawaida: huenda ramani imebadilika
checks-shared-input-unanswered = Viashiria vinavyotumia ramani moja ya anwani vilishuka kwa hatua moja; kama trafiki ya watu ilishuka pia haiwezi kukaguliwa
checks-addresses-without-people-passed = Ni zaidi ya anwani: trafiki ya watu ilishuka pia
checks-addresses-without-people-failed = Anwani zilipotea; trafiki ya watu ni ya kawaida
checks-addresses-without-people-unanswered = Haijulikani: kama ni zaidi ya anwani
checks-one-vantage-passed = Zaidi ya kituo kimoja cha uangalizi kinauona
checks-one-vantage-failed = Upimaji kwa ping pekee unauona, kutoka kituo chake chenyewe cha uangalizi
checks-one-vantage-unanswered = Haijulikani: kama zaidi ya kituo kimoja cha uangalizi kinauona
checks-level-shift-passed = Hauonekani kuwa mabadiliko ya kudumu ya kiwango
checks-level-shift-failed = Kwa kuwa si mkubwa na umedumu sana, huenda ni mabadiliko ya kudumu ya kiwango na si kukatika
checks-level-shift-unanswered = Haijulikani: kama ni mabadiliko ya kudumu ya kiwango
checks-expected-event-passed = Hakuna kushuka kulikotarajiwa kwa wakati huu
checks-expected-event-failed = Kushuka kulitarajiwa kwa wakati huu
checks-expected-event-unanswered = Haijulikani: kama kushuka kulitarajiwa kwa wakati huu
checks-partial-bin-passed = Unaonekana katika zaidi ya kipimo kipya zaidi, ambacho huenda hakijakamilika
checks-partial-bin-failed = Ni kipimo kipya zaidi pekee kinachouonyesha, na huenda hakijakamilika
checks-partial-bin-unanswered = Haijulikani: kama zaidi ya kipimo kipya zaidi kinauonyesha
checks-season-passed = Hakuna siku nyingine ya wiki zilizopita iliyokuwa tulivu hivyo katika saa hizi
checks-season-failed = Siku nyingine za wiki zilizopita, wikendi au sikukuu, zilikuwa tulivu hivyo katika saa hizi
checks-season-unanswered = Haijulikani: kama siku nyingine zilikuwa tulivu hivyo katika saa hizi
checks-clock-change-passed = Ni zaidi ya saa iliyosogezwa mbele au nyuma kwa muda wa saa moja
checks-clock-change-failed = Vipimo ni vya kawaida kwa saa moja kabla au baada: huenda saa ilibadilishwa
checks-clock-change-unanswered = Haijulikani: kama saa ilibadilishwa
checks-clock-passed = Kilichoshuka kina wakati wa kabla ya sasa, na wa baada ya kilichokitangulia
checks-clock-failed = Kipimo kilichoshuka kina wakati wa baadaye kuliko inavyowezekana
checks-clock-unanswered = Haijulikani: kama kilichoshuka kina wakati sahihi
checks-population-passed = Kilichoshuka ni zaidi ya mitandao michache
checks-population-failed = Mitandao michache ndiyo yote iliyoshuka: huenda mtoa huduma mmoja ndiye mahali pote
checks-population-unanswered = Haijulikani: kama zaidi ya mitandao michache ilishuka
checks-sympathetic-passed = Kila mtandao uliotajwa ulipoteza zaidi kuliko mitandao inayowasiliana nao
checks-sympathetic-failed = Baadhi ya mitandao inaonekana tu kuwa imeshuka kwa kuwa mwingine umeshuka; haitajwi
checks-sympathetic-unanswered = Haijulikani: kama baadhi ya mitandao inaonekana tu kuwa imeshuka

## Which rule applied

rules-two-families = vipimo viwili huru vilishuka pamoja
rules-two-families-in-a-part = vipimo viwili huru vilishuka pamoja katika sehemu ya mahali hapo
rules-one-strong-family = kipimo kimoja kilishuka, na hakuna kingine kinachothibitisha
rules-many-regions = sehemu moja ya kumi ya maeneo ilishuka
rules-a-crowded-region = robo ya maeneo ya jimbo au mkoa mmoja ilishuka
rules-a-network-vanished = mtandao umetoweka kwenye njia za BGP au kwenye upimaji kwa ping
rules-several-shallow-families = trafiki na kipimo kingine zilishuka kidogo, pamoja
rules-weak-family-only = ni kipimo kisicho thabiti pekee kilichoshuka
rules-not-yet-borne-out = bado hakuna kipimo kingine kinachothibitisha
rules-parts-only = ni mitandao au maeneo machache tu yaliyoshuka, katika kipimo kimoja
rules-ordinary = kila kinachoweza kutathminiwa ni cha kawaida
rules-unknown = hakuna kinachoweza kutathminiwa
rules-held-back = haujathibitishwa kutokana na ukaguzi: { $result }
rules-held-back-unanswered = haujathibitishwa kwa kuwa ukaguzi hauna jibu: { $result }
rules-a-family-is-back = kipimo kimoja kimerejea kawaida
rules-a-network-is-back = mtandao mmoja umerejea kawaida
rules-a-person-corrected-it = mhariri aliisahihisha
rules-a-person-withdrew-it = mhariri aliifuta
rules-a-source-rises-everywhere = chanzo kinaonyesha viwango vya juu mahali pote
rules-all-families-back = vyote vilivyoshuka vimerejea kawaida
rules-changes-too-often = hali inabadilika mara nyingi mno kwa kila badiliko kutolewa taarifa
rules-fell-again = muunganisho ulishuka tena
rules-fell-again-in-one-family-only = muunganisho ulishuka tena katika kipimo kimoja tu
rules-fell-again-in-two-families = kipimo cha baadaye kinathibitisha kile ambacho chanzo kimoja kilionyesha
rules-fell-before-the-return = kipimo kilichochelewa kinaonyesha kushuka kabla ya kurejea
rules-hours-passed = hali inaendelea: taarifa mpya ya kila siku
rules-level-rose = kiwango kilipanda
rules-level-shift = kiwango cha chini sasa ndicho kinachozoeleka
rules-new-networks = mitandao au maeneo zaidi yalishuka
rules-no-change = hakuna kilichobadilika
rules-off-again = muunganisho ulishuka tena baada ya kurejea kwa sehemu
rules-only-parts-still-down = ni sehemu tu za mahali hapo ambazo bado ziko chini
rules-readings-were-revised = chanzo kilirekebisha vipimo vyake
rules-scope-grew = sehemu zaidi ya mahali hapo imeathirika
rules-severity-grew = usumbufu uliongezeka
rules-still-falling = muunganisho bado unashuka
rules-too-soon = mapema mno baada ya taarifa iliyotangulia
rules-taken-back-already = taarifa ilikuwa tayari imefutwa
class_rules-withdrawn = taarifa imefutwa
class_rules-an-artefact-check-failed = ukaguzi ulipata kasoro katika upimaji
class_rules-routes-down-service-ordinary = njia za BGP zilishuka huku huduma ikiwa ya kawaida
class_rules-not-corroborated = haujathibitishwa
class_rules-same-hour-on-many-days = muunganisho ulishuka saa ileile katika siku kadhaa
class_rules-several-countries-at-once = nchi kadhaa zilishuka ndani ya nusu saa
class_rules-gradual-and-regional-or-daily = muunganisho ulishuka polepole, na katika maeneo tu au kwa mabadiliko yanayojirudia kila siku
class_rules-mobile-networks-only = mitandao ya simu ilishuka huku mtandao wa laini zisizohamishika ukiwa kawaida
class_rules-regions-only = ni maeneo tu yaliyoshuka
class_rules-held-between = kiwango kilibaki kati ya 15% na 75% ya kiwango cha kawaida, na karibu vilevile kwa muda wa saa sita
class_rules-most-of-a-country = nchi nzima ilishuka chini ya moja ya tano ya kiwango cha kawaida
class_rules-single-networks = baadhi ya mitandao ilishuka
class_rules-no-pattern = hakuna kanuni iliyolingana

## Where a text was posted

posted-apprise = kwenye huduma ya ujumbe
posted-bluesky = kwenye Bluesky
posted-file = kwenye faili
posted-mail = kwa barua pepe
posted-mastodon = kwenye Mastodon
posted-matrix = kwenye Matrix
posted-ntfy = kama arifa
posted-readers = kwa barua pepe kwa waliojisajili
posted-telegram = kwenye Telegram
posted-webhook = kwa programu nyingine
posted-websub = kwenye mlisho
posted-x = kwenye X
posted-other = kwenye njia nyingine
