# The words on a chart; see ../en/charts.ftl.

references-weekly = kipimo cha kati (median) cha saa hiyohiyo ya wiki kwa wiki nne kabla ya kila kipimo ({ $since } hadi { $until }, bila nyakati za usumbufu)
references-daily = kipimo cha kati (median) cha saa hiyohiyo ya siku kwa siku zisizozidi saba kabla ya kila kipimo ({ $since } hadi { $until }, bila nyakati za usumbufu)
references-flat = kipimo cha kati (median) cha muda usiozidi wiki moja kabla ya kila kipimo ({ $since } hadi { $until }, bila nyakati za usumbufu)
references-kept = kiwango cha wiki iliyotangulia mwanzo ({ $since } hadi { $until })
references-unknown = kinachotarajiwa kwa saa zinazofanana ({ $since } hadi { $until }, bila nyakati za usumbufu)
chart-reference = 100% ni { $reference }.
chart-key = Asilimia ya kiwango cha kawaida
chart-land = Ramani: Natural Earth na US Census Bureau, mali ya umma; mipaka na majina hayasemi lolote kuhusu hadhi yake.
chart-ordinary = kiwango cha kawaida = 100%
chart-band = kiwango cha kawaida = 100%; kivuli: masafa yanayotarajiwa, { $name }
chart-begins = Usumbufu unaanza
chart-drop = Kushuka kunaanza
chart-ends = Kiwango cha kawaida tena
chart-gap = hakuna data
chart-stale =
    { $name }
    hakuna data tangu { $time }
chart-nothing =
    { $name }
    hakuna takwimu ya sasa
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } ({ $time })
chart-foot = Hadi { $as_of } · takwimu za karibuni zinaweza kurekebishwa · tukio { $incident } · { $address }
chart-site = Hadi { $as_of } · takwimu za karibuni zinaweza kurekebishwa · { $address }
chart-reconstructed = Kwa msingi wa taarifa zilizochapishwa, si vipimo.
chart-data = Data: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = TAARIFA, SI VIPIMO
chart-drill = ZOEZI
chart-test = Picha ya majaribio, si habari
chart-together = makundi { $n } huru ya vipimo
chart-ongoing = { $length }, hali inaendelea
chart-unsure = { $name } (chanzo kimoja)
chart-subtitle = { $metrics }, asilimia ya { $method }, { $period }
chart-lasted = { CAPITAL($noun) } { $within }: { $duration }
chart-lasting = { CAPITAL($noun) } { $within }: { $duration } hadi sasa
chart-lasted_alone = Kushuka { $within } kunakoonyeshwa na chanzo kimoja: { $duration }
chart-lasting_alone = Kushuka { $within } kunakoonyeshwa na chanzo kimoja: { $duration } hadi sasa
chart-beside = { $n ->
    [one] Muda ukilinganishwa na tukio lililorekodiwa awali { $within }; rangi hafifu: kisichojulikana kwa hakika
   *[other] Muda ukilinganishwa na matukio { $n } yaliyorekodiwa awali { $within }; rangi hafifu: kisichojulikana kwa hakika
}
chart-line = { $n ->
    [one] Tukio { $n } la usumbufu lililorekodiwa
   *[other] Matukio { $n } ya usumbufu yaliyorekodiwa
}
chart-line_going = { chart-line }, bado yanaendelea: { $going }
chart-line_period = Kuanzia mwanzo hadi mwisho wa kila moja, { $period }; rangi hafifu: kisichojulikana kwa hakika
badge-retracted = taarifa imefutwa
badge-ended = mwisho: { $ended }
badge-lasted = muda: { $duration }
badge-suspected = chanzo kimoja, hakuna kingine kilichothibitisha · mwanzo wa kushuka: { $onset }
badge-began = mwanzo: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
