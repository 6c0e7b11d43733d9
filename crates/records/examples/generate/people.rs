//! Invented crimes, outcomes and stops: as many and as unequally spread as real ones, every one made from the seed and its number alone.

use std::io::{self, Write};

pub const STREET: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";
const OUTCOMES: &str =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type";
const STOPS: &str = "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing";
const FORCES: &str = include_str!("../../vocabulary/forces.csv");

/// Crime types and how many of a thousand crimes are of each.
const KINDS: [(&str, u64); 14] = [
    ("Violence and sexual offences", 330),
    ("Anti-social behaviour", 200),
    ("Criminal damage and arson", 90),
    ("Other theft", 75),
    ("Vehicle crime", 70),
    ("Public order", 68),
    ("Burglary", 57),
    ("Shoplifting", 50),
    ("Drugs", 22),
    ("Other crime", 12),
    ("Robbery", 9),
    ("Bicycle theft", 8),
    ("Possession of weapons", 5),
    ("Theft from the person", 4),
];
const RESULTS: [(&str, u64); 8] = [
    ("Investigation complete; no suspect identified", 420),
    ("Unable to prosecute suspect", 300),
    ("Under investigation", 100),
    ("Awaiting court outcome", 60),
    ("Local resolution", 40),
    ("Status update unavailable", 40),
    ("Offender given a caution", 20),
    ("Further action is not in the public interest", 20),
];
const ROADS: [&str; 8] = [
    "High Street",
    "Church Lane",
    "Supermarket",
    "Parking Area",
    "Station Road",
    "Mill Close",
    "Victoria Road",
    "The Green",
];

/// What is wrong with some rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dirt {
    None,
    /// What the format allows: marks around commas and line ends, Windows line ends, letters beyond ASCII.
    Lawful,
    /// Also rows that must be refused: too few or too many fields, bytes that are no UTF-8.
    All,
}

/// A force and its share.
#[derive(Debug, Clone)]
pub struct Force {
    pub slug: String,
    name: &'static str,
    weight: u64,
    index: u64,
}

/// A crime.
#[derive(Debug, Clone)]
pub struct Crime {
    pub id: String,
    pub month: String,
    pub force: &'static str,
    pub longitude: String,
    pub latitude: String,
    pub location: String,
    pub lsoa: String,
    pub lsoa_name: String,
    pub kind: &'static str,
    pub outcome: &'static str,
    draw: u64,
}

/// All forces and months.
pub struct Forces {
    seed: u64,
    stops: u64,
    rows: u64,
    months: Vec<String>,
    forces: Vec<Force>,
    weights: u64,
    /// For each file, how many crimes are in those before it.
    starts: Vec<u64>,
}

