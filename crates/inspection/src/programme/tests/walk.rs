//! Arbitrary people doing arbitrary things: picks commands that have the right shape, lawful or not.

use super::support::*;
use super::*;
use serde_json::{Value, json};

const PEOPLE: [&str; 18] = [
    "keeper", "public", "ada", "cara", "hugh", "hana", "lee", "ines", "ivan", "ned", "lia", "mo", "eve", "fay", "cole",
    "otto", "pia", "nat",
];
const GRADES: [&str; 5] = ["outstanding", "good", "adequate", "requires-improvement", "inadequate"];
const DIGESTS: [&str; 2] = [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
];

/// A stream of choices.
pub(super) struct Chance(pub u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // SplitMix64: Steele, Lea and Flood (2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    fn one<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn person(&mut self) -> &'static str {
        self.one(&PEOPLE)
    }

    fn of(&mut self, scene: &Scene, kind: Kind) -> String {
        let ids: Vec<&ThingId> = scene.programme.of_kind(kind).map(|t| &t.id).collect();
        self.pick(&ids).map_or("nothing".into(), |id| id.to_string())
    }
}

/// A command of some shape by somebody; `None` when there is nothing to do it to.
pub(super) fn something(scene: &Scene, chance: &mut Chance) -> Option<(Actor, Command)> {
    let rows: Vec<&Row> = table::rows().filter(|row| !row.follows() && row.kind().is_some()).collect();
    // Half the time something that the state allows and that the actor may, so that walks get somewhere.
    let eager = chance.below(4) > 0;
    let row = if eager { open_row(scene, chance, &rows)? } else { *chance.pick(&rows)? };
    let kind = row.kind()?;
    let things: Vec<&Thing> = scene.programme.of_kind(kind).filter(|t| !eager || row.from.contains(&t.state)).collect();
    let (on, under) = if row.makes() {
        let kinds: Vec<&Thing> = row.under.iter().flat_map(|kind| scene.programme.of_kind(*kind)).collect();
        let under = chance.pick(&kinds).map(|t| t.id.clone());
        let fresh = format!("new/{kind}-{}", chance.below(6));
        (id(&fresh), under)
    } else {
        (chance.pick(&things)?.id.clone(), None)
    };
    let subject = under.as_ref().unwrap_or(&on);
    let subject = scene.programme.thing(subject);
    let may: Vec<&&str> = PEOPLE.iter().filter(|p| scene.programme.may(&who(p), row.action, subject).is_ok()).collect();
    let actor = match chance.pick(&may) {
        Some(person) if eager => who(person),
        _ => who(chance.person()),
    };
    let thing = scene.programme.thing(&on);
    let with = details(scene, chance, row.with, thing);
    Command::new("c", row.action, on, under, None, with).ok().map(|command| (actor, command))
}

fn open_row<'a>(scene: &Scene, chance: &mut Chance, rows: &[&'a Row]) -> Option<&'a Row> {
    let rare = chance.below(8) == 0;
    let things: Vec<&Thing> =
        scene.programme.things.values().filter(|t| rare || !(t.kind() == Kind::Account || t.state.is_end())).collect();
    let thing = chance.pick(&things)?;
    let open: Vec<&&Row> =
        rows.iter().filter(|r| r.from.contains(&thing.state) || r.under.contains(&thing.kind())).collect();
    chance.pick(&open).map(|row| **row)
}

