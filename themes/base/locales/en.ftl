### The words of the interface in English. Write `name = text`; Kairan puts values in place of {$value}.
### Keep the same names and values as ja.ftl. Numbers and dates arrive as English writes them.

## The frame of a page

skip-to-content = Skip to content
main-navigation = Main pages
footer-navigation = Footer pages
breadcrumb = You are here
home = Home
menu = Menu
made-with = Made with Kairan
publisher = Published by
contact = Contact
feed = Updates (feed)
print = Print

## Languages

language-switcher = Choose a language
# In lists, beside pages without a translation. {$language} is one of the names below.
stale-translation = The original has changed. This translation does not include all of the changes yet.
stale-translation-link = Read the original in {$language}
language-ja = Japanese
language-ja-easy = easy Japanese
language-en = English
language-pt = Portuguese
language-pt-br = Portuguese (Brazil)
language-vi = Vietnamese
language-zh = Chinese
language-zh-hans = Chinese (simplified)
language-zh-hant = Chinese (traditional)
language-ko = Korean
language-es = Spanish
language-fr = French
language-de = German
language-id = Indonesian
language-ne = Nepali
language-tl = Tagalog
language-th = Thai
language-uk = Ukrainian

## Articles

table-of-contents = On this page
reading-minutes = {$minutes}-minute read
published = Published
updated = Updated
authors = Words by
credit = Image: {$credit}
tags = Tags
series = Series
draft = Draft
read-more = Read more
footnotes = Footnotes
footnote-reference = Footnote {$number}
footnote-back = Back to the text (footnote {$number})
question = Question
answer = Answer
profile = Profile
gallery = Pictures

## Boxes

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution

## Kinds of page

kind-feature = Feature
kind-interview = Interview
kind-session = Study session
kind-programme = Programme
kind-news = News
kind-report = Report
kind-page = Page

## Lists

all-pages = All articles
related = Related articles
pages-count = {$count ->
    [one] {$count} article
   *[other] {$count} articles
}
no-pages = There are no articles yet.
tag-title = Articles tagged “{$tag}”
neighbours = Previous and next articles
previous-article = Previous article
next-article = Next article
pagination = Pages of this list
page-number = Page {$number}
page-of = Page {$number} of {$count}
previous-page = Previous page
next-page = Next page

## Headings of the portal

home-news = News
home-programmes = Training programmes
home-reports = Reports

## Search


## Hospitals

hospitals = Hospitals
hospitals-in-area = Hospitals in {$area}
hospitals-count = {$count ->
    [one] {$count} hospital or clinic
   *[other] {$count} hospitals and clinics
}
hospital-figures = The hospital in figures
hospital-kind-core = Core training hospital
hospital-kind-cooperating = Cooperating training hospital
hospital-kind-affiliated = Affiliated training facility
hospital-kind-hospital = Hospital
hospital-kind-clinic = Clinic
hospital-area = Area
hospital-other-areas = Other areas
hospital-address = Address
hospital-beds = Beds
hospital-beds-count = {$count ->
    [one] {$count} bed
   *[other] {$count} beds
}
hospital-departments = Departments
hospital-trainee-places = Places for trainees
hospital-trainee-places-count = {$count ->
    [one] {$count} place
   *[other] {$count} places
}
hospital-visit = Visits
hospital-phone = Phone
hospital-email = Email
hospital-website = Website

## Kinds of area

area-kind-country = Country
area-kind-region = Region
area-kind-prefecture = Prefecture
area-kind-secondary-medical-area = Secondary medical area
area-kind-perinatal-medical-area = Perinatal medical area
area-kind-county = County
area-kind-municipality = Municipality
area-kind-district = District
area-kind-group = Group

## Areas, events, people, terms