/// A number without pattern from a number. Source: Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*.
fn mixed(number: u64) -> u64 {
    let a = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

fn one_of<T: Copy>(choices: &[(T, u64)], draw: u64) -> T {
    let total: u64 = choices.iter().map(|(_, weight)| weight).sum();
    let mut left = draw % total;
    for (choice, weight) in choices {
        if left < *weight {
            return *choice;
        }
        left -= weight;
    }
    choices[0].0
}

impl Forces {
    pub fn new(seed: u64, rows: u64, stops: u64, months: u32) -> Self {
        let mut forces: Vec<Force> = Vec::new();
        for line in FORCES.lines().skip(1) {
            let Some((name, slug)) = line.rsplit_once(',') else { continue };
            if ["btp", "northern-ireland"].contains(&slug) || forces.iter().any(|f| f.slug == slug) {
                continue;
            }
            let index = u64::try_from(forces.len()).unwrap_or(0);
            // The largest force has about fifty times the crimes of the smallest.
            let weight = if slug == "metropolitan" { 170 } else { 3 + mixed(index + 77) % 45 };
            forces.push(Force { slug: slug.to_owned(), name, weight, index });
        }
        let weights = forces.iter().map(|f| f.weight).sum();
        let months = (0..months).map(|m| format!("{}-{:02}", 2018 + m / 12, m % 12 + 1)).collect();
        let mut all = Self { seed, stops, rows, months, forces, weights, starts: Vec::new() };
        let mut start = 0;
        let sizes: Vec<u64> = all.files().map(|(month, force)| all.crimes(month, force)).collect();
        for size in sizes {
            all.starts.push(start);
            start += size;
        }
        all.starts.push(start);
        all
    }

    /// Every month and force, in the publisher's order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Force)> {
        self.months.iter().flat_map(|month| self.forces.iter().map(move |force| (month.as_str(), force)))
    }

    fn share(&self, all: u64, force: &Force) -> u64 {
        let months = u64::try_from(self.months.len()).unwrap_or(1).max(1);
        (all * force.weight / self.weights / months).max(1)
    }

    /// How many crimes a force has in a month.
    pub fn crimes(&self, _month: &str, force: &Force) -> u64 {
        self.share(self.rows, force)
    }

    /// How many crimes there are.
    pub fn total(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The crime with this number.
    pub fn nth(&self, number: u64) -> Crime {
        let file = self.starts.partition_point(|start| *start <= number) - 1;
        let (month, force) = (&self.months[file / self.forces.len()], &self.forces[file % self.forces.len()]);
        self.crime(month, force, number - self.starts[file])
    }

    /// The crime at this place of an order without pattern: each comes once.
    pub fn shuffled(&self, at: u64) -> Crime {
        // A permutation of the next power of four by four rounds of a Feistel network; what falls outside is walked on from.
        let bits = (64 - self.total().max(2).leading_zeros()).div_ceil(2);
        let mask = (1 << bits) - 1;
        let mut number = at;
        loop {
            let (mut left, mut right) = (number >> bits, number & mask);
            for round in 0..4 {
                (left, right) = (right, left ^ (mixed(right ^ (self.seed + round) << 40) & mask));
            }
            number = left << bits | right;
            if number < self.total() {
                return self.nth(number);
            }
        }
    }

    /// A tenth of the files have Windows line ends.
    pub fn line_ending(&self, month: &str, force: &Force, dirt: Dirt) -> &'static str {
        let draw = mixed(self.number(month, force, 0) ^ 0xc0de);
        if dirt != Dirt::None && draw.is_multiple_of(10) { "\r\n" } else { "\n" }
    }

    fn number(&self, month: &str, force: &Force, at: u64) -> u64 {
        let month = self.months.iter().position(|m| m == month).unwrap_or(0);
        let month = u64::try_from(month).unwrap_or(0);
        mixed(mixed(self.seed).wrapping_add(month << 48).wrapping_add(force.index << 40).wrapping_add(at))
    }

    /// A force's crime of a month.
    pub fn crime(&self, month: &str, force: &Force, at: u64) -> Crime {
        let draw = self.number(month, force, at);
        let kind = one_of(&KINDS, draw >> 8);
        let is_incident = kind == "Anti-social behaviour";
        let id: String = if is_incident {
            String::new()
        } else {
            (0..4).map(|part| format!("{:016x}", mixed(draw ^ part))).collect()
        };
        let outcome = if is_incident { "" } else { one_of(&RESULTS, mixed(draw ^ 9)) };
        let area = mixed(draw ^ 11) % 800;
        let has_place = !mixed(draw ^ 12).is_multiple_of(50);
        let road = ROADS[usize::try_from(mixed(draw ^ 13) % 8).unwrap_or(0)];
        let placed = |text: String| if has_place { text } else { String::new() };
        Crime {
            id,
            month: month.to_owned(),
            force: force.name,
            longitude: placed(format!("-{}.{:06}", mixed(draw ^ 14) % 5, mixed(draw ^ 15) % 1_000_000)),
            latitude: placed(format!("5{}.{:06}", mixed(draw ^ 16) % 5, mixed(draw ^ 17) % 1_000_000)),
            location: if has_place { format!("On or near {road}") } else { "No Location".to_owned() },
            lsoa: placed(format!("E01{:06}", force.index * 800 + area)),
            lsoa_name: placed(format!(
                "{} {:03}{}",
                force.slug,
                area / 5,
                ["A", "B", "C", "D", "E"][usize::try_from(area % 5).unwrap_or(0)]
            )),
            kind,
            outcome,
            draw,
        }
    }

    /// The outcomes that a force published in a month: of the crimes of that month and the six before it.
    pub fn write_outcomes(&self, month: &str, force: &Force, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "{OUTCOMES}")?;
        let last = self.months.iter().position(|m| m == month).unwrap_or(0);
        for recorded in last.saturating_sub(6)..=last {
            let from = &self.months[recorded];
            for at in 0..self.crimes(from, force) {
                let crime = self.crime(from, force, at);
                // Half of what is left gets its outcome each month.
                let lag = usize::try_from(mixed(crime.draw ^ 21).trailing_zeros()).unwrap_or(0);
                if !crime.id.is_empty() && crime.outcome != "Under investigation" && recorded + lag == last {
                    let Crime { id, longitude, latitude, location, lsoa, lsoa_name, outcome, .. } = &crime;
                    writeln!(
                        out,
                        "{id},{month},{0},{0},{longitude},{latitude},{location},{lsoa},{lsoa_name},{outcome}",
                        force.name
                    )?;
                }
            }
        }
        Ok(())
    }

    /// The stops of a force in a month, with Windows line ends as published.
    pub fn write_stops(&self, month: &str, force: &Force, out: &mut Vec<u8>) -> io::Result<()> {
        write!(out, "{STOPS}\r\n")?;
        for at in 0..self.share(self.stops, force) {
            let draw = mixed(self.number(month, force, at) ^ 0x5109);
            let pick = |choices: &[(&'static str, u64)], salt: u64| one_of(choices, mixed(draw ^ salt));
            let kind = pick(&[("Person search", 75), ("Person and Vehicle search", 20), ("Vehicle search", 5)], 1);
            let gender = pick(&[("Male", 90), ("Female", 8), ("", 2)], 2);
            let age =
                pick(&[("18-24", 40), ("over 34", 22), ("25-34", 20), ("10-17", 12), ("", 5), ("under 10", 1)], 3);
            let own = pick(
                &[
                    ("White - English/Welsh/Scottish/Northern Irish/British", 40),
                    ("Other ethnic group - Not stated", 25),
                    ("Black/African/Caribbean/Black British - African", 12),
                    ("Asian/Asian British - Any other Asian background", 10),
                    ("", 8),
                    ("Mixed/Multiple ethnic groups - White and Black Caribbean", 5),
                ],
                4,
            );
            let seen = pick(&[("White", 50), ("Black", 25), ("Asian", 15), ("Other", 5), ("", 5)], 5);
            let law = pick(
                &[
                    ("Misuse of Drugs Act 1971 (section 23)", 65),
                    ("Police and Criminal Evidence Act 1984 (section 1)", 33),
                    ("Criminal Justice and Public Order Act 1994 (section 60)", 2),
                ],
                6,
            );
            let object = pick(
                &[
                    ("Controlled drugs", 62),
                    ("Offensive weapons", 14),
                    ("Stolen goods", 12),
                    ("Article for use in theft", 6),
                    ("", 6),
                ],
                7,
            );
            let result = pick(
                &[
                    ("A no further action disposal", 72),
                    ("Arrest", 15),
                    ("Community resolution", 7),
                    ("Khat or Cannabis warning", 4),
                    ("", 2),
                ],
                8,
            );
            let (day, hour, minute) = (1 + mixed(draw ^ 31) % 28, mixed(draw ^ 32) % 24, mixed(draw ^ 33) % 60);
            write!(
                out,
                "{kind},{month}-{day:02}T{hour:02}:{minute:02}:00+00:00,False,,5{}.{:06},-0.{:06},{gender},{age},{own},{seen},{law},{object},{result},,\r\n",
                draw % 5,
                mixed(draw ^ 34) % 1_000_000,
                mixed(draw ^ 35) % 1_000_000
            )?;
        }
        Ok(())
    }
}

impl Crime {
    /// Writes the row, some with dirt; whether it is one that must be counted.
    pub fn write(&self, out: &mut Vec<u8>, dirt: Dirt, ending: &str) -> io::Result<bool> {
        let draw = mixed(self.draw ^ 0xd127) % 2_000;
        let Self { id, month, force, longitude, latitude, location, lsoa, lsoa_name, kind, outcome, .. } = self;
        let location = match draw {
            _ if dirt == Dirt::None => location.clone(),
            0..=3 => format!("\"{location}, the \"\"Old\"\" end\""),
            4..=5 => format!("\"{location}\n{lsoa_name}\""),
            6..=7 => format!("{location} / Caffè Ponte Tŷ"),
            _ => location.clone(),
        };
        let start = out.len();
        write!(
            out,
            "{id},{month},{force},{force},{longitude},{latitude},{location},{lsoa},{lsoa_name},{kind},{outcome},"
        )?;
        let mut is_whole = true;
        if dirt == Dirt::All && (100..=103).contains(&draw) {
            is_whole = false;
            match draw {
                100 => out.extend_from_slice(b"surplus,"),
                101 => out.truncate(start + id.len() + 1 + month.len()),
                102 => out.extend_from_slice(b"\xe9\xff"),
                _ => out.extend_from_slice(b",,,"),
            }
        }
        out.extend_from_slice(ending.as_bytes());
        Ok(is_whole)
    }
}
