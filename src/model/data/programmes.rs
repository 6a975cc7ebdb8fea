//! Programmes, departments and rule sets: brought together, with what they name resolved.

use std::sync::Arc;

use super::{Data, expected_id, names_of_ids, valid_id};
use crate::diagnostic::{Checked, Diagnostic, Span, data, rotation};
use crate::model::freshness::Freshness;
use crate::model::hospital::HospitalKind;
use crate::model::indicator::Over;
use crate::model::programme::{
    Applications, Assignment, Block, Contact, Course, Department, Parallel, Place, PlaceKind, Programme, Range, Rule,
    RuleSet, Track, Unit, Year,
};
use crate::model::question::{Question, Topic, asked};
use crate::parse::DataDocument;
use crate::parse::data::{
    WrittenBlock, WrittenCourse, WrittenLength, WrittenParallel, WrittenProgramme, WrittenRule, WrittenRuleSet,
    WrittenYear, built_in, cell,
};

impl Data {
    /// The training programmes.
    pub fn programmes(&self) -> impl Iterator<Item = &Programme> {
        asked(|| Question::All(Topic::Programmes));
        self.programmes.iter()
    }

    /// The programme of that id.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        asked(|| Question::Named(Topic::Programmes, id.trim().into()));
        self.programme_names.look_up(&self.programmes, id.trim()).found()
    }

    /// The departments, those built in first.
    pub fn departments(&self) -> impl Iterator<Item = &Department> {
        asked(|| Question::All(Topic::Departments));
        self.departments.iter()
    }

    /// The department that goes by that name; where several do, the one within another.
    pub fn department(&self, name: &str, within: Option<&str>) -> Option<&Department> {
        asked(|| Question::All(Topic::Departments));
        let name = plain(name);
        let called =
            |department: &&Department| department.id == name || department.name.texts().any(|text| plain(text) == name);
        let also_called = |department: &&Department| department.aliases.iter().any(|alias| plain(alias) == name);
        let inside = |department: &&Department| within.is_some_and(|whole| self.is_within(&department.id, whole));
        let all = || self.departments.iter();
        let named = || all().filter(called);
        let aliased = || all().filter(also_called);
        let within_whole = named().chain(aliased()).find(inside);
        // In 外科（循環器）, 循環器 is no cardiology; in 救急（麻酔）, 麻酔 is anaesthesia.
        let elsewhere = || named().chain(aliased().filter(|it| within.is_none() || it.parent.is_none())).next();
        within_whole.or_else(elsewhere)
    }

    /// Whether a department is another one or a part of it.
    pub fn is_within(&self, id: &str, whole: &str) -> bool {
        asked(|| Question::All(Topic::Departments));
        let mut next = Some(id);
        // No department is nested deeper than there are departments: parents may go round in a circle.
        for _ in 0..=self.departments.len() {
            match next {
                Some(id) if id == whole => return true,
                Some(id) => next = self.department_by_id(id).and_then(|department| department.parent.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// The department that has no whole and that the one of this id is a part of.
    pub fn field<'d>(&'d self, id: &'d str) -> &'d str {
        asked(|| Question::All(Topic::Departments));
        let mut field = id;
        for _ in 0..=self.departments.len() {
            match self.department_by_id(field).and_then(|department| department.parent.as_deref()) {
                Some(parent) => field = parent,
                None => break,
            }
        }
        field
    }

    /// The department of that id.
    pub fn department_by_id(&self, id: &str) -> Option<&Department> {
        asked(|| Question::All(Topic::Departments));
        self.departments.iter().find(|department| department.id == id)
    }

    /// Every name of departments, for suggestions.
    pub fn department_names(&self) -> impl Iterator<Item = &str> {
        asked(|| Question::All(Topic::Departments));
        self.departments.iter().flat_map(|department| {
            let aliases = department.aliases.iter().map(String::as_str);
            std::iter::once(department.id.as_str()).chain(department.name.texts()).chain(aliases)
        })
    }

    /// The rule sets, those built in first.
    pub fn rule_sets(&self) -> impl Iterator<Item = &RuleSet> {
        asked(|| Question::All(Topic::RuleSets));
        self.rule_sets.iter()
    }

    /// The rule set of that id.
    pub fn rule_set(&self, id: &str) -> Option<&RuleSet> {
        asked(|| Question::All(Topic::RuleSets));
        self.rule_sets.iter().find(|set| set.id == id.trim())
    }

    pub(super) fn read_programmes(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        self.read_departments(documents, findings);
        self.read_rule_sets(documents, findings);
        for document in documents {
            for (number, written) in document.programmes.iter().enumerate() {
                let desk = Desk { data: self, document, path: format!("programmes[{number}]") };
                let programme = desk.programme(written).take(findings);
                self.programmes.push(programme);
            }
        }
        let ids = self.programmes.iter().map(|programme| (programme.id.as_str(), &programme.span));
        self.programme_names = names_of_ids(ids, findings);
    }

    fn read_departments(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        let mut own: Vec<(Department, Span)> = Vec::new();
        for (is_own, document) in all(documents) {
            for (number, written) in document.departments.iter().enumerate() {
                let place = |field: &str| document.spans.value(&format!("departments[{number}].{field}"));
                if !valid_id(&written.id) {
                    findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
                }
                let department = Department {
                    id: written.id.clone(),
                    name: written.name.clone(),
                    parent: written.parent.clone(),
                    aliases: written.aliases.clone(),
                    span: place("id"),
                };
                if is_own {
                    own.push((department, place("parent")));
                } else {
                    self.departments.push(department);
                }
            }
        }
        names_of_ids(own.iter().map(|(department, _)| (department.id.as_str(), &department.span)), findings);
        for (department, _) in &own {
            self.departments.retain(|known| known.id != department.id);
            self.departments.push(department.clone());
        }
        for (department, span) in &own {
            let Some(parent) = &department.parent else { continue };
            let found = self.department(parent, None).map(|parent| parent.id.clone());
            if found.is_none() {
                findings.push(rotation::unknown_department(span.clone(), parent, self.department_names()));
            }
            if let Some(known) = self.departments.iter_mut().find(|known| known.id == department.id) {
                known.parent = found.filter(|parent| *parent != department.id);
            }
        }
    }

    fn read_rule_sets(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        let mut own: Vec<RuleSet> = Vec::new();
        for (is_own, document) in all(documents) {
            for (number, written) in document.rule_sets.iter().enumerate() {
                let desk = Desk { data: self, document, path: format!("rule_sets[{number}]") };
                let set = desk.rule_set(written).take(findings);
                if is_own { own.push(set) } else { self.rule_sets.push(set) }
            }
        }
        names_of_ids(own.iter().map(|set| (set.id.as_str(), &set.span)), findings);
        for set in own {
            self.rule_sets.retain(|known| known.id != set.id);
            self.rule_sets.push(set);
        }
    }
}

/// All documents, those built in first; with each, whether it is the site's own.
fn all(documents: &[Arc<DataDocument>]) -> impl Iterator<Item = (bool, &DataDocument)> {
    let own = documents.iter().map(|document| (true, &**document));
    built_in().iter().map(|document| (false, &**document)).chain(own)
}

/// A name without what people write differently: width, case, space around it.
fn plain(name: &str) -> String {
    cell::narrowed(name).trim().to_lowercase()
}

/// What it takes to read one record: what it may name, and where it stands.
struct Desk<'d> {
    data: &'d Data,
    document: &'d DataDocument,
    path: String,
}

impl Desk<'_> {
    fn span(&self, path: &str) -> Span {
        self.document.spans.value(&format!("{}.{path}", self.path))
    }

    fn key(&self, path: &str) -> Span {
        self.document.spans.key(&format!("{}.{path}", self.path))
    }

    fn programme(&self, written: &WrittenProgramme) -> Checked<Programme> {
        let mut findings = Vec::new();
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(self.span("id"), &written.id, expected_id()));
        }
        let course = |(number, course): (usize, &WrittenCourse)| {
            self.course(written.unit, &format!("courses[{number}]"), course, &mut findings)
        };
        let courses: Vec<Course> = written.courses.iter().enumerate().map(course).collect();
        if courses.is_empty() {
            findings.push(rotation::no_courses(self.key("courses")));
        }
        names_of_ids(courses.iter().map(|course| (course.id.as_str(), &course.span)), &mut findings);
        let department = written.department.as_ref();
        let department =
            department.and_then(|name| self.department(name, None, &self.span("department"), &mut findings));
        let hospital = written.hospital.as_ref();
        let hospital = hospital.and_then(|name| self.hospital(name, &self.span("hospital"), &mut findings));
        let freshness = Freshness { next_update: written.next_update, valid_until: written.valid_until };
        let programme = Programme {
            id: written.id.clone(),
            name: written.name.clone(),
            reading: written.reading.clone(),
            kind: written.kind,
            unit: written.unit,
            department,
            hospital,
            intake_year: written.intake_year,
            starts: written.starts,
            rule_sets: self.rules_of(written, &mut findings),
            courses,
            places: written.places,
            supervisors: written.supervisors,
            pay: written.pay.clone(),
            housing: written.housing.clone(),
            duty: written.duty.clone(),
            applications: self.applications(written, &mut findings),
            contact: written.contact.as_ref().map(Contact::of),
            visits: written.visits.clone(),
            url: written.url.clone(),
            summary: written.summary.clone(),
            note: written.note.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            freshness,
            outdated: freshness.on(self.data.rules.today),
            sample: written.sample,
            span: self.span("id"),
        };
        Checked::new(programme, findings)
    }

    fn applications(&self, written: &WrittenProgramme, findings: &mut Vec<Diagnostic>) -> Option<Applications> {
        let applications = written.applications.as_ref()?;
        if let (Some(from), Some(until)) = (applications.from, applications.until)
            && until < from
        {
            findings.push(rotation::applications_upside_down(
                self.span("applications.until"),
                &until.to_string(),
                self.span("applications.from"),
                &from.to_string(),
            ));
        }
        Some(Applications {
            from: applications.from,
            until: applications.until,
            how: applications.how.clone(),
            url: applications.url.clone(),
        })
    }

    /// The rule sets that the programme names, or those that are for its kind and year.
    fn rules_of(&self, written: &WrittenProgramme, findings: &mut Vec<Diagnostic>) -> Vec<String> {
        let Some(named) = &written.rules else {
            let fits = |set: &&RuleSet| set.applies_to.contains(&written.kind) && set.is_for(written.intake_year);
            return self.data.rule_sets().filter(fits).map(|set| set.id.clone()).collect();
        };
        let mut sets = Vec::new();
        for (number, id) in named.iter().enumerate() {
            let span = self.span(&format!("rules[{number}]"));
            match self.data.rule_set(id) {
                None => {
                    let known = self.data.rule_sets().map(|set| set.id.as_str());
                    findings.push(rotation::unknown_rule_set(span, id, known));
                }
                Some(set) => {
                    if let Some(year) = written.intake_year.filter(|year| !set.is_for(Some(*year))) {
                        findings.push(rotation::rules_of_other_years(
                            span,
                            id,
                            year,
                            set.intake_from,
                            set.intake_until,
                        ));
                    }
                    sets.push(set.id.clone());
                }
            }
        }
        sets
    }

    fn course(&self, unit: Unit, path: &str, written: &WrittenCourse, findings: &mut Vec<Diagnostic>) -> Course {
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(self.span(&format!("{path}.id")), &written.id, expected_id()));
        }
        if written.years.is_empty() {
            findings.push(rotation::no_years(self.key(&format!("{path}.years"))));
        }
        let year =
            |(number, year): (usize, &WrittenYear)| self.year(unit, &format!("{path}.years[{number}]"), year, findings);
        Course {
            years: written.years.iter().enumerate().map(year).collect(),
            id: written.id.clone(),
            name: written.name.clone(),
            summary: written.summary.clone(),
            note: written.note.clone(),
            inferred: written.inferred.clone(),
            span: self.span(&format!("{path}.id")),
        }
    }

    fn year(&self, unit: Unit, path: &str, written: &WrittenYear, findings: &mut Vec<Diagnostic>) -> Year {
        let mut place = Place {
            hospitals: self.hospitals(&written.sites, path, findings),
            name: written.place.clone(),
            kind: written.place_kind,
            shortage: written.shortage,
        };
        self.settle(&mut place);
        let mut blocks = Vec::new();
        for (number, block) in written.blocks.iter().enumerate() {
            blocks.extend(self.block(unit, &format!("{path}.blocks[{number}]"), block, findings));
        }
        let mut parallel = Vec::new();
        for (number, beside) in written.parallel.iter().enumerate() {
            parallel.extend(self.parallel(unit, &format!("{path}.parallel[{number}]"), beside, findings));
        }
        Year { place, blocks, parallel, note: written.note.clone(), span: self.key(&format!("{path}.blocks")) }
    }

    fn hospitals(&self, sites: &[String], path: &str, findings: &mut Vec<Diagnostic>) -> Vec<String> {
        let sites = sites.iter().enumerate();
        sites
            .filter_map(|(number, site)| self.hospital(site, &self.span(&format!("{path}.sites[{number}]")), findings))
            .collect()
    }

    /// The part in clinical training that all the hospitals have, where the plan says none.
    fn settle(&self, place: &mut Place) {
        let kinds: Vec<Option<PlaceKind>> =
            place.hospitals.iter().map(|id| self.data.hospital(id).and_then(|it| place_kind(it.kind))).collect();
        let common = kinds.first().copied().flatten().filter(|first| kinds.iter().all(|kind| *kind == Some(*first)));
        place.kind = place.kind.or(common);
    }

    fn block(&self, unit: Unit, path: &str, written: &WrittenBlock, findings: &mut Vec<Diagnostic>) -> Option<Block> {
        let at = |field: &str| if written.in_a_line { self.span(path) } else { self.span(&format!("{path}.{field}")) };
        let mut options = Vec::new();
        for option in written.department.split(" / ").flat_map(|part| part.split('／')) {
            options.extend(self.assignment(option, written.track.as_deref(), &at("department"), findings));
        }
        for (number, alternative) in written.alternatives.iter().enumerate() {
            options.extend(self.assignment(alternative, None, &at(&format!("alternatives[{number}]")), findings));
        }
        let has_place = !written.sites.is_empty()
            || written.place.is_some()
            || written.place_kind.is_some()
            || written.shortage.is_some();
        let place = has_place.then(|| {
            let mut place = Place {
                hospitals: self.hospitals(&written.sites, path, findings),
                name: written.place.clone(),
                kind: written.place_kind,
                shortage: written.shortage,
            };
            self.settle(&mut place);
            place
        });
        Some(Block {
            length: self.length(unit, written.length, &at("length"), findings)?,
            options,
            name: written.name.clone(),
            from: written.from,
            category: written.category,
            place,
            note: written.note.clone(),
            span: self.span(path),
        })
    }

    /// A length in the unit of the programme.
    fn length(&self, unit: Unit, length: WrittenLength, span: &Span, findings: &mut Vec<Diagnostic>) -> Option<Range> {
        if length.least > length.most {
            findings.push(rotation::range_upside_down(span.clone(), length.least, length.most));
            return Some(Range { least: length.most, most: length.least });
        }
        if length.unit.is_some_and(|written| written != unit) {
            findings.push(rotation::other_unit(span.clone(), unit == Unit::Weeks));
            return None;
        }
        Some(Range { least: length.least, most: length.most })
    }

    fn parallel(
        &self,
        unit: Unit,
        path: &str,
        written: &WrittenParallel,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Parallel> {
        let span = |field: &str| self.span(&format!("{path}.{field}"));
        let assignment = self.assignment(&written.department, None, &span("department"), findings)?;
        let length = written.length.and_then(|length| self.length(unit, length, &span("length"), findings));
        if written.half_days.is_none() && written.length.is_none() {
            findings.push(rotation::parallel_without_length(self.span(path)));
        }
        let during = written.during.and_then(|during| self.length(unit, during, &span("during"), findings));
        if let Some(during) = during.filter(|during| during.most > unit.in_a_year()) {
            findings.push(rotation::outside_the_year(span("during"), during.most, unit.in_a_year()));
        }
        Some(Parallel {
            assignment,
            half_days: written.half_days,
            length,
            during,
            note: written.note.clone(),
            span: self.span(path),
        })
    }

    /// A department with what stands in brackets behind it: `内科（循環器・呼吸器）`.
    fn assignment(
        &self,
        text: &str,
        track: Option<&str>,
        span: &Span,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Assignment> {
        let text = text.trim();
        // A name may itself have brackets: the whole is tried first.
        let whole = track.is_none().then(|| self.data.department(text, None)).flatten();
        let open = text.find(['（', '(']);
        let (name, inner) = match open.filter(|_| whole.is_none()) {
            Some(open) => {
                let inner = text[open..].trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
                (text[..open].trim(), Some(inner.trim()))
            }
            None => (text, None),
        };
        let department = self.department(name, None, span, findings)?;
        let tracks = track.or(inner).map(|text| self.tracks(text, &department)).unwrap_or_default();
        Some(Assignment { department, tracks })
    }

    /// The parts of a department that a text names: one, or several with `・` between them.
    fn tracks(&self, text: &str, department: &str) -> Vec<Track> {
        let track = |text: &str| {
            let known = self.data.department(text, Some(department)).map(|known| known.id.clone());
            Track { department: known, text: text.trim().to_owned() }
        };
        let whole = track(text);
        if whole.department.is_some() {
            return vec![whole];
        }
        text.split(['・', '、', '＋', '+']).filter(|part| !part.trim().is_empty()).map(track).collect()
    }

    fn department(
        &self,
        name: &str,
        within: Option<&str>,
        span: &Span,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let found = self.data.department(name, within).map(|department| department.id.clone());
        if found.is_none() {
            findings.push(rotation::unknown_department(span.clone(), name, self.data.department_names()));
        }
        found
    }

    fn hospital(&self, name: &str, span: &Span, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let found = self.data.entity(Over::Hospitals, name, || span.clone()).map(str::to_owned);
        found.map_err(|finding| findings.push(finding)).ok()
    }

    fn rule_set(&self, written: &WrittenRuleSet) -> Checked<RuleSet> {
        let mut findings = Vec::new();
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(self.span("id"), &written.id, expected_id()));
        }
        if written.rules.is_empty() {
            findings.push(rotation::rules_of_nothing(self.key("rules")));
        }
        let rule = |(number, rule): (usize, &WrittenRule)| self.rule(&format!("rules[{number}]"), rule, &mut findings);
        let rules = written.rules.iter().enumerate().map(rule).collect();
        let set = RuleSet {
            id: written.id.clone(),
            name: written.name.clone(),
            applies_to: written.applies_to.clone(),
            intake_from: written.intake_from,
            intake_until: written.intake_until,
            unit: written.unit,
            source: written.source.clone(),
            url: written.url.clone(),
            note: written.note.clone(),
            rules,
            span: self.span("id"),
        };
        Checked::new(set, findings)
    }

    fn rule(&self, path: &str, written: &WrittenRule, findings: &mut Vec<Diagnostic>) -> Rule {
        let span = |field: &str| self.span(&format!("{path}.{field}"));
        if written.at_least.is_none() && written.at_most.is_none() && written.desirable.is_none() {
            findings.push(rotation::rules_of_nothing(self.span(path)));
        }
        if written.departments.is_empty() && written.name.is_none() {
            findings.push(rotation::rule_without_name(self.span(path)));
        }
        let departments = written.departments.iter().enumerate();
        let departments = departments.filter_map(|(number, name)| {
            self.department(name, None, &span(&format!("departments[{number}]")), findings)
        });
        let departments = departments.collect();
        let also = written.also.as_ref();
        let also = also.and_then(|also| {
            Some((self.department(&also.department, None, &span("also.department"), findings)?, also.at_most))
        });
        Rule {
            name: written.name.clone(),
            departments,
            also,
            at_least: written.at_least,
            at_most: written.at_most,
            desirable: written.desirable,
            year: written.year,
            at: written.at,
            prefectures: written.prefectures.clone(),
            parallel: written.parallel,
            advice: written.advice,
            note: written.note.clone(),
            span: self.span(path),
        }
    }
}

