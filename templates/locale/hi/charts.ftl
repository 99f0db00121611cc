# The words on a chart; see ../en/charts.ftl.

references-weekly = हर माप से पहले के चार सप्ताहों में सप्ताह के उसी घंटे की माध्यिका ({ $since } – { $until }, बाधा के समय के बिना)
references-daily = हर माप से पहले के अधिकतम सात दिनों में दिन के उसी घंटे की माध्यिका ({ $since } – { $until }, बाधा के समय के बिना)
references-flat = हर माप से पहले के अधिकतम एक सप्ताह की माध्यिका ({ $since } – { $until }, बाधा के समय के बिना)
references-kept = शुरुआत से पहले के सप्ताह का स्तर ({ $since } – { $until })
references-unknown = समान घंटों के आधार पर अपेक्षित स्तर ({ $since } – { $until }, बाधा के समय के बिना)
chart-reference = 100%: { $reference }।
chart-key = सामान्य स्तर का प्रतिशत
chart-land = नक़्शा: Natural Earth और US Census Bureau, सार्वजनिक; सीमाएँ और नाम उनकी क़ानूनी स्थिति के बारे में कुछ नहीं कहते।
chart-ordinary = सामान्य स्तर = 100%
chart-band = सामान्य स्तर = 100%; छाया: अपेक्षित सीमा, { $name }
chart-begins = बाधा की शुरुआत
chart-drop = गिरावट की शुरुआत
chart-ends = फिर सामान्य स्तर
chart-gap = डेटा नहीं
chart-stale =
    { $name }
    { $time } से डेटा नहीं
chart-nothing =
    { $name }
    ताज़ा आँकड़ा नहीं
chart-mark_day = { $day }, { $since }–{ $until }
chart-mark_days =
    { $day } { $since } –
    { $next } { $until }
chart-label = { $name }  { $level }
chart-late = { $name }  { $level } ({ $time })
chart-foot = { $as_of } तक की स्थिति · ताज़ा आँकड़े बदल सकते हैं · घटना { $incident } · { $address }
chart-site = { $as_of } तक की स्थिति · ताज़ा आँकड़े बदल सकते हैं · { $address }
chart-reconstructed = प्रकाशित तथ्यों पर आधारित, मापा नहीं गया।
chart-data = डेटा: { $credits }
chart-mark = OUTAGEWIRE
chart-reconstruction = प्रकाशित तथ्यों से, माप नहीं
chart-drill = अभ्यास
chart-test = परीक्षण चित्र, समाचार नहीं
chart-together = मापों के { $n } स्वतंत्र समूह
chart-ongoing = { $length }, अब भी जारी
chart-unsure = { $name } (एक स्रोत)
chart-subtitle = { $metrics }, प्रतिशत में, आधार: { $method }, { $period }
chart-lasted = { $within } { $noun }: { $duration }
chart-lasting = { $within } { $noun }: अब तक { $duration }
chart-lasted_alone = { $within } एक स्रोत को दिखी गिरावट: { $duration }
chart-lasting_alone = { $within } एक स्रोत को दिखी गिरावट: अब तक { $duration }
chart-beside = { $n ->
    [one] अवधि, { $within } पहले दर्ज { $n } घटना के साथ; हल्का रंग: जो निश्चित रूप से ज्ञात नहीं
   *[other] अवधि, { $within } पहले दर्ज { $n } घटनाओं के साथ; हल्का रंग: जो निश्चित रूप से ज्ञात नहीं
}
chart-line = { $n ->
    [one] { $n } बाधा दर्ज
   *[other] { $n } बाधाएँ दर्ज
}
chart-line_going = { chart-line }, अब भी जारी: { $going }
chart-line_period = हर एक की शुरुआत से अंत तक, { $period }; हल्का रंग: जो निश्चित रूप से ज्ञात नहीं
badge-retracted = रिपोर्ट वापस ली गई
badge-ended = अंत: { $ended }
badge-lasted = अवधि: { $duration }
badge-suspected = एक स्रोत, किसी और स्रोत से पुष्टि नहीं · गिरावट की शुरुआत: { $onset }
badge-began = शुरुआत: { $onset }
period-days = { $since } – { $until }
period-within = { $first }–{ $until }
