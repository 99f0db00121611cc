# The pages of the record: the archive (`archive-`), corrections (`corrections-`), digests
# (`digest-`), the status of the sources (`status-`), what this site is (`about-`), and the
# page for an address without a page (`absent-`).
#   $n, $all     numbers, written in digits
#   $period      a year, or a month in digits ("2026-01")
#   $feeds       a list of links to feeds
#   $pages       a list of links to pages

records-pages = Pages: { $pages }
records-front = Front page
records-follow = Follow: { $feeds }

## An address without a page

absent-title = No such page
absent-description = There is no page at this address.
# $front is a link with the words of `records-front`.
absent-text = There is no page at this address. The current and the newest incidents are here: { $front }.

## The archive

archive-title = Archive of incidents
archive-description = Internet disruptions by month, country, network, class and severity.
archive-by = Browse
archive-by-country = By country
archive-by-network = By network
archive-by-class = By class
archive-by-severity = By severity
archive-months = All incidents, by month
archive-months-note = By the month in which they were first reported (UTC).
# $front is a link with the words of `records-front`.
archive-none = Every incident on record is listed here: { $front }.
archive-also = See also: { $pages }.
archive-month = Incidents first reported in { $period }
archive-month-description = Internet disruptions first reported in { $period }, with their evidence.
archive-all-months = All months
archive-all-country = All countries
archive-all-network = All networks
archive-all-class = All classes
archive-all-severity = All severities
# $kind is one of the four messages before this.
archive-kind = Archive: { $kind }
archive-kind-description = Internet disruptions on record. { $kind }.
archive-group = Incidents: { $name }
archive-group-class = Incidents of the class { $name }
archive-group-severity = Incidents of severity { $name }
archive-group-description = Internet disruptions on record, with their evidence.
archive-class-note = A class says what the pattern in the data looks like. It says nothing of who or why.
archive-severity-note = By the severity that the page of the incident states now.
archive-newest = Began in { $period }, the newest first
archive-periods = All, by the time at which they began (UTC)
archive-list-description = Internet disruptions that began in { $period }, with their evidence.
archive-list-note = Listed by the time at which they began (UTC), the oldest first.
archive-list-others = The newest, and all other times

## Corrections

corrections-description = Every correction and retraction of a published report, with its reason.
corrections-note = Each report that was wrong is listed here, the newest first, with the reason as the person who corrected it wrote it. A correction also goes to every channel that carried the original, and the page of the incident keeps what was said before. Times are in UTC.
corrections-reason = The reason, as it was written:
corrections-since = What the report says since
corrections-none = No published report has been corrected or retracted.
corrections-none-year = No published report has been corrected or retracted in { $year }.
# $years is a list of links.
corrections-years = All corrections by year: { $years }.
corrections-newest = The newest corrections
corrections-follow = Follow corrections: { $feeds }.

## Digests

digest-title = Digests
digest-description = What was reported in each week, month and quarter, in numbers.
digest-note = What was reported in each period, in numbers. Days, weeks and months are those of UTC; a week begins on Monday (ISO 8601).
digest-nothing = Nothing is on record yet.
digest-quarters = Quarters
digest-months = Months
digest-weeks = Weeks
# $n is the number of the week in its year, and of the quarter.
digest-week = week { $n } of { $year }
digest-quarter = quarter { $n } of { $year }
digest-of = Digest: { $period }
# $period is one of the two messages before, or a month ("January 2022").
digest-of-description = Internet disruptions of { $period }: classes, durations, corrections, and what could not be seen.
# Both are dates.
digest-bounds = From { $first } to { $last }, whole days in UTC. An incident is counted in the period in which it began, a correction in the period in which it was made. Only released reports are counted, as they stand now: a later report can change these numbers.
digest-began = Incidents that began
digest-incidents = Incidents
digest-confirmed = Confirmed at some time
digest-suspected = Only suspected
digest-over = Over
digest-lasting = Not reported over
digest-retracted = Retracted, not counted above
# $archive is a link with the words of `site-archive`.
digest-newest = Only the newest are listed here. All are in the archive: { $archive }.
digest-classes = By class and severity
digest-class-note = A class says what the pattern in the data looks like, and nothing of who or why. Severity is that of the latest report.
digest-class = Class
digest-severity = Severity
digest-durations = How long they took
# Durations, each as a range; $n is how many incidents are over.
digest-duration-one = The one that is over took { $longest }.
digest-duration-many = Of the { $n } that are over: the shortest { $shortest }, the median { $median }, the longest { $longest }.
digest-duration-note = A duration is a range, because its ends lie between two readings; time in which service was back is left out.
digest-duration-none = None of them is over, so no duration is known.
digest-corrections = Corrections and retractions made
# $n of $all are listed.
digest-corrections-newest = The newest are listed here: { $n } of { $all }.
digest-corrections-all = All corrections, with their reasons
digest-none = None.
digest-unseen = What could not be seen
digest-blind = Incidents during which sources could not be read or judged: { $n }
digest-seen = No source is known to have failed during these incidents.
digest-gaps = Gaps outside incidents are not counted here, and an outage that no source showed is not counted anywhere.
digest-methodology = What cannot be seen at all
digest-all = All digests