/// The part of a hospital in clinical training.
fn place_kind(kind: HospitalKind) -> Option<PlaceKind> {
    match kind {
        HospitalKind::Core => Some(PlaceKind::Core),
        HospitalKind::Cooperating => Some(PlaceKind::Cooperating),
        HospitalKind::Affiliated => Some(PlaceKind::Affiliated),
        HospitalKind::Hospital | HospitalKind::Clinic => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programme::{Category, FREE_CHOICE};
    use crate::parse;
    use crate::read::Source;

    fn assemble(files: &[&str]) -> Checked<Data> {
        let mut findings = Vec::new();
        let read = |(number, text): (usize, &&str)| {
            let source = Source::new(format!("content/data/{number}.yaml"), text.as_bytes());
            parse::data::document(&source).take(&mut findings).map(Arc::new)
        };
        let documents: Vec<_> = files.iter().enumerate().filter_map(read).collect();
        let data = super::super::assemble(&documents, &crate::model::Books::new()).take(&mut findings);
        Checked::new(data, findings)
    }

    fn codes(checked: &Checked<Data>) -> Vec<&str> {
        checked.findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    const HOSPITALS: &str = "hospitals:
  - {id: uni, name: {ja: 大学病院, en: University Hospital}, kind: core}
  - {id: town, name: {ja: 町立病院, en: Town Hospital}, kind: cooperating}
";

    #[test]
    fn what_is_built_in_is_sound() {
        let data = assemble(&[]);
        assert_eq!(data.findings, []);
        let data = data.value;
        assert_eq!(data.rule_sets().count(), 4);
        let id = |name: &str, within: Option<&str>| data.department(name, within).map(|found| found.id.clone());
        for name in ["救急", "救急科", "救急部門", "emergency", "Emergency Medicine", "ＥＲ"] {
            assert_eq!(id(name, None).as_deref(), Some("emergency"), "{name}");
        }
        assert_eq!(id("消化器", Some("surgery")).as_deref(), Some("gastrointestinal-surgery"));
        assert_eq!(id("消化器", Some("internal-medicine")).as_deref(), Some("gastroenterology"));
        assert_eq!(id("麻酔", Some("emergency")).as_deref(), Some("anaesthesia"));
        assert_eq!(id("血液", Some("surgery")), None);
        assert_eq!(id("選択科", None).as_deref(), Some(FREE_CHOICE));
        assert!(data.is_within("intensive-care", "emergency") && !data.is_within("emergency", "intensive-care"));
        let mut parents = data.departments().filter_map(|department| department.parent.as_deref());
        assert!(parents.all(|parent| data.department_by_id(parent).is_some()));
    }

    #[test]
    fn a_plan_is_read_as_it_is_printed() {
        let data = assemble(&[HOSPITALS, "programmes:
  - id: blood
    name: 血液内科
    source: 案内
    as_of: 2026-04-01
    intake_year: 2027
    starts: first-monday
    courses:
      - id: a
        name: A
        years:
          - sites: [大学病院]
            blocks: [必修 内科（血液・消化器） 12, 救急（麻酔科） 4, {department: 外科, alternatives: [小児科], length: 4-8, sites: [town]}]
            parallel: [{department: 一般外来, half_days: 40, during: 1-40}]
"]);
        assert_eq!(data.findings, []);
        let programme = data.value.programme("blood").expect("the programme");
        assert_eq!(programme.rule_sets, ["clinical-training-2020"]);
        assert_eq!(programme.first_day(1), Some(jiff::civil::date(2027, 4, 5)));
        assert_eq!(programme.first_day(2), Some(jiff::civil::date(2028, 4, 3)));
        let year = &programme.courses[0].years[0];
        assert_eq!(year.place.kind, Some(PlaceKind::Core));
        let option = &year.blocks[0].options[0];
        let tracks: Vec<_> = option.tracks.iter().filter_map(|track| track.department.as_deref()).collect();
        assert_eq!(
            (option.department.as_str(), tracks),
            ("internal-medicine", vec!["haematology", "gastroenterology"])
        );
        assert_eq!(year.blocks[1].category, Category::Required);
        let last = &year.blocks[2];
        assert_eq!((last.options.len(), last.length), (2, Range { least: 4, most: 8 }));
        assert_eq!(last.place.as_ref().and_then(|place| place.kind), Some(PlaceKind::Cooperating));
    }

    #[test]
    fn every_wrong_name_and_range_is_found() {
        let head = "name: N, source: S, as_of: 2026-04-01";
        let programme = |id: &str, more: &str| format!("  - {{id: {id}, {head}, {more}}}\n");
        let year = |blocks: &str| format!("courses: [{{id: a, name: A, years: [{{blocks: [{blocks}]}}]}}]");
        let text = [
            "programmes:\n".to_owned(),
            programme("p", &year("血圧内科 52")),
            programme("p", &year("{department: 内科, length: 8-4, sites: [citty]}, 内科 3か月")),
            programme("q", &format!("rules: [clinical-training-2021], {}", year("内科 52"))),
            programme("r", &format!("rules: [general-practice-2021], intake_year: 2027, {}", year("内科 52"))),
            programme("s", "courses: []"),
            programme("t", "courses: [{id: a, name: A, years: []}, {id: a, name: B, years: []}]"),
        ];
        let data = assemble(&[HOSPITALS, &text.concat()]);
        assert_eq!(
            codes(&data),
            [
                "unknown-department",
                "unknown-hospital",
                "range-upside-down",
                "other-unit",
                "unknown-rule-set",
                "rules-of-other-years",
                "no-courses",
                "no-years",
                "no-years",
                "duplicate-id",
                "duplicate-id",
            ]
        );
        assert!(data.findings[0].help[0].ja.contains("血液内科"), "{:?}", data.findings[0].help);
        assert!(data.findings[4].help[0].en.contains("clinical-training-2020"), "{:?}", data.findings[4].help);
    }

    #[test]
    fn rules_that_refer_to_nothing_are_found() {
        let data = assemble(&["rule_sets:
  - {id: own, name: N, source: S, rules: [{departments: [血圧内科], at_least: 4}]}
  - {id: none, name: N, source: S, rules: []}
  - {id: idle, name: N, source: S, rules: [{departments: [内科]}, {at_least: 4}]}
"]);
        assert_eq!(codes(&data), ["unknown-department", "rules-of-nothing", "rules-of-nothing", "rule-without-name"]);
    }

    #[test]
    fn sites_add_departments_and_replace_those_there_are() {
        let data = assemble(&["departments:
  - {id: hybrid, name: {ja: 総合救急, en: Acute medicine}, parent: 救急, aliases: [総救]}
  - {id: surgery, name: {ja: 外科学, en: Surgery}}
  - {id: lost, name: L, parent: 血圧}
"]);
        assert_eq!(codes(&data), ["unknown-department"]);
        assert!(data.value.is_within("hybrid", "emergency"));
        assert_eq!(data.value.department("総救", None).map(|found| found.id.as_str()), Some("hybrid"));
        assert_eq!(data.value.departments().filter(|department| department.id == "surgery").count(), 1);
    }
}
