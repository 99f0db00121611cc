# See ../en/site.ftl.

## Marks beside the title of an incident, and severities

site-mark-drill = अभ्यास
site-mark-reconstruction = पुनर्निर्माण
severity-minor = मामूली
severity-moderate = मध्यम
severity-major = गंभीर
severity-near-total = लगभग पूर्ण

## The front page

home-title = इंटरनेट आउटेज, साक्ष्यों के साथ
home-description = इंटरनेट में बाधाएँ: जैसे-जैसे उनका पता चलता है, पुष्टि होती है और सेवा बहाल होती है।
home-updated = आख़िरी अपडेट: { $time }।
home-subscribe = सदस्यता लें: { $ways }।
home-subscribe-all = सभी घटनाएँ (Atom)
home-subscribe-corrections = सुधार (Atom)
home-subscribe-more = और फ़ीड
home-subscribe-mail = ईमेल से
home-now = अभी क्या हो रहा है
home-none-open = कोई खुली घटना प्रकाशित नहीं है।
home-places = सभी स्थान एक नज़र में: निगरानी वाले हर देश और नेटवर्क का स्तर
home-map-note = वे देश जिनकी कोई खुली घटना इस पृष्ठ पर है, उसकी सबसे अधिक गंभीरता के अनुसार: { $severities }। सूची में सभी के नाम हैं; बिना रंग के देश का मतलब यह नहीं कि वहाँ आउटेज नहीं है। सीमारेखाएँ: Natural Earth।
home-map = खुली घटना वाले देश: { $incidents }
home-map-empty = कोई देश चिह्नित नहीं है: कोई खुली घटना प्रकाशित नहीं है
home-timeline = कब, और कितनी देर
home-past = पिछली घटनाएँ
home-follow = फ़ॉलो करें
home-follow-all = सभी घटनाएँ: { $feeds }। सुधार और वापस ली गई रिपोर्टें: { $corrections }। हर घटना के पृष्ठ पर उसके देश की फ़ीड का लिंक है।
home-follow-mail = { $link }: स्थान और गिरावट कितनी गहरी हो, यह आप चुनते हैं।
home-follow-mail-link = ईमेल से
home-follow-alerts = { $link }: उन प्रोग्रामों के लिए जो सार्वजनिक चेतावनियाँ आगे पहुँचाते हैं। हर चेतावनी बताती है कि उसे कैसे समझा जाए; जिस पर परीक्षण का चिह्न हो, उसे चेतावनी के रूप में आगे नहीं पहुँचाना चाहिए।
home-follow-alerts-link = चेतावनियाँ (CAP 1.2)
home-follow-map = { $link }: अभी खुली घटनाएँ, उनके स्थानों के साथ, मानचित्रों के लिए।
home-follow-map-link = मानचित्र डेटा (GeoJSON)
home-follow-calendar = { $link }: वे समय जब गिरावट की उम्मीद है, जैसे घोषित रखरखाव।
home-follow-calendar-link = कैलेंडर (iCalendar)
home-follow-api = { $link }: स्थान, घटनाएँ और वे माप जिन पर चार्ट आधारित हैं।
home-follow-api-link = प्रोग्रामों के लिए डेटा (JSON, OpenAPI में वर्णित)
home-sources = स्रोत
home-sources-note = { $time } तक की स्थिति। गड़बड़ी वाला या बिना डेटा वाला स्रोत कभी किसी घटना को न शुरू करता है, न बंद करता है। { $link }
home-sources-note-link = यही जानकारी डेटा के रूप में (JSON)
home-column-signal = संकेतक
home-column-reading = आख़िरी माप
home-column-state = स्थिति
home-no-reading = अभी तक कोई नहीं

## The page of a country or a network

