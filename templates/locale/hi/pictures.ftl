# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = { $time } को जैसा बताया गया
embed-frozen = यह वैसा ही रहता है जैसा बताया गया था। { $page } पर नए चरण हो सकते हैं। { $credits }।
embed-frozen-page = पृष्ठ
embed-full = आँकड़ों और सुधारों सहित पूरा पृष्ठ
picture-corrected = बाद में: { $label }, { $time }: { $facts }
picture-title = चित्र { $picture }
picture-description = घटना { $incident } के एक चार्ट की स्थिर मूल प्रति, उसके SHA-256 और आँकड़ों के साथ।
picture-approved = यह चार्ट ठीक वैसा ही है जैसा प्रकाशन के लिए स्वीकृत हुआ था, बाइट-दर-बाइट।
picture-shown = यह उस चरण का चार्ट है जैसा पृष्ठ दिखाता है।
picture-same = आपके पास का चित्र वही है, केवल तब जब वह वही दिखाए और उसकी फ़ाइल का SHA-256 वही हो। सेवाएँ अक्सर चित्रों को दोबारा सहेजती हैं, जिससे फ़ाइल बदल जाती है: तब मिलाइए कि वह क्या दिखाता है।
picture-incident = घटना
picture-step = चरण
picture-data = आँकड़े
picture-sources = स्रोत
picture-all = सभी चित्र
picture-all-of-incident = इस घटना के
pictures-title = { $incident } के चित्र
pictures-description = घटना { $incident } के चार्ट जैसे वे प्रकाशित हुए, उनके SHA-256 के साथ।
pictures-none = इस घटना का कोई चित्र नहीं है।
picture_check-title = किसी चित्र की जाँच करें
picture_check-description = यह कैसे जाँचें कि आपको दिखाया गया चार्ट हमारा है और बदला नहीं गया।
picture_check-intro = हर चार्ट अपनी अंतिम पंक्ति में अपनी घटना बताता है, जैसे “घटना { $example }”। मूल देखने के दो तरीके हैं।
picture_check-by-incident = घटना की पहचान से: इस साइट पर { $folder } और पहचान खोलें। वह पृष्ठ घटना के हर चार्ट को वैसा ही सूचीबद्ध करता है जैसा वह प्रकाशित हुआ। उसे आपको दिखाए गए चार्ट से मिलाएँ।
picture_check-by-file = फ़ाइल से: उसका SHA-256 निकालें, जैसे { $command } से, और { $folder } तथा पहले बारह अंक खोलें। यदि पृष्ठ मौजूद है और सभी अंक वही हैं, तो फ़ाइल बदली नहीं गई। सेवाएँ अक्सर चित्रों को दोबारा सहेजती हैं, जिससे फ़ाइल बदल जाती है: तब पहला तरीका अपनाएँ।
picture_check-none = यदि चार्ट पर लिखी पहचान का यहाँ पृष्ठ नहीं है, तो रिपोर्ट हटा दी गई है, या चार्ट हमारा नहीं है।
