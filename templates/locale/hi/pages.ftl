# The sentences of the pages, and the texts that ../../words/en.toml has in English; see
# ../en/pages.ftl.

## What every page has

site-feed = इंटरनेट आउटेज
site-feed-corrections = सुधार और वापस ली गई रिपोर्टें
site-skip = सीधे पाठ पर जाएँ
site-navigation = साइट
site-languages = भाषाएँ
site-places = स्थान
site-archive = संग्रह
site-digest = सारांश
site-corrections = सुधार
site-status = स्रोतों की स्थिति
site-methodology = कार्यप्रणाली
site-about = परिचय
site-feeds = फ़ीड
site-unpublished = केवल संचालक के लिए: इस पृष्ठ पर ऐसी घटनाएँ हैं जो प्रकाशित नहीं हुई हैं। इसे आगे न भेजें।
site-unreviewed = यह अनुवाद मशीन ने किया है और किसी व्यक्ति ने इसे जाँचा नहीं है। मूल पृष्ठ ही मान्य है: { $language }।
site-reconstruction = प्रकाशित तथ्यों से, माप नहीं: इन पृष्ठों पर सब कुछ प्रकाशित तथ्यों पर आधारित है, मापा नहीं गया।
site-replayed = पुनर्प्रदर्शन या अभ्यास: ये पृष्ठ यह नहीं दिखाते कि अभी क्या हो रहा है।
site-scorecard = हम कितनी बार सही थे
site-contact = सुधार और सवाल: { $contact }।
site-no-contact = कोई पता तय नहीं है

## The first paragraph