place-title = इंटरनेट, { $place }: स्तर और आउटेज
place-description = इंटरनेट के मापे गए स्तर ({ $place }), पिछले 28 दिन और दर्ज आउटेज।
place-country = देश या क्षेत्र
place-network = नेटवर्क AS{ $number }
place-network-within = नेटवर्क AS{ $number }, { $country }
place-now = अभी
place-column-level = स्तर
place-column-reading = आख़िरी प्रकाशित माप
place-unpublished = कोई प्रकाशित माप नहीं
place-unpublished-month = 28 दिनों में कोई नहीं
place-level-note = स्तर वह माप है जो पिछले घंटों और दिनों के आधार पर अपेक्षित मान के प्रतिशत में दिया जाता है। प्रकाशित माप न होने से नेटवर्क के बारे में कुछ पता नहीं चलता: माप देर से आ सकते हैं, छूट सकते हैं या अभी जाँचे नहीं गए हो सकते हैं।
place-no-levels = कोई प्रकाशित माप नहीं।
place-days = पिछले 28 दिन
place-days-note = हर घंटे का औसत; चार्ट का निचला किनारा 0 है। ख़ाली जगह वह घंटा है जिसका कोई प्रकाशित माप नहीं है। दिन UTC के अनुसार हैं।
place-highest = सबसे ऊँचा घंटा: { $value }
place-chart = { $signal }, { $first } से { $last }: { $lowest } और { $highest } के बीच; { $hours } में से { $read } घंटों के माप
place-chart-empty = { $signal }, { $first } से { $last }: कोई प्रकाशित माप नहीं
place-history = दर्ज घटनाएँ
place-ended-one = इस स्थान की एक घटना समाप्त हो चुकी है। अवधि: { $longest }।
place-ended-two = इस स्थान की दो घटनाएँ समाप्त हो चुकी हैं। सबसे लंबी की अवधि: { $longest }।
place-ended-more = इस स्थान की समाप्त घटनाएँ: { $n }। माध्यिका अवधि: { $median }; सबसे लंबी की अवधि: { $longest }।
place-classes = पुष्टि हुई घटनाएँ, वर्ग के अनुसार
place-column-class = वर्ग
place-column-incidents = घटनाएँ
place-column-median = माध्यिका अवधि
place-column-longest = सबसे लंबी
place-not-given = नहीं दी गई
place-classes-note = वर्ग बताता है कि डेटा का पैटर्न कैसा दिखता है, यह नहीं कि किसने या क्यों। अभ्यास, वापस ली गई घटनाएँ और किसी दूसरे स्थान या नेटवर्क के लिए दर्ज घटनाएँ नहीं गिनी जातीं।
place-classes-durations = अवधि तब दी जाती है जब कम से कम तीन घटनाएँ समाप्त हुई हों।
place-classes-newest = केवल सबसे नई घटनाएँ गिनी गई हैं।
place-seasons = शुरुआत के समय के अनुसार, स्थानीय समय में: { $counts }।
place-follow = फ़ॉलो करें, और डेटा
place-feeds = इस स्थान की घटनाएँ: { $feeds }।
place-feeds-all = सभी स्थानों की घटनाएँ: { $feeds }।
place-feed-later = इस स्थान की फ़ीड उसकी पहली घटना से शुरू होगी।
place-data = घटनाएँ डेटा के रूप में (JSON)
place-mail = इस स्थान की घटनाएँ ईमेल से
place-sources = स्रोत: { $credits }।

## All places

places-title = सभी स्थान एक नज़र में
places-description = निगरानी वाले हर देश और नेटवर्क में इंटरनेट का स्तर।
places-note = निगरानी वाला हर स्थान, हर संकेतक के स्तर के साथ: उसका आख़िरी माप, पिछले घंटों और दिनों के आधार पर अपेक्षित मान के प्रतिशत में। { $time } तक की स्थिति; स्तर के पास दिया समय उसके माप का है: महीना, दिन और समय।
places-utc = समय UTC में हैं।
places-missing-note = “कोई प्रकाशित माप नहीं” से नेटवर्क के बारे में कुछ पता नहीं चलता: माप देर से आ सकते हैं, छूट सकते हैं या अभी जाँचे नहीं गए हो सकते हैं।
places-countries = देश और क्षेत्र
places-countries-letters = अक्षर के अनुसार देश
places-networks = नेटवर्क
places-networks-letters = अक्षर के अनुसार नेटवर्क
places-column-place = स्थान
places-column-incident = घटना
places-unwatched = निगरानी में नहीं
places-no-incident = कोई प्रकाशित नहीं
places-empty = अभी तक कोई माप प्रकाशित नहीं हुआ है। पहले माप के साथ सूची दिखेगी।

## The words of the script

script-zone = समय मेरे समय क्षेत्र में दिखाएँ
script-zone-back = समय UTC में दिखाएँ
script-zone-note = समय अब आपके समय क्षेत्र, { $zone }, में हैं, सिवाय वहाँ के जहाँ UTC लिखा है: मूल रूप में प्रकाशित पाठों, समय की अवधियों और चित्रों में।
script-filter = नाम से छाँटें
script-filter-shown = दिखाए गए: { $all } में से { $shown }
script-chart-time = चार्ट पर समय
script-chart-reading = { $hours ->
    [1] { $time } पर समाप्त होने वाले घंटे का आख़िरी माप:
   *[other] { $time } पर समाप्त होने वाले { $hours } घंटों का आख़िरी माप:
}
script-chart-closer = इस समय के आसपास बड़ा करें
script-chart-whole = पूरी अवधि दिखाएँ
script-chart-shown = दिखाई गई अवधि: { $from } से { $to }
script-chart-failed = चार्ट दोबारा लोड नहीं हो सका।

## The front page's chart where the archive has more than it shows

newest-line = दर्ज की गई सबसे नई { $n } बाधाएँ
newest-line_going = दर्ज की गई सबसे नई { $n } बाधाएँ, जिनमें से { $going } जारी हैं

## How a source stands now

standings-ordinary = सामान्य
standings-untold = डेटा आ रहा है; निगरानी वाले स्थान इतने कम हैं कि गड़बड़ी का पता नहीं चल सकता
standings-unheard = अभी तक कोई माप नहीं
standings-silent = { $since } से कोई डेटा नहीं
standings-ill = { $since } से गड़बड़ी: { $why }
standings-ill_undated = गड़बड़ी: { $why }