area-above = Part of
area-parts = Parts
area-code = Code
area-figures = The area in figures
events = Events
events-coming = Coming events
events-past = Past events
no-events = No events are planned at the moment.
event-kind-session = Study session
event-kind-briefing = Briefing
event-kind-visit = Visit
event-kind-deadline = Deadline
event-status-planned = As planned
event-status-changed = Changed
event-status-cancelled = Cancelled
event-over = Over
event-more = Details and applications
event-place = Place
event-people = Speakers
event-capacity = Places
event-capacity-count = {$count ->
    [one] {$count} person
   *[other] {$count} people
}
person-affiliation = Affiliation
no-terms = There are no terms yet.

## What is past its date

page-expired = This page was valid until {$date}. Its content may no longer hold.
page-due = This page was to be updated by {$date}. Its content may be out of date.
note-expired = These figures were valid until {$date}.
note-due = Newer figures were due by {$date}.

## The frame of a figure or table

figure-number = Figure {$number}
table-number = Table {$number}
formula-number = Formula {$number}
# The number and the title. The number is one of the three above.
numbered-title = {$number}. {$title}
source = Source
note = Note
as-of = as of {$date}
# The date of the figures, after their source.
as-of-aside = {" "}(as of {$date})
source-as-of = {$source} (as of {$date})
unit = Unit
unit-of = Unit: {$unit}
show-data = View the data as a table
download-csv = CSV ({$size})
size-kilobytes = {$count} KB
size-megabytes = {$count} MB
sample-person = Example person
sample-hospital = Example hospital
sample-note = People, places and figures marked as examples or samples are made up.

## Sentences about figures
## Values carry their unit (value-with-unit). Dates and years arrive as English writes them.

value-with-unit = {$value} {$unit}
text-with-unit = {$text} ({$unit})
period-range = {$from} to {$to}
area-and-period = {$area}, {$period}
trend-title = {$indicator} over time
trend-alternative = Line chart of {$indicator} over time. {$sentences}
trend-rose = {$area} rose from {$from-value} ({$from-period}) to {$to-value} ({$to-period}).
trend-fell = {$area} fell from {$from-value} ({$from-period}) to {$to-value} ({$to-period}).
trend-unchanged = {$area} was the same at both ends: {$to-value} ({$from-period} and {$to-period}).
trend-single = {$area} was {$value} ({$period}).
trend-no-values = There are no values for {$area}.
axis-starts-at = The vertical axis starts at {$value}.
# One sentence after another.
join-sentences = {$first} {$second}
highest = Highest
lowest = Lowest
highlighted = Area in focus
rank = {$rank}
rank-of = {$rank} of {$count}

## Heads of columns, and values in words

column-area = Area
column-hospital = Hospital
column-item = Item
column-period = Period
column-value = Value
change = Change
rate-of-change = Rate of change
value-not-applicable = not applicable
value-not-available = not available
value-suppressed = suppressed
value-legend = —: not applicable; …: not available; {$suppressed}: suppressed.

## When there is no page

not-found-title = Page not found
not-found-text = The page may have moved or may no longer exist. Please check the address.
not-found-home = Go to the home page

## The magazine's pages

# The title in a browser's tab and in search results
title-of-part = {$title}, page {$number}
title-with-site = {$title} | {$site}
og-locale = en_GB
list-separator = {", "}
key-findings = Key findings
related-hospitals = Hospitals in this article
session-date = Date
timetable = How the day goes
vertical-text = Letter
sample = Example

## Panels
## Titles of panels that have none of their own, and notes written from the data.

finding-rose = {$area}: up {$change} {$span}
finding-fell = {$area}: down {$change} {$span}
finding-unchanged = {$area}: unchanged {$span}
finding-single = {$area}: {$value} ({$period})
finding-value = {$label}: {$value}
finding-highest = Highest: {$area}, {$value}
span-years = {$count ->
    [1] in one year
    [2] in two years
    [3] in three years
    [4] in four years
    [5] in five years
    [6] in six years
    [7] in seven years
    [8] in eight years
    [9] in nine years
    [10] in ten years
   *[other] in {$count} years
}
span-between = from {$from} to {$to}
change-points = {$value} points
kpi-sentence = {$label}: {$value}.
note-estimated-dots = Hollow dots are estimates.
note-broken = From {$period} on, values are counted in another way and can't be compared with earlier ones.
value-estimated = estimate
value-revised = revised
value-broken = counted in another way
dataset-indicator = Indicator
dataset-id = ID
dataset-code = Code
dataset-note = Remarks