lead-retracted = { $within } बाधा की यह रिपोर्ट वापस ली गई है।
lead-usual = { $as_of } तक की स्थिति के अनुसार निचला स्तर ही अब आम स्तर बन गया है, इसलिए हो सकता है कि यह स्थायी बदलाव हो, बाधा नहीं।
lead-suspected = एक स्रोत ({ $source_one }) के अनुसार { $within } कनेक्टिविटी घटी है; किसी और स्रोत से पुष्टि नहीं।
lead-suspected-eased = एक स्रोत ({ $source_one }) को { $within } कनेक्टिविटी में गिरावट दिखी, जो कम हुई है; इस गिरावट की किसी और स्रोत से पुष्टि नहीं।
lead-restored-alone = एक स्रोत ({ $source_one }) को { $within } कनेक्टिविटी में गिरावट दिखी; इस गिरावट की किसी और स्रोत से पुष्टि नहीं हुई थी, और { $as_of } तक की स्थिति के अनुसार यह स्रोत सामान्य दायरे में लौट आया है।
lead-drop-began = { drop-began }
lead-drop-began-ended = गिरावट की शुरुआत: { $onset }। अंत: { $ended }।
lead-restored = { $as_of } तक की स्थिति के अनुसार { $within } कनेक्टिविटी सामान्य दायरे में लौट आई है।
lead-worst-began = चरम पर: { $a_noun }। बाधा की शुरुआत: { $onset }।
lead-worst-began-ended = चरम पर: { $a_noun }। बाधा की शुरुआत: { $onset }। अंत: { $ended }।
lead-confirmed = { $families ->
    [one] { $within } { $a_noun }: इसकी पुष्टि स्वतंत्र मापनों से होती है, जिनमें से एक में अब भी गिरावट दिखती है: { $sources }।
    [two] { $within } { $a_noun }: इसकी पुष्टि दो स्वतंत्र मापनों से होती है: { $sources }।
    [three] { $within } { $a_noun }: इसकी पुष्टि तीन स्वतंत्र मापनों से होती है: { $sources }।
    [four] { $within } { $a_noun }: इसकी पुष्टि चार स्वतंत्र मापनों से होती है: { $sources }।
    [five] { $within } { $a_noun }: इसकी पुष्टि पाँच स्वतंत्र मापनों से होती है: { $sources }।
   *[other] { $within } { $a_noun }: इसकी पुष्टि स्वतंत्र मापनों से होती है: { $sources }।
}
lead-confirmed-partly = { $families ->
    [one] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि स्वतंत्र मापनों से होती है, जिनमें से एक में अब भी गिरावट दिखती है: { $sources }।
    [two] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि दो स्वतंत्र मापनों से होती है: { $sources }।
    [three] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि तीन स्वतंत्र मापनों से होती है: { $sources }।
    [four] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि चार स्वतंत्र मापनों से होती है: { $sources }।
    [five] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि पाँच स्वतंत्र मापनों से होती है: { $sources }।
   *[other] { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि स्वतंत्र मापनों से होती है: { $sources }।
}
lead-facts-confirm = { $within } { $a_noun }: इसकी पुष्टि प्रकाशित तथ्यों से होती है।
lead-facts-confirm-partly = { $within } { $a_noun } के बाद कनेक्टिविटी आंशिक रूप से बहाल; इस बाधा की पुष्टि प्रकाशित तथ्यों से होती है।
lead-corrected = सुधार: { $statement }
lead-wrong-lowest = सुधार: { $wrong_at } से हम न्यूनतम स्तर सामान्य के { $wrong_lowest } पर बता रहे थे; संशोधित मापों के अनुसार वह { $lowest } पर था।
lead-wrong-onset = सुधार: { $wrong_at } से हम शुरुआत का समय यह बता रहे थे: { $wrong_onset }; संशोधित माप कोई और समय बताते हैं।
lead-wrong-onset-too = हम शुरुआत का समय यह बता रहे थे: { $wrong_onset }; संशोधित माप कोई और समय बताते हैं।

## The page of an incident: its top

incident-pair = { $name }: { $value }
incident-dated = { $what }, { $time }
incident-earlier = पहले के: { $n }
incident-more = और: { $n }
incident-csv = डेटा (CSV)
incident-drill = अभ्यास: इस पृष्ठ पर दी गई कोई भी बात अभी नहीं हो रही है।
incident-reconstruction = प्रकाशित तथ्यों से, माप नहीं: इस पृष्ठ पर सब कुछ प्रकाशित तथ्यों पर आधारित है, मापा नहीं गया।
incident-silent = { $time } से कोई डेटा नहीं मिला है
incident-as-of = { $time } तक की स्थिति
incident-reported-once = घटना { $incident }, प्रकाशक: { $publisher }। पहली रिपोर्ट: { $first }।
incident-reported-often = घटना { $incident }, प्रकाशक: { $publisher }। पहली रिपोर्ट: { $first }; सबसे नई रिपोर्ट: { $last }।
incident-numbers = आँकड़ों में

## What was said

incident-posts = क्या प्रकाशित किया गया, सबसे नया पहले
incident-check-picture = इस चित्र को जाँचें
incident-text-in = इस भाषा में: { $language }
incident-text-shorter = छोटा पाठ
incident-posted = { $where } पोस्ट किया गया।
incident-not-posted = अभी पोस्ट नहीं किया गया।
incident-step-csv = इस चरण का डेटा (CSV)
incident-folded-updates = { $n ->
    [1] एक दैनिक अपडेट: { $first }
   *[other] { $n } दैनिक अपडेट: { $first } से { $last } तक
}
incident-folded-steps = { $n ->
    [1] पहले का एक चरण: { $first }
   *[other] पहले के { $n } चरण: { $first } से { $last } तक
}
incident-folded-mixed = { $updates ->
    [1] पहले के { $n } चरण, जिनमें से एक दैनिक अपडेट है: { $first } से { $last } तक
   *[other] पहले के { $n } चरण, जिनमें से { $updates } दैनिक अपडेट हैं: { $first } से { $last } तक
}

## The chart and its table

incident-chart = सबसे नया चार्ट
incident-table = इस चार्ट का डेटा तालिका में
incident-table-note = { $hours ->
    [1] सामान्य स्तर का प्रतिशत। हर पंक्ति में उसके समय तक के एक घंटे का आख़िरी माप है; { $readings }।
   *[other] सामान्य स्तर का प्रतिशत। हर पंक्ति में उसके समय तक के { $hours } घंटों का आख़िरी माप है; { $readings }।
}
incident-table-csv = सभी माप (CSV)
incident-table-label = सबसे नए चार्ट का डेटा
incident-table-until = इस समय तक { $utc }
incident-table-none = कोई माप नहीं
incident-charts = यही डेटा अन्य चार्टों में

## The timeline

incident-timeline = समयरेखा, सबसे नया पहले
incident-timeline-note = रिपोर्ट वह है जो यहाँ प्रकाशित हुआ। मापन वह है जो मापों में दिखता है। संदर्भ वह है जो किसी व्यक्ति ने स्रोत के साथ दर्ज किया; वह मापा नहीं गया है।
incident-kind-event = रिपोर्ट
incident-kind-measurement = मापन
incident-kind-context = संदर्भ

## What is happening, and what it means

incident-happening = { $within } क्या हो रहा है?
incident-causes = कारण के बारे में क्या कहा गया है
incident-cause-recorded = ({ $source }; { $time } से दर्ज)
incident-cause-archived = ({ $source }, { $copy }; { $time } से दर्ज)
incident-cause-source = स्रोत
incident-cause-copy = सहेजी गई प्रति
incident-meaning = इस श्रेणी की बाधा का क्या मतलब है
incident-class = इसकी श्रेणी कैसे तय हुई
incident-class-note = श्रेणी बताती है कि डेटा का पैटर्न कैसा दिखता है, और इसके नियम हर देश के लिए एक जैसे हैं; वह यह नहीं बताती कि किसने या क्यों।
incident-class-step = { $time } तक की स्थिति: { $name } ({ $rule }; नियमों का संस्करण { $version })।

## Who is cut off

impact-heading = किसका संपर्क टूटा है
impact-caption = निगरानी में रखे गए नेटवर्क, सबसे नए चरण तक
impact-column-kind = प्रकार
impact-column-watched = निगरानी में
impact-column-down = गिरावट में
impact-column-unknown = अज्ञात
impact-column-level = गिरावट वालों के स्तर की माध्यिका
impact-level = सामान्य स्तर का { $level }
impact-level-unknown = ज्ञात नहीं
impact-none-down = किसी में गिरावट नहीं
impact-none-watched = ऐसा कोई नेटवर्क निगरानी में नहीं है जिसका इस प्रकार का होना ज्ञात हो
impact-note = अज्ञात का मतलब सामान्य नहीं है: जिस नेटवर्क से डेटा नहीं मिलता, उसे न गिरावट में गिना जाता है, न सामान्य में। दूसरे प्रकार के नेटवर्क, या वे जिनका प्रकार हमें मालूम नहीं, इस तालिका में नहीं हैं।
impact-no-networks = यहाँ ऐसा कोई नेटवर्क निगरानी में नहीं है जिसका मोबाइल, फ़िक्स्ड लाइन या होस्टिंग नेटवर्क होना ज्ञात हो।
affected-regions = गिरावट वाले क्षेत्र
affected-networks = गिरावट वाले नेटवर्क
affected-column-name = नाम
affected-column-signal = माप
affected-column-level = नवीनतम चरण पर सामान्य का हिस्सा
affected-column-lowest = न्यूनतम
impact-kinds-mobile = मोबाइल
impact-kinds-fixed = फ़िक्स्ड लाइन
impact-kinds-hosting = होस्टिंग
impact-by-place = { $family }
impact-by-users = { $family } (मोबाइल और फ़िक्स्ड लाइन नेटवर्क)
impact-by-services = { $family } (होस्टिंग नेटवर्क)
impact-users-ordinary = लोगों की इंटरनेट तक पहुँच: सामान्य। वहाँ के लोग हमेशा की तरह इंटरनेट तक पहुँच रहे हैं, जहाँ तक यह मापन दिखाता है: { $by }।
impact-users-dropped = लोगों की इंटरनेट तक पहुँच: घटी है। वहाँ आम दिनों से कम लोग इंटरनेट तक पहुँच रहे हैं, जैसा यह मापन दिखाता है: { $by }।
impact-users-unknown = लोगों की इंटरनेट तक पहुँच: ज्ञात नहीं। यहाँ मापी जाने वाली किसी भी चीज़ से पता नहीं चलता कि वहाँ के लोग अभी इंटरनेट तक पहुँच रहे हैं या नहीं।
impact-users-pending = लोगों की इंटरनेट तक पहुँच: अभी ज्ञात नहीं। शुरुआत के बाद के किसी माप से पता नहीं चलता कि वहाँ के लोग इंटरनेट तक पहुँच रहे हैं या नहीं।
impact-services-ordinary = वहाँ होस्ट की गई सेवाओं तक पहुँच: सामान्य। जो वहाँ होस्ट किया गया है, उस तक दुनिया से पहुँचा जा सकता है, जहाँ तक यह मापन दिखाता है: { $by }।
impact-services-dropped = वहाँ होस्ट की गई सेवाओं तक पहुँच: घटी है। जो वहाँ होस्ट किया गया है, उसके आम दिनों से कम हिस्से तक दुनिया से पहुँचा जा सकता है, जैसा यह मापन दिखाता है: { $by }।
impact-services-unknown = वहाँ होस्ट की गई सेवाओं तक पहुँच: ज्ञात नहीं। यहाँ मापी जाने वाली किसी भी चीज़ से पता नहीं चलता कि जो वहाँ होस्ट किया गया है, उस तक दुनिया अभी पहुँच रही है या नहीं।
impact-services-pending = वहाँ होस्ट की गई सेवाओं तक पहुँच: अभी ज्ञात नहीं। शुरुआत के बाद के किसी माप से पता नहीं चलता कि जो वहाँ होस्ट किया गया है, उस तक दुनिया पहुँच रही है या नहीं।

## What we cannot see

incident-observed = हम क्या नहीं देख सकते
incident-judged = यहाँ मापे जाते हैं, और सबसे नए चरण पर माप उपलब्ध है: { $signals }।
incident-unjudged = यहाँ मापे जाते हैं, पर ऐसा माप नहीं है जिसका आकलन हो सके: { $signals }। इसे अज्ञात गिना जाता है, सामान्य नहीं।
incident-unmeasured = पूरे स्थान के लिए नहीं मापे जाते: { $families }।
incident-apart = मापों के बीच का अंतर: { $step }; इससे कम समय की बात छूट सकती है।
incident-unnoticed = बहुत कम या बहुत छोटी गिरावटें पकड़ में नहीं आतीं: { $methodology }।
incident-unnoticed-link = हर संकेत में गिरावट कितनी गहरी और कितनी लंबी होनी चाहिए
incident-unseen = धीमे कनेक्शन, ब्लॉक की गई वेबसाइटें या ऐप, और ऐसे नेटवर्कों या इलाक़ों के आउटेज जो निगरानी में नहीं हैं, हो सकता है कि इन मापों में न दिखें।
incident-smallest = सबसे छोटी गिरावट जो दिख सकती है
incident-smallest-note = पूरे स्थान के लिए, लागू नियमों और नवीनतम चरण पर माप के सामान्य उतार-चढ़ाव के अनुसार। इससे बड़ी गिरावट भी छूट सकती है।
incident-smallest-alone = { $signal }: अकेले संदेह केवल सामान्य से { $depth } नीचे से; ज़रूरी कम माप: { $n } ({ $span })।
incident-smallest-not-alone = { $signal }: अकेले कभी संदेह नहीं होता।
incident-smallest-joint = किसी अन्य परिवार के साथ यह केवल सामान्य से { $depth } नीचे से गिना जाता है; ज़रूरी कम माप: { $n } ({ $span })।
incident-smallest-range = { $least } से { $most } (समय के अनुसार)
incident-smallest-some = { $least } (कुछ घंटों में पूरी गिरावट भी अलग नहीं दिखती)
incident-smallest-never = { $signal }: कोई गिरावट सामान्य उतार-चढ़ाव से अलग नहीं दिखती।
incident-smallest-unknown = { $signal }: पता नहीं; कोई सामान्य उतार-चढ़ाव दर्ज नहीं है।
incident-smallest-confirmed = गिरावट की पुष्टि केवल तब होती है जब दो परिवार उसे एक साथ दिखाएँ।
incident-smallest-shallow = छोटी गिरावटें केवल तब गिनी जाती हैं जब ट्रैफ़िक और कोई अन्य परिवार उन्हें { $time } तक एक साथ दिखाएँ।
incident-smallest-none = यहाँ सबसे छोटी कौन-सी गिरावट दिख सकती है, यह पता नहीं है।
incident-troubles = स्रोत जिनमें गड़बड़ी थी या जिनसे डेटा नहीं मिला
incident-checks = जाँची गई अन्य व्याख्याएँ
incident-checks-as-of = सबसे नए चरण तक की स्थिति:
incident-passed = जाँचें जिनमें कुछ नहीं मिला: { $n }
incident-noted = { $result } – { $note }

## The history of the place

incident-history = पिछली घटनाएँ
incident-previous-count = { $within } पहले की, यहाँ दर्ज घटनाएँ: { $n }।
incident-previous-more = { $within } पहले की, यहाँ दर्ज घटनाएँ: { $n } से अधिक।
incident-previous-none = यहाँ कोई घटना दर्ज नहीं है।
incident-confirmed-all = उनमें से वे जो दो स्वतंत्र मापनों में दिखीं:
incident-confirmed-newest = उनमें से, सबसे नई घटनाओं में, वे जो दो स्वतंत्र मापनों में दिखीं:
incident-by-kind = प्रकार के अनुसार: { $counts }
incident-by-season = शुरुआत के समय के अनुसार: { $counts }
incident-by-length = अवधि के अनुसार: { $counts }
incident-reading = आगे पढ़ें, और इससे पहले
incident-reading-previous = आगे पढ़ें: अभी कुछ नहीं। इससे पहले:
incident-reading-none = आगे पढ़ें: अभी कुछ नहीं। इससे पहले: यहाँ कोई घटना दर्ज नहीं है।
incident-reading-cited = और पढ़ें, ऊपर उद्धृत स्रोत:
incident-reading-item = { $source }: { $address } ({ $copy })
incident-reading-unarchived = वेब पर संग्रहीत नहीं
incident-reading-before = पहले:
incident-reading-before-none = पहले: यहाँ कुछ दर्ज नहीं है।
incident-articles = और पढ़ें, संपादकों द्वारा चुना गया; शीर्षक प्रकाशकों के शब्दों में हैं:
incident-article = { $what } ({ $details })
incident-article-asked = संग्रहीत प्रति का अनुरोध किया गया, पुष्टि नहीं हुई
incident-article-failed = संग्रहीत प्रति नहीं बनाई जा सकी
incident-article-withdrawn = इस सूची से एक लिंक हटाया गया: { $time }। बताया गया कारण: { $reason }।
incident-newest-listed = सबसे नई घटनाएँ यहाँ दी गई हैं। { $archive }
incident-archive = सभी घटनाएँ, महीने के अनुसार

## The method, and who we are

incident-method = कार्यप्रणाली
incident-baseline = 100% यह है: { $baseline }। स्तर का मतलब है इससे भाग दिया गया माप। लागू नियम: { $rule }।
incident-method-more = कार्यप्रणाली के बारे में और
incident-method-families = जो माप नहीं मिले, वे अंतराल के रूप में दिखाए जाते हैं और कभी शून्य नहीं गिने जाते। संकेतकों को ऐसे समूहों में रखा जाता है जो एक ही चीज़ देखते हैं: एक्टिव प्रोबिंग, ट्रैफ़िक, रूटिंग, टेलीमेट्री, टेलीस्कोप। किसी बाधा की पुष्टि के लिए एक ही अंतराल में दो स्वतंत्र समूह ज़रूरी हैं; केवल एक समूह होने पर उसे अपुष्ट कहा जाता है। पुष्टि बाधा की होती है, उसके कारण की कभी नहीं।
incident-method-times = समय अंतरालों के रूप में दिए जाते हैं: शुरुआत आख़िरी सामान्य माप के अंत और ऐसे पहले माप के अंत के बीच होती है जो सामान्य नहीं था।
incident-method-words = शब्दों में दी गई मात्राओं के पीछे संख्याएँ हैं। सामान्य स्तर का 90% या अधिक ग़ायब हो तो कनेक्टिविटी “लगभग पूरी तरह” ठप है, 50% से “ज़्यादातर हिस्सा” और 20% से “एक हिस्सा” ठप है। बाधा को मामूली तब कहा जाता है जब 75% या अधिक बचा हो, गंभीर तब जब 50% से कम बचा हो, और ब्लैकआउट या लगभग पूर्ण ब्लैकआउट तब जब 20% से कम बचा हो। समय के साथ “लगभग” का मतलब है कि वह 15 मिनट के भीतर ज्ञात है; जहाँ दिन के एक ही हिस्से में 3 घंटे या अधिक का अंतराल ही ज्ञात हो, वहाँ उस हिस्से का नाम दिया जाता है: उस स्थान के समयानुसार सुबह 05:00 से, दोपहर 12:00 से, शाम 16:00 से और रात 20:00 से।
incident-independence = स्वतंत्रता
incident-independence-text = Outagewire कनेक्टिविटी के मापों पर नज़र रखता है और बाधाओं की रिपोर्ट हर संख्या के पीछे के डेटा के साथ देता है। हर देश और हर नेटवर्क पर एक ही नियम, एक ही सीमाएँ और एक ही शब्द लागू होते हैं। शब्द और चार्ट इसी डेटा से सॉफ़्टवेयर बनाता है; जहाँ किसी व्यक्ति ने उन्हें मंज़ूरी दी या संपादित किया, वहाँ यह भी रिकॉर्ड का हिस्सा है।
incident-feeds = इस स्थान को फ़ॉलो करें: { $place }। सुधार और वापस ली गई रिपोर्टें: { $corrections }।
incident-corrections = सुधार और संपर्क
incident-correction = { $label }, { $time }: { $facts }
incident-uncorrected = इस पृष्ठ पर कुछ भी सुधारा नहीं गया है।
incident-contact = प्रेस, सुधार और सवाल, उनकी ओर से भी जो ये नेटवर्क चलाते हैं या जिनका नाम यहाँ है: { $contact }।

## Sources, and other forms of the page

incident-licences = स्रोत, लाइसेंस और हवाला देने का तरीक़ा
incident-source = { $signal }: { $credit }। { $licence }।
incident-cite-as = इस पृष्ठ का कोई चार्ट, संख्या या फ़ाइल जहाँ भी इस्तेमाल करें, इन स्रोतों का नाम दें। हवाला इस तरह दें:
incident-cite = { $publisher }, “{ $title }”, घटना { $incident }, चरण { $step }: { $time }, { $address }
incident-formats = यह पृष्ठ इन रूपों में: { $text }, { $data }, और एम्बेड करने के लिए: { $following }, या { $frozen }।
incident-format-text = सादा पाठ
incident-format-data = डेटा
incident-format-following = सबसे नए चरण के साथ बदलता हुआ
incident-format-frozen = जैसा अभी है
incident-as-text = यह पृष्ठ सादे पाठ में
incident-as-data = इस पृष्ठ के तथ्य डेटा के रूप में
incident-evidence = { $evidence }: जो प्रकाशित हुआ, और वे माप, नियम और पैरामीटर जिनसे वह निकलता है। इसकी फ़ाइल README.txt बताती है कि इसे कैसे जाँचें।
incident-evidence-link = इस पृष्ठ के साक्ष्य (ZIP)
incident-text-drill = अभ्यास: इस पाठ में दी गई कोई भी बात अभी नहीं हो रही है।
incident-text-reconstruction = प्रकाशित तथ्यों से, माप नहीं: इस पाठ में सब कुछ प्रकाशित तथ्यों पर आधारित है, मापा नहीं गया।
incident-text-id = घटना { $incident }
incident-text-cause = { $cause } { $time } से दर्ज।

## The version history

incident-versions = संस्करणों का इतिहास
incident-versions-note = हर चरण इस पृष्ठ के पहले पैराग्राफ़ का नया संस्करण बनाता है। पिछले चरण की तुलना में { $added } और { $removed }।
incident-versions-added = नए शब्द रेखांकित हैं
incident-versions-removed = हटाए गए शब्द कटे हुए हैं
incident-versions-earlier = पिछले संस्करण: { $n }
incident-version = { $step }, { $time }। स्तर: { $level }। शुरुआत: { $onset }। इस चरण का आधार: { $reason }।
incident-version-step = चरण { $step }, { $label }
incident-version-level = ज्ञात नहीं

## What 100 percent is

methods_long-weekly = पिछले चार सप्ताहों में सप्ताह के उसी घंटे के मापों की माध्यिका
methods_long-daily = पिछले दिनों में दिन के उसी घंटे के मापों की माध्यिका, जब तक चार सप्ताह से कम का डेटा दर्ज है
methods_long-flat = पिछले दिनों के मापों की माध्यिका, जब तक थोड़ा ही पिछला डेटा दर्ज है
methods_long-kept = शुरुआत से पहले के सप्ताह का स्तर, जो इसलिए रखा गया है कि बाधा कई सप्ताहों से चल रही है: माध्यिका, या दिन के चक्र पर चलने वाले संकेतकों के लिए सप्ताह का वही घंटा
methods_long-none = तय नहीं: बहुत कम पिछला डेटा दर्ज है
methods_long-unknown = पहले के समान घंटों के मापों के आधार पर अपेक्षित स्तर

## What a disruption of this class means for people

meaning-operator = इस श्रेणी की बाधा बताए गए नेटवर्कों के ग्राहकों को नेटवर्क लेयर पर प्रभावित करती है। हो सकता है कि दूसरे नेटवर्कों के लोगों को ख़ास फ़र्क़ न दिखे। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और हो सकता है कि वे मदद न करें।
meaning-mobile = इस श्रेणी की बाधा मोबाइल डेटा को नेटवर्क लेयर पर प्रभावित करती है। हो सकता है कि फ़िक्स्ड लाइनें काम करती रहें। जहाँ कनेक्शन ही नहीं है, वहाँ रोक को बायपास करने वाले सॉफ़्टवेयर और VPN से मदद मिलने की संभावना कम है; जहाँ वह केवल धीमा या फ़िल्टर किया गया है, वहाँ वे शायद मदद कर सकें।
meaning-regional = इस श्रेणी की बाधा देश के एक हिस्से में कनेक्टिविटी को नेटवर्क लेयर पर प्रभावित करती है। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है।
meaning-place = इस श्रेणी की बाधा कनेक्टिविटी को नेटवर्क लेयर पर प्रभावित करती है। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है।
meaning-national = इस श्रेणी की बाधा देश के ज़्यादातर हिस्से में कनेक्टिविटी को नेटवर्क लेयर पर प्रभावित करती है। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है। हो सकता है कि देश में होस्ट की गई वेबसाइटों और सेवाओं तक विदेश से भी पहुँच न हो।

## Classes by the pattern in the data

classes-national-blackout-name = देशव्यापी ब्लैकआउट
classes-national-blackout-meaning = इस श्रेणी की बाधा में किसी देश के ज़्यादातर हिस्से में नेटवर्क लेयर पर कनेक्टिविटी चली जाती है। कॉल, संदेश, भुगतान और इंटरनेट पर निर्भर सेवाओं के एक साथ काम न करने की संभावना है। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है; जो संपर्क प्रभावित नेटवर्कों से होकर नहीं जाते, जैसे विदेशी रोमिंग या सैटेलाइट, वे शायद मदद कर सकें। हो सकता है कि देश में होस्ट की गई वेबसाइटों और सेवाओं तक विदेश से भी पहुँच न हो।
classes-mobile-name = मोबाइल नेटवर्क
classes-mobile-meaning = इस श्रेणी की बाधा मोबाइल डेटा को नेटवर्क लेयर पर प्रभावित करती है, जबकि फ़िक्स्ड लाइनें सामान्य होती हैं। जो लोग केवल फ़ोन से ऑनलाइन होते हैं, हो सकता है कि उनमें से ज़्यादातर का संपर्क टूट जाए; हो सकता है कि फ़िक्स्ड लाइनें और उन पर चलने वाला Wi-Fi काम करते रहें। जहाँ कनेक्शन ही नहीं है, वहाँ रोक को बायपास करने वाले सॉफ़्टवेयर और VPN से मदद मिलने की संभावना कम है; जहाँ वह केवल धीमा या फ़िल्टर किया गया है, वहाँ वे शायद मदद कर सकें।
classes-regional-name = क्षेत्रीय
classes-regional-meaning = इस श्रेणी की बाधा किसी देश के एक हिस्से में कनेक्टिविटी को नेटवर्क लेयर पर प्रभावित करती है, जबकि दूसरे हिस्से सामान्य होते हैं। हो सकता है कि देश के आँकड़ों में यह मुश्किल से दिखे। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है।
classes-operator-name = कुछ नेटवर्क
classes-operator-meaning = इस श्रेणी की बाधा बताए गए नेटवर्कों के ग्राहकों को नेटवर्क लेयर पर प्रभावित करती है। हो सकता है कि दूसरे नेटवर्कों के लोगों को ख़ास फ़र्क़ न दिखे, और जहाँ कोई दूसरा नेटवर्क मिल सके, वहाँ उसके काम करने की संभावना है। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और हो सकता है कि वे मदद न करें।
classes-partial-restriction-name = आंशिक स्तर पर टिकी हुई
classes-partial-restriction-meaning = इस श्रेणी की बाधा में कनेक्टिविटी का एक हिस्सा बचा रहता है और एक हिस्सा चला जाता है, ऐसे स्तर पर जो घंटों बना रहता है। इसका मतलब हो सकता है कि कुछ नेटवर्कों या इलाक़ों का संपर्क टूटा है और दूसरों का नहीं, कि कनेक्शन धीमे हैं, या कि क्षमता कम हो गई है। जहाँ कनेक्शन बचा है, वहाँ रोक को बायपास करने वाले सॉफ़्टवेयर और VPN काम कर सकते हैं, हालाँकि वे क्षमता की कमी दूर नहीं कर सकते; जहाँ कनेक्शन नहीं बचा, वहाँ उनसे मदद मिलने की संभावना कम है।
classes-routing-only-name = केवल रूटिंग
classes-routing-only-meaning = इस श्रेणी की बाधा में वैश्विक तालिका से रूट ग़ायब हो जाते हैं, जबकि प्रोबिंग या ट्रैफ़िक सामान्य होता है। हो सकता है कि लोगों को ख़ास फ़र्क़ न दिखे, या केवल इतना दिखे कि कुछ सेवाएँ धीमी हैं या पहुँच से बाहर हैं। अक्सर यह इस बात में बदलाव होता है कि नेटवर्क अपने पतों की घोषणा कैसे करते हैं। जब तक कनेक्शन काम करते हैं, रोक को बायपास करने वाले सॉफ़्टवेयर और VPN पर असर पड़ने की संभावना कम है।
classes-power-like-name = धीरे-धीरे, जैसा बिजली जाने पर
classes-power-like-meaning = इस श्रेणी की बाधा में कनेक्टिविटी एक साथ रुकने के बजाय एक घंटे या उससे अधिक समय में धीरे-धीरे घटती है, एक ही इलाक़े में या हर दिन दोहराए जाने वाले उतार-चढ़ाव के साथ। ऐसे पैटर्न तब दिखते हैं जब उपकरणों की बिजली ख़त्म हो जाती है, और दूसरी घटनाओं में भी। कनेक्शन आ-जा सकते हैं। जहाँ नीचे कोई कनेक्शन नहीं है, वहाँ रोक को बायपास करने वाले सॉफ़्टवेयर और VPN मदद नहीं करते।
classes-cable-like-name = कई देश एक साथ
classes-cable-like-meaning = इस श्रेणी की बाधा कई देशों में लगभग एक ही समय पर शुरू होती है। ऐसे पैटर्न तब दिखते हैं जब कई देशों के साझा संपर्क काम करना बंद कर देते हैं, और दूसरी घटनाओं में भी। हो सकता है कि अंतरराष्ट्रीय सेवाएँ धीमी या पहुँच से बाहर हों, जबकि देश के भीतर की सेवाएँ काम करती रहें। रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को आम तौर पर अंतरराष्ट्रीय कनेक्शन चाहिए, और वे खोई हुई क्षमता की जगह नहीं ले सकते।
classes-exam-like-name = कई दिनों में उन्हीं घंटों में
classes-exam-like-meaning = इस श्रेणी की बाधा कई दिनों में उसी घंटे लौटती है और हर बार आधे दिन के भीतर ख़त्म हो जाती है। ऐसे पैटर्न राष्ट्रीय परीक्षाओं के दौरान दिखते हैं, और नियोजित कामों में भी। जब तक यह चलती है, रोक को बायपास करने वाले सॉफ़्टवेयर और VPN को नीचे एक चालू कनेक्शन चाहिए, और जहाँ वह नहीं है, वहाँ उनसे मदद मिलने की संभावना कम है। हो सकता है कि यह आगे किसी दिन उसी घंटे फिर लौटे।
classes-measurement-artefact-name = शायद मापन में बदलाव
classes-measurement-artefact-meaning = पैटर्न से लगता है कि जो बदला, वह शायद मापन हो, नेटवर्क नहीं: हो सकता है कि लोगों की कनेक्टिविटी सामान्य हो। इससे रोक को बायपास करने वाले सॉफ़्टवेयर और VPN के बारे में कोई निष्कर्ष नहीं निकलता।
classes-unknown-name = कोई श्रेणी नहीं
classes-unknown-meaning = पैटर्न किसी भी श्रेणी से मेल नहीं खाता।

## What people say of the cause

causes-unknown = { cause-unknown }
causes-A1 = { $who } का कहना है: { $statement }।
causes-A2 = पैटर्न इसके अनुरूप है: { $statement }; मुख्य वैकल्पिक व्याख्या यह है: { $alternative }। यह सूचना { $who } ने दी।
causes-A3 = बाधा का आदेश { $who } ने दिया था (दस्तावेज़: { $statement })।
causes-withdrawn = कारण के बारे में { $who } का एक बयान यहाँ दिखाया गया था और { $time } पर वापस ले लिया गया: { $reason }।

## Titles of pages

page-title = { $place }: { $noun }, { $date }
page-title_suspected = { $place }: एक स्रोत को दिखी गिरावट, { $date }
page-drop = एक स्रोत को दिखी गिरावट
page-title_retracted = { $place }: रिपोर्ट वापस ली गई, { $date }

## Facts in numbers

facts-state = स्थिति
facts-place = स्थान
facts-level = सबसे नए चरण पर स्तर
facts-last_level = आख़िरी माप पर स्तर
facts-lowest = अब तक न्यूनतम स्तर
facts-lowest_of_all = न्यूनतम स्तर
facts-onset = शुरुआत
facts-ended = अंत
facts-duration = अवधि
facts-lasting = अब तक की अवधि
facts-networks = नेटवर्क
facts-regions = क्षेत्र
facts-down = गिरावट वाले संकेतक
facts-slightly_down = सामान्य स्तर से थोड़ा नीचे के संकेतक
facts-ordinary = सामान्य स्तर वाले संकेतक
facts-usual_variation = संकेतक जिनका बदलाव इतना छोटा या इतने कम समय का है कि गिना नहीं जाता
facts-silent = संकेतक जिनका कोई ताज़ा माप नहीं
facts-last_reading = { $name }: { $time } से कोई माप नहीं
facts-last_judged = { $name }: { $time } से ऐसा कोई माप नहीं जिसका आकलन हो सके
facts-no_reading = { $as_of } से कोई माप नहीं ({ $name })
facts-cuts = कनेक्टिविटी { $n } बार टूटी; कुल अवधि: { $length }
facts-of_ordinary = सामान्य स्तर का { $level }, { $as_of }

## The timeline

timeline-part = { $part }, { $signal }
timeline-fell = गिरावट: { $name }
timeline-returned = सामान्य स्तर पर वापसी: { $name }
timeline-stated = कारण के बारे में { $who } का एक बयान दर्ज किया गया
timeline-withdrawn = कारण के बारे में { $who } का एक बयान वापस लिया गया

## How earlier incidents are counted

history-quarter1 = जनवरी से मार्च
history-quarter2 = अप्रैल से जून
history-quarter3 = जुलाई से सितंबर
history-quarter4 = अक्टूबर से दिसंबर
history-hours = एक दिन से कम
history-days = एक से सात दिन
history-weeks = एक सप्ताह या अधिक
history-between = अवधि पर्याप्त रूप से ज्ञात नहीं
history-unended = अंत ज्ञात नहीं

## What befell a source

faults-ill-past = { $name }: { $since } से { $until } तक इसके मापों पर भरोसा नहीं किया जा सकता था। वजह: { $why }। इसे छोड़ दिया गया: गड़बड़ी वाला स्रोत कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-ill-lasting = { $name }: { $since } से इसके मापों पर भरोसा नहीं किया जा सकता। वजह: { $why }। इसे छोड़ दिया गया है: गड़बड़ी वाला स्रोत कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-ill-once = { $name }: { $since } पर इसके मापों पर भरोसा नहीं किया जा सकता था। वजह: { $why }। इसे छोड़ दिया गया: गड़बड़ी वाला स्रोत कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-unanswered-past = { $name }: { $since } से { $until } तक { $source } को भेजे गए अनुरोधों का कोई काम लायक़ जवाब नहीं मिला। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-unanswered-lasting = { $name }: { $since } से { $source } को भेजे गए अनुरोधों का कोई काम लायक़ जवाब नहीं मिला है। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-unanswered-once = { $name }: { $since } पर { $source } को भेजे गए एक अनुरोध का कोई काम लायक़ जवाब नहीं मिला। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-silent-past = { $name }: { $since } से { $until } तक कोई डेटा नहीं मिला। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-silent-lasting = { $name }: { $since } के माप के बाद से कोई डेटा नहीं मिला है। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-silent-once = { $name }: { $since } पर कोई डेटा नहीं मिला। डेटा न मिलना कभी किसी घटना को न शुरू करता है, न बंद करता है।
faults-mute-past = { $name }: { $at } के चरण पर, { $since } के बाद का ऐसा कुछ नहीं था जिसका आकलन हो सके। इसे अज्ञात गिना गया, सामान्य नहीं।
faults-mute-past_undated = { $name }: { $at } के चरण पर ऐसा कुछ नहीं था जिसका आकलन हो सके। इसे अज्ञात गिना गया, सामान्य नहीं।
faults-mute-lasting = { $name }: { $at } के चरण तक की स्थिति के अनुसार, { $since } के बाद का ऐसा कुछ नहीं है जिसका आकलन हो सके। इसे अज्ञात गिना जाता है, सामान्य नहीं।
faults-mute-lasting_undated = { $name }: { $at } के चरण तक की स्थिति के अनुसार ऐसा कुछ नहीं है जिसका आकलन हो सके। इसे अज्ञात गिना जाता है, सामान्य नहीं।
faults-doubted-past = { $name }: { $since } के चरण पर यह स्रोत की स्थिति की जाँच में विफल रहा, और { $until } के चरण पर ऐसा नहीं रहा। इसे छोड़ दिया गया।
faults-doubted-lasting = { $name }: { $since } के चरण पर यह स्रोत की स्थिति की जाँच में विफल रहा। इसे छोड़ दिया गया।
illnesses-many-unrelated-places-fell-at-once = निगरानी में रखे गए स्थानों में से कई में एक ही समय पर गिरावट आई
illnesses-the-median-of-all-places-is-low = ज़्यादातर स्थान एक ही समय पर निचला स्तर दिखाते हैं
illnesses-many-places-repeat-the-same-reading = कई स्थान वही माप दोहराते हैं
illnesses-many-places-were-told-otherwise-afterwards = कई स्थानों के बारे में इसने जो बताया था, बाद में उससे अलग बताया
illnesses-other = इसके माप एक-दूसरे का खंडन करते हैं

## Other explanations that were checked

answers-of = { $result } ({ $signal })
checks-source-health-passed = स्रोत की स्थिति: दूसरे स्थानों के इसके माप हमेशा की तरह हैं
checks-source-health-failed = हो सकता है कि स्रोत में गड़बड़ी हो: दूसरी जगहों पर भी इसके माप निचले थे, एक ही जगह ठहरे थे या बदले गए
checks-source-health-unanswered = स्रोत की स्थिति: जाँची नहीं जा सकती
checks-source-rise-passed = जो फिर सामान्य है, उसमें ऐसा कुछ नहीं जो केवल बाक़ी सभी स्थानों के साथ बढ़ा हो
checks-source-rise-failed = स्रोत सभी स्थानों में ऊँचा स्तर दिखाता है: वह जिसे वापसी दिखाता है, उसकी रिपोर्ट नहीं की जाती
checks-source-rise-unanswered = ज्ञात नहीं कि स्रोत सभी स्थानों में ऊँचा स्तर दिखाता है या नहीं
checks-geolocation-passed = इस स्थान ने जो खोया, वह किसी दूसरे स्थान को नहीं मिला
checks-geolocation-failed = इस स्थान ने जो खोया, वह किसी दूसरे स्थान को मिला: हो सकता है कि इसके पते अब केवल कहीं और दर्ज हों
checks-geolocation-unanswered = ज्ञात नहीं कि इस स्थान ने जो खोया, वह किसी दूसरे स्थान को मिला या नहीं
checks-renumbering-passed = किसी संबद्ध नेटवर्क ने इसके पते नहीं लिए
checks-renumbering-failed = इसके गिरने के साथ एक संबद्ध नेटवर्क बढ़ा: हो सकता है कि उसने इसके पते ले लिए हों
checks-renumbering-unanswered = ज्ञात नहीं कि किसी संबद्ध नेटवर्क ने इसके पते लिए या नहीं
checks-routes-without-service-passed = बात केवल रूट की नहीं है: सेवा पर असर पड़ा है
checks-routes-without-service-failed = रूट घटे; प्रोबिंग या ट्रैफ़िक इतना कम घटा कि गिना नहीं जाता, या बिल्कुल नहीं घटा
checks-routes-without-service-unanswered = ज्ञात नहीं कि बात केवल रूट की है या उससे अधिक की
checks-people-without-network-passed = बात केवल लोगों के न होने की नहीं है: नेटवर्क पर असर पड़ा है
checks-people-without-network-failed = लोगों का इस्तेमाल घटा; प्रोबिंग या रूट इतने कम घटे कि गिने नहीं जाते, या बिल्कुल नहीं घटे
checks-people-without-network-unanswered = ज्ञात नहीं कि बात केवल लोगों के न होने की है या उससे अधिक की
checks-shared-input-passed = ऐसा कुछ नहीं दिखता कि केवल पतों का नक़्शा बदला हो
checks-shared-input-failed = पतों का एक ही नक़्शा इस्तेमाल करने वाले संकेतक एक साथ गिरे, और लोगों का ट्रैफ़िक सामान्य है: हो सकता है कि नक़्शा बदला हो
checks-shared-input-unanswered = पतों का एक ही नक़्शा इस्तेमाल करने वाले संकेतक एक साथ गिरे; लोगों का ट्रैफ़िक भी घटा या नहीं, यह जाँचा नहीं जा सकता
checks-addresses-without-people-passed = बात केवल पतों की नहीं है: लोगों का ट्रैफ़िक भी घटा
checks-addresses-without-people-failed = पते खो गए; लोगों का ट्रैफ़िक सामान्य है
checks-addresses-without-people-unanswered = ज्ञात नहीं कि बात केवल पतों की है या उससे अधिक की
checks-one-vantage-passed = यह एक से अधिक अवलोकन बिंदुओं से दिखता है
checks-one-vantage-failed = यह केवल एक्टिव प्रोबिंग को दिखता है, उसके अपने अवलोकन बिंदु से
checks-one-vantage-unanswered = ज्ञात नहीं कि यह एक से अधिक अवलोकन बिंदुओं से दिखता है या नहीं
checks-level-shift-passed = यह स्तर में स्थायी बदलाव जैसा नहीं दिखता
checks-level-shift-failed = इतने लंबे समय से हल्की गिरावट: हो सकता है कि यह स्तर में स्थायी बदलाव हो, आउटेज नहीं
checks-level-shift-unanswered = ज्ञात नहीं कि यह स्तर में स्थायी बदलाव है या नहीं
checks-expected-event-passed = इस समय के लिए किसी गिरावट का पूर्वानुमान नहीं था
checks-expected-event-failed = इस समय के लिए गिरावट का पूर्वानुमान था
checks-expected-event-unanswered = ज्ञात नहीं कि इस समय के लिए गिरावट का पूर्वानुमान था या नहीं
checks-partial-bin-passed = यह केवल सबसे नए माप में नहीं दिखता, जो अधूरा हो सकता है
checks-partial-bin-failed = यह केवल सबसे नए माप में दिखता है, और वह अधूरा हो सकता है
checks-partial-bin-unanswered = ज्ञात नहीं कि यह सबसे नए माप के अलावा भी दिखता है या नहीं
checks-season-passed = पिछले सप्ताहों का कोई और दिन इन घंटों में इतना शांत नहीं था
checks-season-failed = पिछले सप्ताहों के दूसरे दिन, सप्ताहांत या छुट्टियाँ, इन घंटों में इतने ही शांत थे
checks-season-unanswered = ज्ञात नहीं कि दूसरे दिन इन घंटों में इतने ही शांत थे या नहीं
checks-clock-change-passed = बात केवल घड़ी के एक घंटा आगे या पीछे किए जाने की नहीं है
checks-clock-change-failed = माप एक घंटा पहले या बाद के लिए सामान्य हैं: हो सकता है कि घड़ी बदली गई हो
checks-clock-change-unanswered = ज्ञात नहीं कि घड़ी बदली गई या नहीं
checks-clock-passed = जो गिरा, उसका समय अभी से पहले का और उससे पहले आए माप के बाद का है
checks-clock-failed = गिरे हुए एक माप पर ऐसा समय दर्ज है जो संभव समय से बाद का है
checks-clock-unanswered = ज्ञात नहीं कि जो गिरा, उसका समय सही दर्ज है या नहीं
checks-population-passed = जो गिरा, वह गिने-चुने नेटवर्कों तक सीमित नहीं है
checks-population-failed = जो गिरा, वह सब गिने-चुने नेटवर्कों का है: हो सकता है कि एक ही प्रदाता पूरा स्थान हो
checks-population-unanswered = ज्ञात नहीं कि गिने-चुने से अधिक नेटवर्क गिरे या नहीं
checks-sympathetic-passed = जिस नेटवर्क का भी नाम है, उसने उससे संपर्क करने वालों से अधिक खोया
checks-sympathetic-failed = कुछ नेटवर्क केवल इसलिए गिरे हुए लगते हैं कि कोई दूसरा गिरा हुआ है; उनका नाम नहीं दिया गया है
checks-sympathetic-unanswered = ज्ञात नहीं कि कुछ नेटवर्क केवल गिरे हुए लगते हैं या नहीं

## Which rule applied

rules-two-families = दो स्वतंत्र मापन एक साथ गिरे
rules-two-families-in-a-part = स्थान के एक हिस्से में दो स्वतंत्र मापन एक साथ गिरे
rules-one-strong-family = एक मापन गिरा, और किसी दूसरे से इसकी पुष्टि नहीं
rules-many-regions = क्षेत्रों का दसवाँ हिस्सा गिरा
rules-a-crowded-region = एक राज्य या प्रांत के एक चौथाई क्षेत्र गिरे
rules-a-network-vanished = एक नेटवर्क रूटिंग या प्रोबिंग से ग़ायब है
rules-several-shallow-families = ट्रैफ़िक और एक दूसरा मापन एक साथ थोड़ा गिरे
rules-weak-family-only = केवल एक अस्थिर मापन गिरा
rules-not-yet-borne-out = अभी किसी दूसरे मापन से इसकी पुष्टि नहीं
rules-parts-only = एक ही मापन में केवल कुछ नेटवर्क या क्षेत्र गिरे
rules-ordinary = जिसका भी आकलन हो सकता है, वह सब सामान्य है
rules-unknown = किसी का भी आकलन नहीं हो सकता
rules-held-back = एक जाँच की वजह से पुष्टि नहीं की गई: { $result }
rules-held-back-unanswered = एक जाँच का जवाब न होने की वजह से पुष्टि नहीं की गई: { $result }
rules-a-family-is-back = एक मापन फिर सामान्य है
rules-a-network-is-back = एक नेटवर्क फिर सामान्य है
rules-a-person-corrected-it = एक संपादक ने इसे सुधारा
rules-a-person-withdrew-it = एक संपादक ने इसे वापस लिया
rules-a-source-rises-everywhere = स्रोत सभी स्थानों में ऊँचा स्तर दिखाता है
rules-all-families-back = जो भी गिरा था, सब फिर सामान्य है
rules-changes-too-often = बदलाव इतनी बार होते हैं कि हर एक की रिपोर्ट नहीं की जा सकती
rules-fell-again = फिर गिरावट
rules-fell-again-in-one-family-only = केवल एक मापन में फिर गिरावट
rules-fell-again-in-two-families = बाद का एक मापन उसकी पुष्टि करता है जो एक स्रोत ने दिखाया था
rules-fell-before-the-return = देर से मिला एक माप वापसी से पहले की गिरावट दिखाता है
rules-hours-passed = स्थिति जारी है: दैनिक अपडेट
rules-level-rose = स्तर बढ़ा
rules-level-shift = निचला स्तर ही अब आम स्तर बन गया है
rules-new-networks = और नेटवर्क या क्षेत्र गिरे
rules-no-change = कुछ नहीं बदला
rules-off-again = आंशिक बहाली के बाद फिर गिरावट
rules-only-parts-still-down = स्थान के केवल कुछ हिस्से अब भी गिरे हुए हैं
rules-readings-were-revised = स्रोत ने अपने माप संशोधित किए
rules-scope-grew = स्थान का और हिस्सा प्रभावित है
rules-severity-grew = गिरावट और गहरी हुई
rules-still-falling = गिरावट अब भी जारी है
rules-too-soon = पिछली रिपोर्ट के बाद बहुत जल्दी
rules-taken-back-already = रिपोर्ट पहले ही वापस ली जा चुकी थी
class_rules-withdrawn = रिपोर्ट वापस ली गई है
class_rules-an-artefact-check-failed = एक जाँच ने मापन में गड़बड़ी पाई
class_rules-routes-down-service-ordinary = रूट घटे, जबकि सेवा सामान्य थी
class_rules-not-corroborated = पुष्टि नहीं हुई है
class_rules-same-hour-on-many-days = कई दिनों में उसी घंटे गिरावट
class_rules-several-countries-at-once = आधे घंटे के भीतर कई देशों में गिरावट
class_rules-gradual-and-regional-or-daily = धीमी गिरावट, और केवल क्षेत्रों में या हर दिन दोहराए जाने वाले उतार-चढ़ाव के साथ
class_rules-mobile-networks-only = मोबाइल नेटवर्क गिरे, जबकि एक फ़िक्स्ड लाइन नेटवर्क सामान्य था
class_rules-regions-only = केवल क्षेत्रों में गिरावट
class_rules-held-between = स्तर सामान्य के 15% और 75% के बीच रहा, और छह घंटे तक लगभग एक जैसा
class_rules-most-of-a-country = पूरा देश सामान्य स्तर के पाँचवें हिस्से से नीचे गिरा
class_rules-single-networks = कुछ नेटवर्कों में गिरावट
class_rules-no-pattern = कोई नियम मेल नहीं खाया

## Where a text was posted

posted-apprise = मैसेंजर पर
posted-bluesky = Bluesky पर
posted-file = फ़ाइल में
posted-mail = ई-मेल से
posted-mastodon = Mastodon पर
posted-matrix = Matrix पर
posted-ntfy = सूचना के रूप में
posted-readers = सदस्यों को ई-मेल से
posted-telegram = Telegram पर
posted-webhook = दूसरे प्रोग्राम को
posted-websub = फ़ीड में
posted-x = X पर
posted-other = दूसरे चैनल पर
