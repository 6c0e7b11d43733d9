//! `peelian explain`: the rules for texts.

use crate::{
    arguments::Explain,
    outcome::{CannotRun, Outcome, name},
};
use report::rule::Rule;

/// Prints a rule's page, or lists the rules.
pub fn run(options: &Explain) -> Result<Outcome, CannotRun> {
    let Some(code) = &options.code else {
        for rule in Rule::ALL {
            out!("{}  {}", name(rule.code()), rule.title());
        }
        return Ok(Outcome::Done);
    };
    let rule = Rule::ALL.iter().find(|r| r.code().eq_ignore_ascii_case(code));
    let rule =
        rule.ok_or_else(|| CannotRun::Argument(format!("there is no rule `{code}`\n`peelian explain` lists them.")))?;
    out!("{}", rule.page().trim_end());
    Ok(Outcome::Done)
}
