//! Which expression prints a number: the index behind the remedy of an unbound one.

use crate::{
    desk::{Desk, Printed},
    document::plain,
    draft::{Argument, Call},
};
use inspection::{
    NodeId,
    record::{Evidence, FindingKind},
};
use reference::quantity::{Amount, Quantity, in_words};
use rust_decimal::Decimal;
use statistics::measure::Measure;
use std::cell::OnceCell;

/// Every expression that prints a number; computed when the first unbound number is found.
pub(super) struct Prints<'r, 'a> {
    desk: &'r Desk<'r, 'a>,
    all: OnceCell<Vec<Print>>,
}

/// An expression and what it prints.
pub(super) struct Print {
    /// As it is written.
    pub expression: String,
    /// What it prints.
    pub printed: String,
    /// The same as a quantity.
    pub quantity: Quantity,
    /// Words that say what it is about.
    about: String,
    node: Option<NodeId>,
    sort: Of,
}

/// What an expression prints a number of.
#[derive(PartialEq)]
enum Of {
    Evidence,
    /// The force's own figure of a measure, now.
    Own(String),
    /// Any other figure.
    Figure,
    /// A number of findings.
    Findings(FindingKind),
}

impl<'r, 'a> Prints<'r, 'a> {
    /// Nothing computed yet.
    pub const fn new(desk: &'r Desk<'r, 'a>) -> Self {
        Self { desk, all: OnceCell::new() }
    }

    fn all(&self) -> &[Print] {
        self.all.get_or_init(|| {
            let evidence = self.desk.inspection.evidence.values().flat_map(evidence);
            evidence.chain(self.measures()).chain(self.counts()).collect()
        })
    }

    /// The force's own figure of a measure.
    pub fn own(&self, measure: &str) -> Option<&Print> {
        self.all().iter().find(|p| matches!(&p.sort, Of::Own(id) if id == measure))
    }

