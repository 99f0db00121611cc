# The vocabulary, and how times, numbers and lists are put; see ../en/words.ftl.

dates-clock = HH:mm
dates-date = d MMMM
dates-dated = d MMMM y
dates-day = EEEE, 'tarehe' d MMMM
dates-short = d MMM
dates-tick = EEE, d MMM
times-utc = { $time } UTC
times-on = { $time }, { $day }
times-local = { $moment } ({ $local }, { $city })
times-brief = { $day }, { $time } UTC
times-moment = { $day }, { $time }
times-around = takriban { $moment }
times-between = kati ya { $since } na { $until } UTC
times-between-on = kati ya { $since } na { $until } UTC, { $day }
times-between-days = kati ya { $since } na { $until }
# The hours from which the parts of the day begin, by the clocks of the place.
own-day-parts = 5 morning, 12 afternoon, 16 evening, 19 night
times-morning = asubuhi ya { $day }, { $city } ({ $since }–{ $until } UTC)
times-afternoon = mchana au jioni ya { $day }, { $city } ({ $since }–{ $until } UTC)
times-evening = jioni au usiku wa { $day }, { $city } ({ $since }–{ $until } UTC)
own-times-night = usiku wa { $day }, { $city } ({ $since }–{ $until } UTC)
times-range = { $since }–{ $until }
times-range-days = { $since } – { $until }
times-axis = Saa za { $city } ({ $offsets })
times-east = UTC+{ $hours }
times-west = UTC−{ $hours }
times-minutes = { $hours }:{ $minutes }
durations-about = takriban { $one }
durations-between = { $shortest } hadi { $longest }
durations-least = chini ya { $longest }
durations-parts = { $large } na { $small }
durations-day = siku { $n }
durations-hour = saa { $n }
durations-minute = dakika { $n }
lists-comma = { $head }, { $next }
lists-and = { $head } na { $last }
lists-first = { $name } { $level }
lists-next = { $name } { $level }
lists-more = { $n } zaidi
lists-still = { $level } kulingana na { $name }
lists-timed = { $level } ({ $time })
numbers-percent = { $n }%
numbers-trace = chini ya 1%
numbers-above = zaidi ya { $n }%
numbers-range = { $low }–{ $high }%
kinds-suspected = Haijathibitishwa
kinds-confirmed = Imethibitishwa
kinds-escalated = Usumbufu umeongezeka
kinds-updated = Taarifa mpya
kinds-partly-restored = Muunganisho umerejea kwa sehemu
kinds-reopened = Kushuka tena
kinds-restored = Muunganisho umerejea
kinds-corrected = Masahihisho
kinds-retracted = Imefutwa
nouns-operator-minor = usumbufu mdogo katika baadhi ya mitandao
nouns-operator-moderate = usumbufu katika baadhi ya mitandao
nouns-operator-major = usumbufu mkubwa katika baadhi ya mitandao
nouns-operator-near-total = kukatika karibu kabisa kwa huduma katika baadhi ya mitandao
nouns-mobile-minor = usumbufu mdogo wa intaneti ya simu
nouns-mobile-moderate = usumbufu wa intaneti ya simu
nouns-mobile-major = usumbufu mkubwa wa intaneti ya simu
nouns-mobile-near-total = kukatika karibu kabisa kwa intaneti ya simu
nouns-regional-minor = usumbufu mdogo wa intaneti katika baadhi ya maeneo
nouns-regional-moderate = usumbufu wa intaneti katika baadhi ya maeneo
nouns-regional-major = usumbufu mkubwa wa intaneti katika baadhi ya maeneo
nouns-regional-near-total = kukatika karibu kabisa kwa intaneti katika baadhi ya maeneo
nouns-national-minor = usumbufu mdogo wa kitaifa wa intaneti
nouns-national-moderate = usumbufu wa kitaifa wa intaneti
nouns-national-major = usumbufu mkubwa wa kitaifa wa intaneti
nouns-national-near-total = kukatika karibu kabisa kwa intaneti nchi nzima
nouns-place-minor = usumbufu mdogo wa intaneti
nouns-place-moderate = usumbufu wa intaneti
nouns-place-major = usumbufu mkubwa wa intaneti
nouns-place-near-total = kukatika karibu kabisa kwa intaneti
places-within = { $code ->
    [none] katika { $name }
    [KM] visiwani { $name }
    [MV] visiwani { $name }
    [SC] visiwani { $name }
    [AX] katika { $name }
    [CC] katika { $name }
    [CK] katika { $name }
    [CX] katika { $name }
    [FK] katika { $name }
    [FO] katika { $name }
    [IM] katika { $name }
    [KY] katika { $name }
    [MH] katika { $name }
    [MP] katika { $name }
    [NF] katika { $name }
    [SB] katika { $name }
    [TC] katika { $name }
    [UM] katika { $name }
    [VG] katika { $name }
    [VI] katika { $name }
   *[other] nchini { $name }
}
subjects-operator = Muunganisho wa { $parts }
subjects-regional = Muunganisho katika { $parts }
subjects-national = Muunganisho wa { $parts }
subjects-mobile = Muunganisho wa intaneti ya simu { $within }
subjects-place = Muunganisho wa intaneti { $within }
families-active-probing = upimaji kwa ping
families-traffic = trafiki
families-control-plane = njia za BGP
families-telemetry = telemetria
families-telescope = darubini ya mtandao
products-traffic = trafiki ya { $product }
products-telemetry = telemetria ya { $product }
methods-weekly = kiwango cha kawaida cha saa hiyohiyo ya wiki
methods-daily = kiwango cha kawaida cha saa hiyohiyo ya siku
methods-flat = kiwango cha kawaida cha siku zilizotangulia
methods-kept = kiwango cha kabla ya kushuka
methods-none = kiwango cha kawaida
methods-unknown = kiwango cha kawaida
credits-line = { $credit } – { $licence }
credits-reserved = haki zote zimehifadhiwa
credits-sources = { $signals } ({ $source })
credits-source = { $signals }, { $source }
credits-measured = { $signals } ({ $source })
credits-unsigned = { $signals }
credits-join = { $head }; { $next }