#[expect(clippy::too_many_lines, reason = "one arm a shape")]
fn details(scene: &Scene, c: &mut Chance, shape: Shape, thing: Option<&Thing>) -> Value {
    let people = |c: &mut Chance| {
        (0..1 + c.below(3)).map(|_| c.one(&["ines", "ivan", "hugh", "hana", "mo", "fay"])).collect::<Vec<_>>()
    };
    let many = |c: &mut Chance, kind: Kind| (0..c.below(3)).map(|_| c.of(scene, kind)).collect::<Vec<_>>();
    let content = thing.and_then(|t| t.latest::<details::Content>());
    let version = thing.and_then(|t| t.latest::<details::Version>());
    let now_digest = content.map(|x| x.digest.clone()).or(version.map(|v| v.digest.clone()));
    let digest = |c: &mut Chance| if c.below(4) > 0 { now_digest.clone() } else { None }.unwrap_or(DIGESTS[0].into());
    let grade = c.one(&GRADES);
    let node = c.one(&["q1", "q2", "q3"]);
    let day = c.one(&["2025-03-01", "2025-06-21", "2025-09-01", "2026-06-21"]);
    let text = "words";
    let list = |c: &mut Chance| [c.of(scene, Kind::Judgment), c.of(scene, Kind::Finding), c.of(scene, Kind::Section)];
    let editions = json!([{ "name": "report", "digest": DIGESTS[0] }]);
    match shape {
        Shape::Nothing => json!({}),
        Shape::Reason => json!({ "reason": text }),
        Shape::Note => json!({ "note": text }),
        Shape::Happened => json!({ "on": day }),
        Shape::Name => json!({ "name": text }),
        Shape::OfOffice => match c.below(3) {
            0 => json!({ "office": { "role": c.one(&["moderator", "hm-inspector", "inspector", "public"]) } }),
            1 => json!({ "office": { "role": "force-contact", "force": "elsewhere" } }),
            _ => json!({ "office": { "role": "policing-body", "force": "elsewhere" } }),
        },
        Shape::Somebody => json!({ "person": c.person(), "reason": text }),
        Shape::Version => json!({ "framework": "2025-27", "digest": c.one(&DIGESTS) }),
        Shape::Approval => json!({ "digest": digest(c) }),
        Shape::CyclePlan => {
            json!({ "framework": c.one(&["2025-27", "2016", "none"]), "title": "Cycle", "kind": c.one(&["real", "training"]),
            "everywhere": ["q1"], "tranches": [["thornshire"], ["elsewhere"]] })
        }
        Shape::OfForce => json!({ "force": c.one(&["thornshire", "elsewhere"]) }),
        Shape::ScopePlan => {
            json!({ "node": node, "status": c.one(&["inspected", "carried-over", "limited-review"]), "reason": text })
        }
        Shape::Enquiry => json!({ "node": node, "line": text }),
        Shape::Asked => json!({ "what": text, "by": day }),
        Shape::Received => json!({ "digest": DIGESTS[0], "file": text }),
        Shape::VisitPlan => json!({ "place": text, "from": day, "until": "2025-07-01" }),
        Shape::EvidenceGiven => {
            json!({ "kind": "interview", "source": "staff", "asserted-by": "force", "on": day, "nodes": [node], "says": text,
            "marking": c.one(&["official", "official-sensitive"]) })
        }
        Shape::Corroboration => json!({ "by": many(c, Kind::Evidence), "how": text }),
        Shape::Assessed => {
            json!({ "finding": c.of(scene, Kind::Entry), "outcome": "partly", "reasons": text, "evidence": many(c, Kind::Evidence) })
        }
        Shape::ToJudge => match c.below(2) {
            0 => json!({ "node": node, "graders": people(c) }),
            _ => json!({ "node": node, "graders": people(c), "regrades": c.of(scene, Kind::Judgment) }),
        },
        Shape::InitialGrade => json!({ "grade": grade, "reasons": text }),
        Shape::View => json!({ "grade": grade }),
        Shape::Proposal => json!({ "grade": grade, "rationale": text, "evidence": many(c, Kind::Evidence) }),
        Shape::Moderation => {
            let before = thing.and_then(seen::grade_of).map_or(grade, crate::JudgmentValue::id);
            json!({ "panel": people(c), "before": before, "after": grade, "reasons": text })
        }
        Shape::Decision => json!({ "grade": grade, "reasons": text }),
        Shape::CarriedFrom => json!({ "node": node, "from": c.of(scene, Kind::Judgment) }),
        Shape::FindingDrafted => {
            json!({ "kind": c.one(&["cause-of-concern", "recommendation", "area-for-improvement"]), "node": node, "title": "A finding",
            "text": text, "evidence": many(c, Kind::Evidence), "supersedes": many(c, Kind::Entry), "due": { "months": 3 } })
        }
        Shape::Letter => json!({ "digest": DIGESTS[0], "on": day, "reason": text }),
        Shape::Content => {
            json!({ "product": "force-report", "section": content.map_or("q1", |x| &x.section), "digest": c.one(&DIGESTS) })
        }
        Shape::SentDraft => json!({ "digest": DIGESTS[0], "until": "2026-01-01" }),
        Shape::OnDraft => {
            json!({ "about": c.one(&["factual-error", "grade-dispute"]), "judgment": c.of(scene, Kind::Judgment), "comment": text })
        }
        Shape::Answer => match c.below(2) {
            0 => json!({ "reason": text }),
            _ => json!({ "reason": text, "reopens": c.of(scene, Kind::Judgment) }),
        },
        Shape::Schedule => {
            let open = |t: &&Thing| {
                matches!(t.kind(), Kind::Judgment | Kind::Finding | Kind::Section | Kind::Assessment)
                    && !t.state.is_end()
            };
            let all: Vec<String> = scene.programme.things.values().filter(open).map(|t| t.id.to_string()).collect();
            let publishes = if c.below(3) > 0 { all } else { list(c).into() };
            json!({ "title": "Report", "product": "force-report", "embargo": c.one(&["2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z"]),
                "publishes": publishes, "respond": ["thornshire-pcc"] })
        }
        Shape::Editions => json!({ "editions": editions, "inputs": editions }),
        Shape::CorrectionMade => {
            json!({ "was": text, "now": text, "why": text, "editions": editions, "inputs": editions })
        }
        Shape::ActionPlan => json!({ "plan": text }),
        Shape::Claim => json!({ "done": text }),
        Shape::Progress => json!({ "outcome": "partly", "reasons": text }),
        Shape::Verified => json!({ "by": "data", "note": text }),
        Shape::Occurrence => json!({ "due": day, "done": text }),
        Shape::SupersededBy => json!({ "by": c.of(scene, Kind::Entry), "reason": text }),
        Shape::ChiefComments => json!({ "comments": text }),
        Shape::BodyComments => {
            let owed = thing.and_then(|t| t.latest::<details::ResponseOwed>());
            let on: Vec<Value> = owed
                .into_iter()
                .flat_map(|o| &o.recommendations)
                .map(|r| json!({ "finding": r, "action": text }))
                .collect();
            json!({ "comments": text, "on": if c.below(3) > 0 { on } else { Vec::new() } })
        }
        Shape::SentTo => json!({ "to": ["inspectorate", "home-office"] }),
        Shape::Undertaking => json!({ "by": "thornshire", "what": text, "due": day, "force": "thornshire" }),
        Shape::RevisitPlan => json!({ "reason": text, "from": day, "until": "2026-07-01" }),
        Shape::Regrade => json!({ "judgment": c.of(scene, Kind::Judgment) }),
        Shape::Stage => json!({ "stage": c.one(&["scan", "engage"]), "reasons": [text], "on": day }),
        Shape::OverviewOf => json!({ "title": "Overview" }),
        Shape::Tagged => json!({ "finding": c.of(scene, Kind::Finding), "theme": "skills" }),
        Shape::Themes => json!({ "themes": ["skills"], "note": text }),
        Shape::EntryOpened | Shape::ResponseOwed | Shape::Taking => json!({}),
    }
}