## The status of the sources

status-title = Status of the sources
status-description = Which sources can be read at present, how fresh their readings are, and what cannot be seen.
status-as-of = As of { $time }.
status-unread = Nothing has been read yet.
status-no-source = No source is read.
status-normal = Signals that can be read and look normal: { $n } of { $all }.
status-all-normal = All signals can be read and look normal.
# Both are durations ("10 minutes").
status-written = This page is written every { $poll }. If the time above is more than { $stopped } ago, the program has stopped, and no news then means nothing.
status-blind = What cannot be seen at present
status-last = Its last reading is of { $time }.
status-blind-note = What only these signals would show is not seen. A silent or faulty source neither opens nor closes an incident: a missing reading is a gap and never a zero.
status-none-blind = No signal is missing as a whole. Single places can still lack readings; their pages say so.
status-signals = Signals
status-column-signal = Signal
status-column-state = State
status-column-age = Age of the last reading
status-column-reading = Last reading
status-column-step = Readings come
status-unknown = not known
status-none-yet = none yet
# Both are durations ("10 minutes").
status-step = every { $step }, { $lag } late
# $data is a link with the words of the next message.
status-age-note = The age counts from the last instant that a reading describes. { $data }
status-data = The same as data (JSON)
status-program = The program
status-pass = Last pass
status-passes = Passes
status-poll = every { $poll }
status-heartbeat = Heartbeat
status-heartbeat-on = configured: an outside service is told after each pass, and alerts people when it hears nothing
status-heartbeat-off = not configured: nobody outside is alerted if the program stops
status-version = Version

## About

about-title = About
about-description = What { $publisher } is, how to cite it, correct it and follow it, and under which licences.
about-what = What this is
about-what-text = { $publisher } is a newswire for internet outages. It watches measurements of connectivity, decides by published rules when a disruption is real, and reports it with the data behind every number. This site is the record; posts elsewhere are copies of it.
about-record = Words and charts are made by software from the data. Where a person approved, edited, corrected or withdrew something, that is part of the record.
about-how = How it decides
about-now = What can be seen now
about-independence = Independence
about-independence-text = The same rules and thresholds hold for every country; the methodology page is generated from those in force. The measurements are made by others, who are credited and have no part in what is concluded here. A cause is never concluded from measurements: it is named only with an outside source. Pages set no cookie, load nothing from elsewhere and track nobody.
about-protection = To protect people, some reports can be held, delayed or made less exact. What is not released stands nowhere on this site.
about-correct = To correct us
# $contact is a link to an e-mail address, or another address.
about-correct-write = Write here, with the address of the page and what is wrong: { $contact }.
about-correct-none = No address is configured for this site.
# $corrections is a link with the words of `site-corrections`.
about-correct-note = A correction goes to every place where the original went, and all are listed with their reasons: { $corrections }. Nothing is changed silently.
about-cite = How to cite
about-cite-text = Cite the page of the incident with its title, its address and the time that it states (“as of”), and name the sources that the page names:
# The words in capitals stand for what the reader fills in; $address is an address.
about-cite-example = { $publisher }, “TITLE OF THE PAGE”, as of TIME UTC, { $address }. Data: SOURCES NAMED ON THE PAGE.
about-cite-note = A page can change when more is known; its list of revisions keeps what was said before.
about-follow = How to follow
about-follow-all = All incidents: { $feeds }
about-follow-corrections = Corrections and retractions: { $feeds }
about-follow-place = One country or network: the page of an incident links to the feed of its place
about-follow-none = The front page lists the current and the newest incidents.
about-licence = Licences by part
about-licence-texts = Texts and pictures
# $licence is in the operator's words.
about-licence-named = { $licence }. Name { $publisher } and the sources.
about-licence-none = The operator of this site states no licence.
about-licence-ask = The operator of this site states no licence; ask at the address above.
about-licence-data = Data
about-licence-data-text = Readings belong to those who measured them, under their terms:
about-licence-program = Program
