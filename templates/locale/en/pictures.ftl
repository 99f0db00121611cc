# Pages to check a picture, and pages to embed, in other sites.

## Pages to embed in other sites

embed-reported = As reported { $time }
# $page is a link with the words of the next message; $credits are in the owners' words.
embed-frozen = This stays as it was reported. { $page } may have newer steps. { $credits }.
embed-frozen-page = The page
embed-full = The full page, with data and corrections

## Pages on which readers check a picture

# $label is the kind of a later correction, $facts a sentence.
picture-corrected = { $label } since, { $time }: { $facts }
picture-title = Picture { $picture }
picture-description = The frozen original of a chart of incident { $incident }, with its SHA-256 and its data.
picture-approved = This is the chart as it was approved for posting, byte for byte.
picture-shown = This is the chart of the step as the page shows it.
picture-same = A picture that you have is the same only if it shows the same, and its file has the same SHA-256. Services often store pictures anew, which changes the file: then compare what it shows.
picture-incident = Incident
picture-step = Step
picture-data = Data
picture-sources = Sources
picture-all = All pictures
# Stands beside the message before it.
picture-all-of-incident = of this incident
pictures-title = Pictures of { $incident }
pictures-description = The charts of incident { $incident } as they were published, with their SHA-256.
pictures-none = There is no picture of this incident.
picture_check-title = Check a picture
picture_check-description = How to check whether a chart that you were shown is one of ours, unchanged.
picture_check-intro = Every chart names its incident in its last line, such as “incident { $example }”. There are two ways to see the original.
# $folder is the path of a folder.
picture_check-by-incident = With the id of the incident: open { $folder } and the id on this site. That page lists every chart of the incident as it was published. Compare it with what you were shown.
# $command is a command; $folder as above.
picture_check-by-file = With the file: compute its SHA-256, for example with { $command }, and open { $folder } and the first twelve digits. If there is a page and all digits are the same, the file is unchanged. Services often store pictures anew, which changes the file: then use the first way.
picture_check-none = If the id on a chart has no page here, the report was removed, or the chart is not ours.