    /// The expressions that print a quantity, those that are most about the words around it; at most two. Where the number is one
    /// of findings, only their count is meant. A small number is printed by many: without a word in common nothing is offered.
    pub fn of(
        &self,
        quantity: &Quantity,
        around: &[&str],
        place: Option<&NodeId>,
        finding: Option<FindingKind>,
    ) -> Vec<&Print> {
        let near = |print: &Print| {
            let words = around.iter().filter(|w| w.len() > 3 && print.about.contains(**w)).count();
            let here =
                print.node.as_ref().zip(place).is_some_and(|(node, place)| node.within(place) || place.within(node));
            2 * words + usize::from(here)
        };
        let meant = |print: &&Print| match (finding, &print.sort) {
            (Some(kind), sort) => *sort == Of::Findings(kind),
            (None, Of::Findings(_)) => false,
            (None, Of::Evidence | Of::Own(_) | Of::Figure) => true,
        };
        let rare = matches!(
            quantity.amount,
            Amount::Of { .. } | Amount::Rank { .. } | Amount::Pounds { .. } | Amount::Range { .. }
        );
        let telling = rare || quantity.value().is_some_and(|v| v >= Decimal::ONE_HUNDRED || !v.is_integer());
        let fitting = self.all().iter().filter(meant).filter(|p| p.quantity.amount == quantity.amount);
        let mut fitting: Vec<(usize, &Print)> =
            fitting.map(|p| (near(p), p)).filter(|(near, _)| telling || *near > 0).collect();
        fitting.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.expression.cmp(&b.1.expression)));
        let best = fitting.first().map_or(0, |(near, _)| *near);
        fitting.into_iter().filter(|(near, _)| *near == best).map(|(_, p)| p).take(2).collect()
    }

    fn measures(&self) -> Vec<Print> {
        let mut desk = Desk::new(self.desk.house, self.desk.force, self.desk.inspection);
        let mut prints = Vec::new();
        for measure in self.desk.house.measures {
            let argument =
                |name: Option<&str>, value: &str| Argument { name: name.map(str::to_owned), value: value.to_owned() };
            let call = |name: &str, more: Vec<Argument>| {
                let arguments = std::iter::once(argument(None, &measure.id)).chain(more).collect();
                Call { name: name.into(), arguments, expects: None }
            };
            let earlier = self
                .desk
                .inspection
                .comparison(&measure.id)
                .and_then(|c| c.before.as_ref())
                .map(|b| b.period.to_string());
            prints.extend(figure(&mut desk, measure, &call("value", vec![]), Of::Own(measure.id.clone())));
            let others = [
                call("value", vec![argument(Some("area"), "england-and-wales")]),
                call("value", vec![argument(Some("area"), "most-similar")]),
                call("rank", vec![argument(None, "lowest")]),
                call("rank", vec![argument(None, "highest")]),
            ];
            let earlier = earlier.map(|day| call("value", vec![argument(Some("at"), &day)]));
            prints.extend(
                others.into_iter().chain(earlier).filter_map(|call| figure(&mut desk, measure, &call, Of::Figure)),
            );
        }
        prints
    }

    fn counts(&self) -> Vec<Print> {
        let mut nodes: Vec<Option<&NodeId>> = vec![None];
        for finding in self.desk.inspection.own_findings() {
            if !nodes.contains(&Some(&finding.node)) {
                nodes.push(Some(&finding.node));
            }
        }
        let mut prints = Vec::new();
        for (kind, node) in FindingKind::ALL.into_iter().flat_map(|kind| nodes.iter().map(move |node| (kind, *node))) {
            let of = self
                .desk
                .inspection
                .own_findings()
                .filter(|f| f.kind == kind && node.is_none_or(|n| f.node.within(n)))
                .count();
            let at = node.map(|n| format!(", node=\"{n}\"")).unwrap_or_default();
            let printed = in_words(of);
            let Ok(quantity) = printed.parse() else { continue };
            prints.push(Print {
                expression: format!("{{{{ count(\"{}\"{at}) }}}}", kind.ids().1),
                printed,
                quantity,
                about: kind.titles().1.to_lowercase(),
                node: node.cloned(),
                sort: Of::Findings(kind),
            });
        }
        prints
    }
}

fn figure(desk: &mut Desk<'_, '_>, measure: &Measure, call: &Call, sort: Of) -> Option<Print> {
    let Ok(Printed::Words(words)) = desk.print(call) else { return None };
    let printed = plain(&words);
    let about = format!("{} {}", measure.noun, call.named("area").unwrap_or_default().replace('-', " ")).to_lowercase();
    let quantity = printed.parse().ok()?;
    Some(Print { expression: format!("{{{{ {call} }}}}"), printed, quantity, about, node: None, sort })
}

fn evidence(item: &Evidence) -> Vec<Print> {
    let print = |name: &str, quantity: &Quantity, percent: bool| {
        let of = matches!(quantity.amount, Amount::Of { .. }) || percent;
        let (call, unit) = (if of { "review" } else { "evidence" }, if percent { ", as=\"percent\"" } else { "" });
        Print {
            expression: format!("{{{{ {call}(\"{}.{name}\"{unit}) }}}}", item.id),
            printed: quantity.to_string(),
            quantity: quantity.clone(),
            about: format!("{} {} {name}", item.says, item.id).to_lowercase(),
            node: Some(item.node.clone()),
            sort: Of::Evidence,
        }
    };
    let mut prints = Vec::new();
    for (name, number) in &item.numbers {
        prints.push(print(name, &number.quantity, false));
        if let Amount::Of { count, whole } = number.quantity.amount
            && let Some(percent) = (count * Decimal::ONE_HUNDRED).checked_div(whole)
        {
            let amount = Amount::Percent(reference::round(percent, 0));
            prints.push(print(name, &Quantity { amount, ..number.quantity.clone() }, true));
        }
    }
    prints
}
