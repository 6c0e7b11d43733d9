//! Charts to print, of made-up values.

use super::{good_since, improve};
use report::chart::{Axis, Chart, GridRow, Item, Line, Pair, Role};

fn axis() -> Axis {
    Axis { title: "Crimes per 1,000 population".to_owned(), prefix: String::new(), suffix: String::new() }
}

pub fn ranked() -> Chart {
    ranked_by(0)
}

pub fn ranked_by(seed: u32) -> Chart {
    let column = |(index, name): (usize, &str)| {
        let value = 40.0 + f64::from(u32::try_from(index).unwrap() + seed) * 2.1;
        let role = if name == "Hertfordshire" {
            Role::Force
        } else if index % 9 == 0 {
            Role::Group
        } else {
            Role::Other
        };
        Item { name: name.to_owned(), value, text: format!("{value:.1}"), role }
    };
    Chart::Ranked {
        columns: forces().into_iter().enumerate().map(column).collect(),
        average: Some((87.9, "England and Wales 87.9".to_owned())),
        axis: axis(),
    }
}

pub fn trend() -> Chart {
    let line = |name: &str, role, base: f64| Line {
        name: name.to_owned(),
        role,
        points: (0..6_u32)
            .map(|year| (year as usize, base + f64::from(year), format!("{}", base + f64::from(year))))
            .collect(),
    };
    Chart::Trend {
        lines: vec![line("Hertfordshire", Role::Force, 60.0), line("England and Wales", Role::Comparator, 68.0)],
        axis: axis(),
        times: (2013..=2018).map(|year: i32| year.to_string()).collect(),
    }
}

pub fn paired() -> Chart {
    let pair = |label: &str, a: f64, b: f64| Pair {
        label: label.to_owned(),
        force: (Some(a), format!("{a}")),
        comparator: (Some(b), format!("{b}")),
    };
    Chart::Paired {
        names: ["Hertfordshire".to_owned(), "England and Wales".to_owned()],
        rows: vec![pair("Violence", 21.0, 27.5), pair("Burglary", 6.5, 7.3), pair("Theft", 30.0, 33.0)],
        axis: axis(),
    }
}

pub fn grid() -> Chart {
    let row = |name: &str, role, cells| GridRow { name: name.to_owned(), role, cells };
    Chart::Grid {
        columns: ["Effectiveness", "Efficiency", "Legitimacy"].map(str::to_owned).to_vec(),
        rows: vec![
            row("Hertfordshire", Role::Force, vec![improve(), improve(), good_since("2017")]),
            row("Essex", Role::Group, vec![good_since("2017"), improve()]),
        ],
    }
}

/// The 43 forces.
pub fn forces() -> Vec<&'static str> {
    "Avon and Somerset, Bedfordshire, Cambridgeshire, Cheshire, City of London, Cleveland, Cumbria, \
     Derbyshire, Devon and Cornwall, Dorset, Durham, Dyfed-Powys, Essex, Gloucestershire, \
     Greater Manchester, Gwent, Hampshire, Hertfordshire, Humberside, Kent, Lancashire, Leicestershire, \
     Lincolnshire, Merseyside, Metropolitan Police, Norfolk, North Wales, North Yorkshire, \
     Northamptonshire, Northumbria, Nottinghamshire, South Wales, South Yorkshire, Staffordshire, \
     Suffolk, Surrey, Sussex, Thames Valley, Warwickshire, West Mercia, West Midlands, West Yorkshire, \
     Wiltshire"
        .split(", ")
        .collect()
}
