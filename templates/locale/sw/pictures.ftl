# Pages to check a picture, and pages to embed; see ../en/pictures.ftl.

embed-reported = Kama ilivyoripotiwa { $time }
embed-frozen = Hii inabaki kama ilivyoripotiwa. { $page } unaweza kuwa na hatua mpya zaidi. { $credits }.
embed-frozen-page = Ukurasa
embed-full = Ukurasa kamili, wenye data na masahihisho
picture-corrected = Baadaye: { $label }, { $time }: { $facts }
picture-title = Picha { $picture }
picture-description = Nakala halisi isiyobadilika ya chati ya tukio { $incident }, pamoja na SHA-256 na data zake.
picture-approved = Hii ni chati kama ilivyoidhinishwa kuchapishwa, baiti kwa baiti.
picture-shown = Hii ni chati ya hatua kama ukurasa unavyoionyesha.
picture-same = Picha uliyo nayo ni ileile ikiwa tu inaonyesha kitu kilekile na faili yake ina SHA-256 ileile. Mara nyingi huduma huhifadhi picha upya, jambo linalobadilisha faili: basi linganisha kile inachoonyesha.
picture-incident = Tukio
picture-step = Hatua
picture-data = Data
picture-sources = Vyanzo
picture-all = Picha zote
picture-all-of-incident = za tukio hili
pictures-title = Picha za { $incident }
pictures-description = Chati za tukio { $incident } kama zilivyochapishwa, pamoja na SHA-256 zake.
pictures-none = Hakuna picha ya tukio hili.
picture_check-title = Kagua picha
picture_check-description = Jinsi ya kukagua kama chati uliyoonyeshwa ni yetu, na haijabadilishwa.
picture_check-intro = Kila chati hutaja tukio lake katika mstari wa mwisho, kwa mfano “tukio { $example }”. Kuna njia mbili za kuona nakala halisi.
picture_check-by-incident = Kwa kitambulisho cha tukio: fungua { $folder } na kitambulisho kwenye tovuti hii. Ukurasa huo unaorodhesha kila chati ya tukio kama ilivyochapishwa. Ilinganishe na uliyoonyeshwa.
picture_check-by-file = Kwa faili: kokotoa SHA-256 yake, kwa mfano kwa { $command }, kisha fungua { $folder } na tarakimu kumi na mbili za kwanza. Ikiwa kuna ukurasa na tarakimu zote ni zilezile, faili haijabadilika. Mara nyingi huduma huhifadhi picha upya, jambo linalobadilisha faili: basi tumia njia ya kwanza.
picture_check-none = Ikiwa kitambulisho kwenye chati hakina ukurasa hapa, ripoti iliondolewa, au chati si yetu.