## Known discrepancies of sources

discrepancy-figure = {$indicator}: {$area}, {$period}
discrepancy-printed = As printed
discrepancy-expected = As computed
discrepancy-difference = Difference
discrepancy-cause = Likely cause
discrepancy-reason = Why it is kept
no-discrepancies = No discrepancies are known.

## Panels: tables and stacks
## Flows, timelines, stacked columns, pyramids.

flow-corner = From, to
flow-residents = All who live there
flow-received = All received
flow-in = Inflow
flow-out = Outflow
flow-net = Net inflow
flow-coefficient = Coefficient
shade-below = below {$to}
shade-between = {$from} to below {$to}
shade-from = {$from} and more
matrix-shades = Part of all who live there
matrix-note = The shade shows the part of all who live there; a frame marks those who stay in their own area. Net inflow is inflow less outflow; the coefficient is all received divided by all who live there.
matrix-note-hidden = The totals include areas that are not shown here.
finding-inflow = {$area}: inflow exceeds outflow by {$value}
finding-outflow = {$area}: outflow exceeds inflow by {$value}
finding-even = {$area}: inflow equals outflow
finding-outflow-areas = More leave than arrive: {$areas}
finding-outflow-count = More leave than arrive in {$count} of {$all} areas
matrix-sentence = {$area}: own area {$own}, outflow {$out}, inflow {$in}, coefficient {$coefficient}.
matrix-alternative = Table of {$name}, from area to area. {$sentences}
dataset-from-id = From (ID)
dataset-from-code = From (code)
dataset-from = From
dataset-to-id = To (ID)
dataset-to-code = To (code)
dataset-to = To
timeline-state = Present
timeline-name = Name
timeline-group = Group
timeline-mark = Mark
timeline-nobody = None
timeline-total = Total ({$unit})
timeline-first = first
timeline-continued = continued
timeline-last = last
timeline-only = only this one
timeline-of-group = {$group}, {$state}
timeline-count = {$count} in {$period}
timeline-alternative = Table of {$name} by period. {$state}: {$counts}.
finding-timeline = {$state}: {$from} in {$from-period}, {$to} in {$to-period}
finding-timeline-same = {$state}: {$to} in both {$from-period} and {$to-period}
status-actual = actual
status-target = target
status-required = needed
stack-total = Total
stack-share-of = {$name}, per cent of the total
stack-part = {$name} {$value}
stack-sentence = {$label}: {$total} in all, of these {$parts}.
stack-alternative = Stacked chart of {$name}. {$sentences}
stack-note-hatched = Hatched values are not actual figures.
stack-note-share = Percentages are rounded and may not add up to 100%.
stack-note-missing = Columns with missing values are as high as what is known.
finding-stack-course = {$name}: {$from} in {$from-label}, {$to} in {$to-label}
finding-stack-same = {$name}: {$to} in both {$from-label} and {$to-label}
finding-stack-single = {$name}: {$to} in {$to-label}
finding-stack-largest = Largest in {$label}: {$name}, {$value}
finding-stack-highest = Highest total: {$area}, {$value}
pyramid-class = Class
pyramid-group = Group
pyramid-sentence = {$group}: {$total} in all, most in {$classes} ({$most}).
pyramid-alternative = Bar chart of {$name}, one group on either side. {$sentences}
finding-pyramid = {$group}: {$value} of the total

