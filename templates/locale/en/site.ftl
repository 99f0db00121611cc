# The front page (`home-`), the pages of places (`place-`), the page that lists them all
# (`places-`), and the words of the site's script (`script-`); see pages.ftl. A language
# with pages also has the tables `newest` and `standings` of ../../words/en.toml
# here.
#
#   $link        a link with the words of the message of the same name with `-link`
#   $feeds, $corrections    lists of links to feeds
#   $n           a number, written in digits

## Marks beside the title of an incident, and severities

site-mark-drill = Drill
site-mark-reconstruction = Reconstruction
severity-minor = minor
severity-moderate = moderate
severity-major = major
severity-near-total = near-total

## The front page

home-title = Internet outages, with their evidence
home-description = Internet disruptions as they are detected, confirmed and restored.
home-updated = Last updated { $time }.
# $ways is a list of links with the words of the next four messages.
home-subscribe = Subscribe: { $ways }.
home-subscribe-all = all incidents (Atom)
home-subscribe-corrections = corrections (Atom)
home-subscribe-more = more feeds
home-subscribe-mail = by e-mail
home-now = Happening now
home-none-open = No open incident is published.
home-places = All places at a glance: the level of every watched country and network
# $severities is a list of marks with the words `severity-`.
home-map-note = Countries with an open incident on this page, by its worst severity: { $severities }. The list names them all; a country without colour is not known to be without outages. Outlines: Natural Earth.
# The description of the map; $incidents is a list of titles.
home-map = Countries with an open incident: { $incidents }
home-map-empty = No country is marked: no open incident is published
home-timeline = When, and how long
home-past = Past
home-follow = Follow
home-follow-all = All incidents: { $feeds }. Corrections and retractions: { $corrections }. The page of an incident links to the feed of its country.
home-follow-mail = { $link }: you choose the places, and how deep a drop must be.
home-follow-mail-link = By e-mail
home-follow-alerts = { $link }: for software that passes on public warnings. Each alert says how it is meant; one that is marked as a test must not be passed on as a warning.
home-follow-alerts-link = Alerts (CAP 1.2)
home-follow-map = { $link }: the incidents that are open now, with their places, for maps.
home-follow-map-link = Map data (GeoJSON)
home-follow-calendar = { $link }: times in which a drop is expected, such as announced maintenance.
home-follow-calendar-link = Calendar (iCalendar)
home-follow-api = { $link }: places, incidents, and the readings behind the charts.
home-follow-api-link = Data for programs (JSON, described with OpenAPI)
home-sources = Sources
home-sources-note = As of { $time }. A faulty or silent source never opens or closes an incident. { $link }
home-sources-note-link = The same as data (JSON)
home-column-signal = Signal
home-column-reading = Last reading
home-column-state = State
home-no-reading = none yet

## The page of a country or a network

place-title = Internet in { $place }: levels and outages
place-description = The measured levels of the internet in { $place }, the last 28 days, and the outages on record.
place-country = Country or territory
# $number is the number of the network; $country may be a link.
place-network = Network AS{ $number }
place-network-within = Network AS{ $number } in { $country }
place-now = Now
place-column-level = Level
place-column-reading = Last published reading
# Readings that are missing and readings that may not be shown have the same words (P12).
place-unpublished = no current reading published
place-unpublished-month = none in 28 days
place-level-note = A level is a reading in percent of what the hours and days before it lead to expect. No published reading says nothing about the network: readings can be late, missing, or not yet checked.
place-no-levels = No published reading.
place-days = The last 28 days
place-days-note = The mean of each hour; the lower edge of a chart is 0. A gap is an hour without a published reading. Days are those of UTC.
# $value is a number with its unit.
place-highest = Highest hour: { $value }
# The descriptions of a chart; $first and $last are dates, the others are numbers.
place-chart = { $signal }, { $first } to { $last }: between { $lowest } and { $highest }; readings in { $read } of { $hours } hours
place-chart-empty = { $signal }, { $first } to { $last }: no published reading
place-history = Incidents on record
# Incidents that have ended: one, two, and more; all others are durations.
place-ended-one = One incident of this place has ended. It lasted { $longest }.
place-ended-two = Two incidents of this place have ended. The longest lasted { $longest }.
place-ended-more = { $n } incidents of this place have ended. They lasted { $median } in the median; the longest lasted { $longest }.
place-classes = Confirmed incidents, by class
place-column-class = Class
place-column-incidents = Incidents
place-column-median = Median duration
place-column-longest = Longest
place-not-given = not given
place-classes-note = A class says what the pattern in the data looks like, not who or why. Drills, retracted incidents, and incidents on record for another place or network are not counted.
place-classes-durations = Durations are given where at least three have ended.
place-classes-newest = Only the newest incidents are counted.
# $counts is a list of pairs (`incident-pair`).
place-seasons = By when they began, in local time: { $counts }.
place-follow = Follow and data
place-feeds = Incidents of this place: { $feeds }.
place-feeds-all = Incidents of all places: { $feeds }.
place-feed-later = A feed of this place begins with its first incident.
place-data = The incidents as data (JSON)
place-mail = Incidents of this place by e-mail
# $credits is a list of pairs: a signal, and its credit with the licence.
place-sources = Sources: { $credits }.

## All places

places-title = All places at a glance
places-description = The level of the internet in every watched country and network.
places-note = Every watched place, with the level of each signal: its last reading in percent of what the hours and days before it lead to expect. As of { $time }; the time beside a level is that of its reading: month, day and hour.
# A sentence that the script hides while times are in the reader's zone.
places-utc = Times are in UTC.
places-missing-note = “No published reading” says nothing about the network: readings can be late, missing, or not yet checked.
places-countries = Countries and territories
places-countries-letters = Countries by letter
places-networks = Networks
places-networks-letters = Networks by letter
places-column-place = Place
places-column-incident = Incident
places-unwatched = not watched
places-no-incident = none published
places-empty = No readings are published yet. The list appears with the first of them.

## The words of the script

script-zone = Show times in my time zone
script-zone-back = Show times in UTC
script-zone-note = Times are now in your time zone, { $zone }, except where UTC is written: in texts as they were published, in ranges of time and in pictures.
script-filter = Filter by name
script-filter-shown = Shown: { $shown } of { $all }
script-chart-time = Time on the chart
# $time is a mark with a time; the levels at this time follow.
script-chart-reading = { $hours ->
    [1] Last reading of the hour up to { $time }:
   *[other] Last reading of the { $hours } hours up to { $time }:
}
script-chart-closer = Enlarge around this time
script-chart-whole = Show the whole period
script-chart-shown = Shown: { $from } to { $to }
script-chart-failed = The chart could not be loaded again.
