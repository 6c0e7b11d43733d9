//! How many forces had each grade, as it was published: beside the grades of single forces, or in their place where those are not known.

use crate::{
    JudgmentValue, NodeId,
    framework::{Count, Fault, Framework},
};

/// A published count of the forces by judgment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<'a> {
    /// So many forces a judgment, the best grade first; every force once.
    pub counts: Vec<(JudgmentValue, u32)>,
    /// Who published it, and where.
    pub source: &'a str,
    /// Its address; `None` where it is not known.
    pub address: Option<&'a str>,
}

impl Published<'_> {
    /// How many forces had this judgment; `None` where the count does not say.
    #[must_use]
    pub fn of(&self, value: JudgmentValue) -> Option<u32> {
        self.counts.iter().find(|(counted, _)| *counted == value).map(|(_, forces)| *forces)
    }
}

impl Framework {
    /// The published count of a place; `None` where none is on record.
    #[must_use]
    pub fn published(&self, node: &NodeId) -> Option<Published<'_>> {
        let lines = self.national.get(node.as_str())?;
        let said = |name: &str| match lines.get(name) {
            Some(Count::Source(words)) => Some(words.as_str()),
            _ => None,
        };
        let count = |(id, count): (&String, &Count)| match count {
            Count::Forces(forces) => Some((id.parse().ok()?, *forces)),
            Count::Source(_) => None,
        };
        let mut counts: Vec<(JudgmentValue, u32)> = lines.iter().filter_map(count).collect();
        counts.sort_by_key(|(value, _)| (value.grade().is_none(), value.grade().map(std::cmp::Reverse), *value));
        Some(Published { counts, source: said("source").unwrap_or_default(), address: said("address") })
    }
}

/// What is wrong with the counts of a framework.
pub(crate) fn faults(framework: &Framework) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (node, counts) in &framework.national {
        if node.parse().map_or(true, |node| !framework.has(&node)) {
            faults.push(Fault::new(
                node,
                format!("the framework has no `{node}` that forces could be counted by"),
                "write the id of a pillar or a question",
            ));
        }
        for (name, count) in counts {
            let is_known = match count {
                Count::Forces(_) => name.parse::<JudgmentValue>().is_ok(),
                Count::Source(_) => ["source", "address"].contains(&name.as_str()),
            };
            if !is_known {
                faults.push(Fault::new(
                    name,
                    format!("`{name}` stands among the counts of `{node}`"),
                    "write a grade and a number of forces, `source:` or `address:`",
                ));
            }
        }
        let sum: u32 = counts.values().filter_map(|c| if let Count::Forces(n) = c { Some(*n) } else { None }).sum();
        if sum != 43 {
            faults.push(Fault::new(
                "national",
                format!("the counts of `{node}` sum to {sum}, not to 43 forces"),
                "count every force once, those without a grade as `ungraded`",
            ));
        }
        if !counts.contains_key("source") {
            faults.push(Fault::new("national", format!("the counts of `{node}` name no source"), "add `source:`"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn framework(counts: &[(&str, Count)]) -> Framework {
        let yaml = "id: '2017'\ntitle: '2017'\ndata-until: 2017-12-31\ninspectorate: { id: a, name: A, full-name: A }\n\
                    grades: [{ id: good }, { id: inadequate }]\npillars: [{ id: legitimacy, title: Legitimacy }]\n";
        let mut framework: Framework = serde_saphyr::from_str(yaml).unwrap();
        let lines = counts.iter().map(|(name, count)| ((*name).to_owned(), count.clone())).collect();
        framework.national = BTreeMap::from([("legitimacy".to_owned(), lines)]);
        framework
    }

    #[test]
    fn a_count_has_the_best_grade_first_and_what_is_no_grade_last() {
        let source = Count::Source("A report".into());
        let lines = [
            ("inadequate", Count::Forces(2)),
            ("not-graded", Count::Forces(1)),
            ("good", Count::Forces(40)),
            ("source", source),
        ];
        let framework = framework(&lines);
        let published = framework.published(&"legitimacy".parse().unwrap()).unwrap();
        let words: Vec<String> = published.counts.iter().map(|(v, n)| format!("{n} {}", v.words())).collect();
        assert_eq!(words, ["40 good", "2 inadequate", "1 not graded"]);
        assert_eq!((published.source, published.address), ("A report", None));
        assert_eq!(published.of(JudgmentValue::NotGraded), Some(1));
        assert!(faults(&framework).is_empty());
        assert!(framework.published(&"efficiency".parse().unwrap()).is_none());
    }

    #[test]
    fn a_count_that_cannot_be_read_is_told() {
        let mut framework = framework(&[("god", Count::Forces(42)), ("origin", Count::Source("A".into()))]);
        let lines = framework.national["legitimacy"].clone();
        framework.national.insert("leadership".into(), lines);
        let found: Vec<String> = faults(&framework).into_iter().map(|f| f.found).collect();
        let of_one = |node: &str| {
            [
                format!("`god` stands among the counts of `{node}`"),
                format!("`origin` stands among the counts of `{node}`"),
                format!("the counts of `{node}` sum to 42, not to 43 forces"),
                format!("the counts of `{node}` name no source"),
            ]
        };
        let no_node = "the framework has no `leadership` that forces could be counted by".to_owned();
        let expected: Vec<String> =
            std::iter::once(no_node).chain(of_one("leadership")).chain(of_one("legitimacy")).collect();
        assert_eq!(found, expected);
    }
}