# Rotation plans
rotation-range = {$from}–{$to}
rotation-weeks = {$count} wk
rotation-months = {$count} mo
rotation-unit-weeks = weeks
rotation-unit-months = months
rotation-required = Required
rotation-choice-required = Choice required
rotation-elective = Elective
rotation-parallel = Parallel
rotation-half-days = {$count} half-days
rotation-track = {$department} ({$track})
rotation-year = Year {$year}
rotation-when-weeks = Wk {$from}–{$to}
rotation-when-week = Wk {$from}
rotation-when-months = Months {$from}–{$to}
rotation-when-month = Month {$from}
rotation-tick-week = {$number} wk
rotation-tick-month = {$number} mo
rotation-month = {$month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
rotation-day = {$day} {$month}
rotation-days = {$from} – {$to}
rotation-group-internal = Internal medicine
rotation-group-emergency = Emergency and anaesthesia
rotation-group-surgical = Surgery, paediatrics, obstetrics and gynaecology, psychiatry
rotation-group-community = Community medicine, outpatient care, general practice
rotation-group-other = Other, or free choice
rotation-of-course = {$course} {$amount}
rotation-finding-electives = Time for electives: {$courses}
rotation-compared = {$field}: {$courses}
rotation-sentence = {$year}: {$blocks}.
rotation-course-sentence = {$course}. {$years}
rotation-sample = This is a sample, and no real programme.
rotation-inferred = Inferred for {$course}: {$text}
rotation-totals-subtitle = {$name}: time by field
rotation-totals-ranges = Training whose length is a range counts with the length that is drawn.
rotation-rules-subtitle = {$name}: held against the rules
rotation-finding-rules = Of {$all} rules, these are met: {$courses}
rotation-rule-count = {$count}
rotation-advised = {$asked} (advice)
rotation-partly-inferred = Some of the lengths are inferred.
rotation-rule-note = {$rule}: {$note}
rotation-at-least = at least {$amount}
rotation-at-most = at most {$amount}
rotation-desirable = better {$amount} or more
rotation-in-year = in year {$year}
rotation-also = counting up to {$amount} of {$department}
rotation-verdict = {$verdict} ({$given})
rotation-verdict-holds = ○ Holds
rotation-verdict-can-hold = △ Depends on the choice
rotation-verdict-below = ○ Holds at the least
rotation-verdict-not-followed = △ Below what is advised
rotation-verdict-unstated = – The plan does not say
rotation-verdict-fails = × Does not hold
rotation-column-course = Course
rotation-column-year = Year
rotation-column-when = When
rotation-column-from = From
rotation-column-to = To
rotation-column-department = Department
rotation-column-category = Category
rotation-column-length = Length
rotation-column-least = Least
rotation-column-most = Most
rotation-column-unit = Unit
rotation-column-place = Place
rotation-column-field = Field
rotation-column-rule = Rule
rotation-column-set = Rule set
rotation-column-asked = What is asked
rotation-column-verdict = Verdict
## Maps, scatter plots, formulas, small multiples
## The note on tiles says what their places do not show.

map-highest-several = Highest: {$value}, in {$area} and others ({$count} areas)
map-tiles-note = The tiles show where prefectures lie to each other, not their sizes or distances.
map-abbreviations = The tiles bear short names; the full ones are in the table.
map-value-range = {$from} to {$to}
map-class-below = Below {$value}
map-class-between = {$from} to below {$to}
map-class-above = {$value} or more
map-key = {$class} ({$count})
map-no-value = No value
map-alternative = Map of {$count} areas coloured by {$indicator} ({$period}). {$sentences}
map-class-sentence = {$class}: {$count}.
map-extremes = The highest is {$highest} with {$most}, the lowest {$lowest} with {$least}.
map-without-value = Without a value: {$areas}.
map-credit = Map: {$credit}.
map-points-title = {$count} places
map-circles-title = {$count} places and {$radius} km around each
map-points-alternative = Map of {$count} places. {$sentences}
map-points-of-kind = {$kind}: {$names}.
map-circles = The circles have a radius of {$radius} km.
map-unnamed = Places for whose names there was no room are in the table.
map-kilometres = {$count} km
map-place = Place
map-kind = Kind
map-latitude = Latitude
map-longitude = Longitude
column-class = Class

# Training programmes
programme-sample = Sample
programme-hospital = Hospital
programme-department = Department
programme-intake = Begins
programme-intake-year = April {$year}
programme-places = Places
programme-supervisors = Supervisors
programme-people = {$count}
programme-pay = Pay
programme-housing = Housing
programme-duty = Night duty
programme-applications = Applications
programme-from-until = {$from} to {$until}
programme-from = from {$from}
programme-until = until {$until}
programme-closed = {$period} (closed)
programme-how = How to apply
programme-visits = Visits
programme-url = More
programme-contact = Contact
programme-email = Mail
programme-phone = Telephone
## What leads out of a panel

# To the page of the panel alone.
panel-alone = This panel alone
# From there to the page that it stands on.
panel-in-site = Read this at {$site}
# More, where a description is too short.
sentence-and-more = {$sentence} {$more}

## Lists of figures and tables

list-of-figures = Figures
list-of-tables = Tables

## What machines are told

# Where a description is too short.
dataset-described = The figures of “{$title}” are published as a CSV file, with their source and date.

## Working with panels

sort-ascending = sorted from low to high
sort-descending = sorted from high to low
sort-none = back in the order they came in
## Panels of bars.

bars-rank = {$rank}
bars-rank-of = {$rank}/{$count}
bars-column-rank = Rank
bars-column-third = Third of the ranks
bars-third-1 = Top 33.3%
bars-third-2 = Middle 33.3%
bars-third-3 = Bottom 33.3%
bars-title = {$indicator} compared
bars-finding-rank = {$area}: {$rank} of {$among} ({$value})
bars-finding-rank-lowest = {$area}: {$rank} of {$among} from the lowest ({$value})
bars-finding-above = {$count ->
    [0] None of {$among} is above {$reference}
    [one] {$count} of {$among} is above {$reference}
   *[other] {$count} of {$among} are above {$reference}
 }
bars-finding-lowest = Lowest: {$area}, {$value}
bars-note-reference = The dotted line is {$area}.
bars-note-ranks = Ranks are among {$count}.
bars-note-limit = {$shown} of {$count} are shown.
bars-note-estimated = Hatched bars are estimates.
bars-note-missing = No value: {$areas}.
bars-rest = {$count} others
bars-alternative = Bar chart of {$indicator}, {$period}: {$rows}.
bars-alternative-reference = The line for comparison is {$area}, {$value}.
count-hospitals = {$count ->
    [one] {$count} hospital
   *[other] {$count} hospitals
 }
count-prefectures = {$count ->
    [one] {$count} prefecture
   *[other] {$count} prefectures
 }
count-medical-areas = {$count ->
    [one] {$count} medical area
   *[other] {$count} medical areas
 }
count-municipalities = {$count ->
    [one] {$count} municipality
   *[other] {$count} municipalities
 }
count-areas = {$count ->
    [one] {$count} area
   *[other] {$count} areas
 }

## Panels of slopes and targets.

slope-title = {$indicator} then and now
slope-steepest = {$sentence}, the steepest rise
slope-periods = {$from} and {$to}
slope-rose = {$area} rose from {$from} to {$to}.
slope-fell = {$area} fell from {$from} to {$to}.
slope-unchanged = {$area} stayed at {$from}.
slope-apart = {$area}: {$from} and {$to}, which can’t be compared.
slope-alternative = Lines from {$from} to {$to} of {$indicator}. {$sentences}
slope-note-missing = Without values for both periods: {$areas}.
target-now = Now {$value}
target-now-part = Now {$value}: {$part}
target-aim = Target {$value}: {$state}
target-reached = reached
target-missing = {$gap} to go
target-above = {$gap} too many
target-unknown = can’t be compared
target-measures = Present values and targets
target-periods = now {$now}, target {$target}
target-finding-reached = {$name}: target of {$target} reached
target-finding-missing = {$name}: {$gap} short of the target of {$target}
target-finding-above = {$name}: {$gap} above the target of {$target}
target-finding-count = {$reached ->
    [0] {$all ->
        [one] The target is not reached yet
       *[other] None of the {$all} targets is reached yet
     }
    [one] {$reached} of {$all} targets is reached
   *[other] {$reached} of {$all} targets are reached
 }
target-note = The thick upright line is the target.
target-note-parts = Units differ, so bars are drawn as parts of their targets. The thick upright line is the target.
target-sentence = {$name}: {$now} ({$now-period}), target {$target} ({$target-period}), {$state}.
target-alternative = Bar chart of present values and targets. {$sentences}
target-column-now = Now
target-column-now-period = As of
target-column-aim = Target
target-column-aim-period = Target for
target-column-part = Part of the target
target-column-state = To the target

## Panels of shares.

share-rest = Rest
share-rest-incomplete = Rest, with parts that have no value
share-whole = Whole
share-column = Share of {$part}
share-finding = {$part}: {$share}
share-finding-of = {$part}: {$share} of {$whole}
share-finding-percent = {$part}: {$share} in {$whole}
share-course = {$from} → {$to}
share-finding-course = {$part}: from {$from} ({$from-period}) to {$to} ({$to-period})
share-finding-same = {$part}: {$to} in both {$from-period} and {$to-period}
share-finding-most = {$part}: the greatest share is in {$row}, {$share}
share-note-rounded = Figures are rounded, so shares may not add up to 100%.
share-sentence = {$row}: {$parts}.
share-alternative = Bars divided into parts: {$indicator}. {$sentences}
multiples-rose = Up in {$count} of {$all} areas
multiples-all-rose = Up in all {$all} areas
multiples-axis = All vertical axes run from {$from} to {$to}.
multiples-reference = Grey and dashed: {$areas}.
scatter-one = {$area}: {$x-value} ({$x}), {$y-value} ({$y})
scatter-same-first = Highest in both {$x} and {$y}: {$area}
scatter-firsts = Highest in {$x}: {$x-area}; in {$y}: {$y-area}
scatter-title = {$x} and {$y}
scatter-subtitle = Across: {$x}; upwards: {$y}
scatter-up = ↑ {$measure}
scatter-across = {$measure} →
scatter-mean = Mean {$value}
scatter-median = Median {$value}
scatter-lines = Dashed lines: {$x} across, {$y} upwards.
scatter-mean-note = In the mean, each area shown counts the same.
scatter-count = Number of points: {$count}.
scatter-without = Left out, as a value is missing: {$areas}.
scatter-log-x = The horizontal axis is logarithmic.
scatter-log-y = The vertical axis is logarithmic.
scatter-sentence = {$area}: {$x} and {$y}.
scatter-alternative = Scatter plot of {$count} points, {$x} across and {$y} upwards. {$sentences}
formula-title = How {$name} is worked out
formula-example = With figures
formula-symbols = What the symbols mean
formula-symbol = Symbol
formula-meaning = Meaning
formula-sentence = {$symbol} is {$name}.
formula-alternative = {$title}. {$sentences}
# Figures in prose that are past their date: the mark beside them, and the note below the text.
outdated-aside = {" "}(out of date)
outdated-expired = {$name}: the figures were valid until {$date}.
outdated-due = {$name}: newer figures were due by {$date}.

## Finding a place to train: pages of programmes, comparison, filters of hospitals, dates

programme-kind-clinical-training = Clinical training
programme-kind-wide-area = Clinical training (wide-area)
programme-kind-general-practice = Specialty training in general practice
programme-kind-specialty = Specialty training
programme-facts = What is offered
programme-courses = Courses
programme-inferred = Partly inferred
programme-rules = Does it meet the rules?
programme-rules-lead = For each rule: what the plan gives, and whether that is enough. Where the rules come from stands below the table.
programme-totals = By field
programme-compare = Courses side by side
programme-compare-lead = The taller a step, the longer it takes.
programme-for-whom = For those who want
programme-sites = Hospitals of the programme
programme-dates = Dates
programme-back = To the programme
programmes-here = Training here
calendar-opening = Opens
calendar-deadline = Deadline
calendar-opening-of = {$name}: applications open
calendar-deadline-of = {$name}: applications close
calendar-year = The year
calendar-next = Next dates
calendar-none = No dates are fixed yet.
home-voices = Voices of trainees
filter-label = Filter the hospitals
filter-text = Search for words
filter-kind = Kind
filter-department = Department
filter-beds = Beds
filter-any = All
filter-beds-at-least = {$count} beds or more
filter-clear = Clear
filter-count = Hospitals shown: #
filter-none = No hospital fits. Try fewer conditions.
hospital-figure-course = {$name}: from {$from} to {$to}
hospital-figure-same = {$name}: {$to}, as before
# Postings, and events as files for calendars.
postings = Postings
postings-open = Open
postings-none = Nothing is open at the moment.
posting-hospital = Employer
posting-area = Place of work
posting-programme = Programme
posting-employment = Employment
posting-places = Places
posting-places-count = {$count ->
    [one] {$count} person
   *[other] {$count} people
}
posting-salary = Pay
posting-posted = Posted
posting-deadline = Deadline
posting-deadline-in-list = until {$date}
posting-begins = First day
posting-requirements = Requirements
posting-how = How to apply
posting-apply = Apply, or read more
posting-contact = Contact
posting-closed = Closed
posting-closed-note = Applications closed on {$date}.
posting-sample = A sample posting
employment-full-time = Full time
employment-part-time = Part time
employment-contract = Fixed term
employment-temporary = Temporary
employment-per-diem = By the day
salary-range = {$from}–{$to}
salary-yen = {$amount} yen
salary-money = {$amount} {$currency}
salary-hour = {$amount} an hour
salary-day = {$amount} a day
salary-week = {$amount} a week
salary-month = {$amount} a month
salary-year = {$amount} a year
event-calendar = Add to a calendar (.ics)
events-calendar = Add all events to a calendar (.ics)
event-sample = A sample event
event-previous = Before the change
event-contact = Organiser
calendar-summary = {$status}: {$name}
calendar-name = Events of {$site}
calendar-previous = Before the change: {$date}

# Parts of a home page without headings of their own
home-numbers = In numbers
home-contents = Contents
home-pages = Articles
home-features = Features
home-dates = Next dates
home-postings = Postings
home-hospitals = Hospitals
home-steps = The way
# Search. Words that begin with search- go to the browser too, which fills in { $count } and { $query }.
search = Search
search-label = Search for
search-close = Close
search-count = Results: { $count }.
search-count-about = About { $count } results.
search-none = Nothing was found for “{ $query }”.
search-none-help = Try a shorter or a more general word.
search-browse = Look through the sections and tags
search-more = Show more
search-other-languages = Pages in other languages
search-looser = Nothing holds these words as they stand together; they were looked for one by one.
search-failed = The search index could not be loaded. Check the connection and try again.
search-no-script = This search needs JavaScript. Without it, the lists below lead everywhere.
search-sections = Sections
search-kind-home = Cover
search-kind-section = Section
search-kind-page = Page
search-kind-feature = Feature
search-kind-interview = Interview
search-kind-session = Study session
search-kind-programme = Programme
search-kind-news = News
search-kind-report = Report
search-kind-hospital = Hospital
search-kind-area = Area
search-kind-event = Event
search-kind-posting = Posting
search-kind-person = Person
search-kind-tag = Tag
search-kind-term = Term
# Issues of a zine, and what is made for paper
issue-number = Issue {$number}
in-issue = In {$issue}
kind-issue = Issue
issue-articles = In this issue
issue-page = To the page of this issue
on-paper = Read it on paper
print-edition = Print edition
print-edition-note = This page is made for paper. Print it from your browser with default margins and with background graphics.
fold-sheet = An eight-page zine folded from one sheet
fold-note = Print on one side at actual size, fold along the dotted lines, cut the solid line in the middle alone, and shape it into a booklet.
fold-mark = fold
cut-mark = cut
issued-on = Published {$date}
colophon = Colophon
issued-by = Published by
read-on-web = On the web
paper-notes = Notes
code-of = QR code of {$address}
## The accessibility policy and results of tests

a11y-sample = This is a sample. Its dates, results and contact are invented.
a11y-scope = Scope
a11y-target = Level and degree aimed at
a11y-target-text = JIS X 8341-3:2016, level { $level }, { $degree }
a11y-degree-full = full (準拠)
a11y-degree-partial = partial (一部準拠)
a11y-degree-considered = considered (配慮)
a11y-degree-note = The degrees 準拠 (full), 一部準拠 (partial) and 配慮 (considered) are those of the guideline on statements about JIS X 8341-3:2016 by the Web Accessibility Infrastructure Committee, Japan.
a11y-deadline = To be reached by
a11y-established = Established
a11y-exceptions = Exceptions
a11y-no-exceptions = There are no exceptions.
a11y-instead = Instead: { $text }
a11y-further = Further criteria
a11y-known = Known problems, and when they will be solved
a11y-results = Test results
a11y-result-of = Test result of { $year }
a11y-contact = Tell us of difficulties
a11y-contact-text = If there is anything that you can’t read, operate or understand, please tell us.
a11y-declared = Date of the statement
a11y-undeclared = Nothing is stated yet
a11y-standard = Standard and year of revision
a11y-reached = Level reached
a11y-claim-full = Level { $level }, full (準拠)
a11y-claim-partial = Level { $level }, partial (一部準拠)
a11y-claim-none = Not stated, since the test is not complete (criteria without a result: { $count })
a11y-about = The pages
a11y-technologies = Technologies relied on
a11y-environment = Tested with
a11y-period = Period of testing
a11y-not-yet = Not tested yet
a11y-policy = See the accessibility policy
a11y-pages = Pages that were tested
a11y-pages-planned = Pages to be tested
a11y-sampling = Ten pages that stand for the site are tested together with thirty drawn by lot. The ten are those named in the record, then the first page of each language, then one page of each template, that of most pages first. The thirty are those with the lowest numbers when the year and the address are put through a fixed calculation: whoever draws them, whenever, gets the same. A site with fewer pages has all of them tested.
a11y-pages-count = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
a11y-planned-note = The pages that were tested are not on record yet. These are the ones that the rule draws from the site as it is now.
a11y-representative = Pages that stand for the site ({ $count })
a11y-drawn = Pages drawn by lot ({ $count })
a11y-checklist = Checklist of success criteria
a11y-counts = Met { $met }, not met { $unmet }, not tested { $untested }
a11y-key = Where “applies” says no, there is nothing on the pages that the criterion is about, and it counts as met. “Automatic” is the number of problems that Kairan counts on all pages each time the site is built. None found is no proof that the criterion is met.
a11y-criterion = Success criterion
a11y-level = Level
a11y-applies = Applies
a11y-applies-yes = Yes
a11y-applies-no = No
a11y-outcome = Result
a11y-outcome-met = Met
a11y-outcome-nothing = Met
a11y-outcome-not-met = Not met
a11y-outcome-not-tested = Not tested
a11y-by = Method
a11y-by-tool = Tool
a11y-by-aided = Tool and person
a11y-by-person = Person
a11y-note = Notes
a11y-found = Automatic: { $count }
a11y-unsaid = –
a11y-menu = Accessibility
a11y-title = Web accessibility policy
a11y-result-title = Web accessibility test result, { $year }

# What is said in place of the card that goes with a shared address
card-alt-name = {$first} ({$second})
card-alt = {$first}. {$second}
# Titles: of issues, and of second editions in one language
title-of-issue = { $issue }: { $title }
title-of-edition = { $title } ({ $edition })
