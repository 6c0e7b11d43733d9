//! The command line, as its help shows it.

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValue};
use report::product::Kind;
use std::path::PathBuf;

/// Runs police inspections: from official statistics to a fair comparison and a data pack for every force.
#[derive(Debug, Parser)]
#[command(name = "peelian", version, max_term_width = 100)]
pub struct Arguments {
    /// The inspectorate's folder; by default the nearest one upward that holds peelian.toml (`demo` makes one, by default `demo`)
    #[arg(long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the example inspectorate on real published figures and publish it
    #[command(after_help = "Example:\n  peelian demo --dir demo --no-serve")]
    Demo(Demo),
    /// Write a folder for a new inspectorate
    #[command(
        after_help = "Example:\n  peelian new our-inspectorate --with-figures && cd our-inspectorate && peelian check"
    )]
    New(New),
    /// Read the whole folder and report every problem with file, line and remedy
    #[command(after_help = "Example:\n  peelian check our-inspectorate")]
    Check(Check),
    /// Turn published tables into releases, with a report of every row refused
    #[command(
        after_help = "Examples:\n  peelian ingest police-workforce-sep19-tables.ods\n  peelian ingest --source supplied-return complaints-2016.csv --released 2016-07-01"
    )]
    Ingest(Ingest),
    /// List the measures, or explain one
    #[command(after_help = "Examples:\n  peelian measures\n  peelian measures recorded-crime-per-1000")]
    Measures(Measures),
    /// Compare every force on a measure with England and Wales or with its most similar group
    #[command(
        after_help = "Examples:\n  peelian compare officers-per-1000-population --period 2018-03-31 --exclude city-of-london\n  peelian compare recorded-crime-per-1000 --force hertfordshire --period 2018-09-30 --against most-similar --format csv"
    )]
    Compare(Compare),
    /// Count crimes, outcomes or stops in record-level files of data.police.uk, CSV, gzip, archives or Parquet
    #[command(
        after_help = "Examples:\n  peelian count 2018-10/*-street.csv --by force,month,crime-type\n  peelian count latest.zip --by force,outcome --where month=2018-10,crime-type=Burglary --format csv\n  peelian count stops/ --by month,self-defined-ethnicity --format json"
    )]
    Count(Count),
    /// Draw the crimes of one force whose files are to be reviewed
    #[command(
        after_help = "Example:\n  peelian sample latest.zip --review crime-files-2018 --force hertfordshire --seed 20180801"
    )]
    Sample(Sample),
    /// Read published reports, pages and letters: judgments, findings and statements, each with its line
    #[command(
        after_help = "Examples:\n  peelian read report.pdf page.html\n  peelian read report.txt --format json\n  peelian read report.pdf --as-commands history.yaml --review history.html\n  peelian read report-2016.txt report-2019.txt --check"
    )]
    Read(Read),
    /// Write one document of one force
    #[command(
        after_help = "Example:\n  peelian report --force hertfordshire --cycle 2018-19 --product data-pack --out out"
    )]
    Report(Report),
    /// Write the documents of every force, the index and the data
    #[command(after_help = "Example:\n  peelian publish --cycle 2018-19 --out site")]
    Publish(Publish),
    /// Serve the site: what is published, with search, filters and the API on top
    #[command(after_help = "Example:\n  peelian serve --listen 127.0.0.1:8000 --site site")]
    Serve(Serve),
    /// Say what a rule for texts wants, and why
    #[command(after_help = "Examples:\n  peelian explain\n  peelian explain P001")]
    Explain(Explain),
    /// List the numbers of a published edition that newer releases would change
    #[command(after_help = "Example:\n  peelian revisions site")]
    Revisions(Edition),
    /// Recompute every number of a published edition from the releases it was made from
    #[command(after_help = "Example:\n  peelian verify site")]
    Verify(Edition),
    /// Record commands: steps of an inspection, or facts taken over from publications
    #[command(
        after_help = "Examples:\n  peelian act record/2016/hertfordshire/record.yaml\n  peelian act steps.yaml\n  peelian act - < steps.yaml"
    )]
    Act(Act),
    /// List what was recorded, or how everything stood after an event
    #[command(
        after_help = "Examples:\n  peelian log --stream inspection/2016/hertfordshire\n  peelian log --at 400 --as public --format json\n  peelian log --inspection plumbline/thornshire --as hugh --format json"
    )]
    Log(Log),
    /// Verify, export, import the ledger, or print its head to be kept elsewhere
    #[command(
        subcommand,
        after_help = "Examples:\n  peelian ledger verify --head head.json\n  peelian ledger head --sign key.txt > head.json\n  peelian ledger export > events.jsonl"
    )]
    Ledger(LedgerCommand),
    /// Copy the ledger into a folder, with digests
    #[command(after_help = "Example:\n  peelian backup /safe/2026-11-22")]
    Backup(Backup),
    /// Show that a backup brings everything back: back up, restore at a moment, verify, print a report from both
    #[command(
        after_help = "Examples:\n  peelian drill\n  peelian drill --seq 400 --force hertfordshire --cycle 2016 --product force-page"
    )]
    Drill(Drill),
    /// Restore a backup into a folder without a ledger, at a moment of choice, and verify it
    #[command(after_help = "Example:\n  peelian restore /safe/2026-11-22 --seq 400")]
    Restore(Restore),
}

/// `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Only write the site
    #[arg(long)]
    pub no_serve: bool,
    /// Serve it at this port of this machine
    #[arg(long, default_value_t = 8000)]
    pub port: u16,
    /// Print only these formats
    #[arg(long, value_delimiter = ',', value_enum)]
    pub format: Vec<Format>,
}

/// `new`.
#[derive(Debug, Args)]
pub struct New {
    /// A folder that does not exist or is empty
    pub path: PathBuf,
    /// Start with the releases that come with the program: 700,000 published figures, 5 MB
    #[arg(long)]
    pub with_figures: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The inspectorate's folder
    pub path: Option<PathBuf>,
}

/// `ingest`.
#[derive(Debug, Args)]
pub struct Ingest {
    /// Published files as downloaded: CSV, gzip-compressed CSV, ODS or XLSX
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The source whose rules read them; by default the one whose tables they have
    #[arg(long)]
    pub source: Option<String>,
    /// The day, month or year they were published, where the source does not know
    #[arg(long, value_name = "DATE")]
    pub released: Option<reference::ReleaseDate>,
    /// The title of the publication, where it is not the source's
    #[arg(long)]
    pub title: Option<String>,
    /// Replace the stored release of the same file; editions may rest on it
    #[arg(long)]
    pub again: bool,
}

/// `read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Published documents: text, HTML or PDF
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to print what was read
    #[arg(long, value_enum, default_value_t = ReadFormat::Table)]
    pub format: ReadFormat,
    /// Write commands for `peelian act` that take it over as history, to be reviewed before anybody sends them
    #[arg(long, value_name = "FILE")]
    pub as_commands: Option<PathBuf>,
    /// Write a page that sets the lines of the documents beside what was read of them
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// Recompute what the figures loaded allow, and list what the documents say that cannot all be true
    #[arg(long)]
    pub check: bool,
}

/// How `read` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// For people.
    Table,
    /// For machines: the array that docs/reading.md describes.
    Json,
}

/// `measures`.
#[derive(Debug, Args)]
pub struct Measures {
    /// The measure to explain
    pub id: Option<String>,
    /// How to print the list
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// `compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// The measure
    pub measure: String,
    /// Only this force
    #[arg(long)]
    pub force: Option<String>,
    /// The last day of the period, such as 2018-03-31; by default of the latest there is
    #[arg(long, value_name = "DATE")]
    pub period: Option<String>,
    /// What to compare with
    #[arg(long, value_enum, default_value = "england-and-wales")]
    pub against: Against,
    /// Leave a force out of the distribution and the average; can be given again
    #[arg(long, value_name = "FORCE")]
    pub exclude: Vec<String>,
    /// Use this release wherever it has the series, not the newest: the first digits of its SHA-256; can be given again
    #[arg(long, value_name = "SHA256")]
    pub release: Vec<String>,
    /// The cycle whose method decides; by default the documented method of 2016
    #[arg(long)]
    pub cycle: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// The ratio of totals over all forces
    EnglandAndWales,
    /// The ratio of totals over the force's most similar group, the force included
    MostSimilar,
}

impl Against {
    /// As data write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::MostSimilar => "most-similar",
        }
    }
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
}

/// `count`.
#[derive(Debug, Args)]
pub struct Count {
    /// Files, folders of them, or archives as downloaded
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// What to count by: force, month, crime-type, outcome, lsoa; for stops also search-type, self-defined-ethnicity,
    /// officer-defined-ethnicity, object-of-search, legislation, gender, age-range
    #[arg(long, required = true, value_delimiter = ',', value_name = "NAME,…")]
    pub by: Vec<records::Dimension>,
    /// Only rows with these values; a name given twice means either value
    #[arg(long = "where", value_name = "NAME=VALUE,…")]
    pub only: Vec<String>,
    /// Only the twelve months to the end of this one, with a column `period` that `ingest` reads
    #[arg(long, value_name = "YYYY-MM")]
    pub year_to: Option<String>,
    /// Which files to count, where there are several kinds: street, outcomes or stops; by default the first that knows every name
    #[arg(long)]
    pub kind: Option<records::Kind>,
    /// Also write the counts to this file, as Parquet, to be counted again at once
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// `sample`.
#[derive(Debug, Args)]
pub struct Sample {
    /// Files, folders of them, or archives as downloaded
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The review, one of reviews/*.yaml
    #[arg(long, value_name = "ID")]
    pub review: String,
    /// The force
    #[arg(long)]
    pub force: String,
    /// A number that nobody could choose to their liking; the same one draws the same sample
    #[arg(long)]
    pub seed: u64,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// The products that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// The force's key measures, compared, with charts and tables.
    DataPack,
    /// A document of an inspection.
    Document(Kind),
}

impl Product {
    const ALL: [Self; Kind::ALL.len() + 1] = {
        let mut all = [Self::DataPack; Kind::ALL.len() + 1];
        let mut at = 0;
        while at < Kind::ALL.len() {
            all[at + 1] = Self::Document(Kind::ALL[at]);
            at += 1;
        }
        all
    };
}

impl ValueEnum for Product {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::DataPack => {
                PossibleValue::new("data-pack").help("The force's key measures, compared, with charts and tables")
            }
            Self::Document(kind) => PossibleValue::new(kind.id()).help(kind.about()),
        })
    }
}

/// The formats of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// A web page
    Html,
    /// Tagged PDF (PDF/UA-1)
    Pdf,
    /// Plain text
    Txt,
    /// OpenDocument spreadsheet
    Ods,
    /// Excel workbook
    Xlsx,
    /// Comma-separated values with CSVW and Frictionless metadata
    Csv,
    /// The bound numbers with their derivations
    Json,
}

/// `report`.
#[derive(Debug, Clone, Args)]
pub struct Report {
    /// The force
    #[arg(long)]
    pub force: String,
    /// The cycle
    #[arg(long)]
    pub cycle: String,
    /// What to write
    #[arg(long, value_enum)]
    pub product: Product,
    /// The pillar or question that it is about, such as `legitimacy` or `legitimacy.q2`; all there are by default
    #[arg(long)]
    pub node: Option<String>,
    /// Where to write it
    #[arg(long, default_value = "out")]
    pub out: PathBuf,
    /// In which formats; all of them by default
    #[arg(long, value_delimiter = ',', value_enum)]
    pub format: Vec<Format>,
}

/// `publish`.
#[derive(Debug, Args)]
pub struct Publish {
    /// The cycle
    #[arg(long, required_unless_present = "release")]
    pub cycle: Option<String>,
    /// Where to write it
    #[arg(long, default_value = "site")]
    pub out: PathBuf,
    /// In which formats; all of them by default
    #[arg(long, value_delimiter = ',', value_enum)]
    pub format: Vec<Format>,
    /// Nobody may read it before this second: it is made and laid ready beside its place
    #[arg(long, value_name = "TIME")]
    pub embargo: Option<jiff::Timestamp>,
    /// Put the edition that waits under embargo in its place; refused before its time
    #[arg(long, conflicts_with_all = ["cycle", "embargo", "format"])]
    pub release: bool,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on, instead of those of peelian.toml; port 0 for any that is free
    #[arg(long)]
    pub listen: Option<String>,
    /// The published edition; by default the folder `site` of the inspectorate's folder
    #[arg(long)]
    pub site: Option<PathBuf>,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code of the rule; all rules are listed without it
    pub code: Option<String>,
}

/// `revisions` and `verify`.
#[derive(Debug, Args)]
pub struct Edition {
    /// The folder of a published edition, which holds manifest.json
    pub path: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// `act`.
#[derive(Debug, Args)]
pub struct Act {
    /// Files of commands, carried out in this order; `-` is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// `log`.
#[derive(Debug, Args)]
pub struct Log {
    /// Only this stream, or this thing with what is below it
    #[arg(long)]
    pub stream: Option<String>,
    /// How things stood after this event
    #[arg(long, value_name = "SEQ")]
    pub at: Option<u64>,
    /// An inspection with everything that belongs to it; as JSON with the words of its texts
    #[arg(long, value_name = "ID", conflicts_with = "stream")]
    pub inspection: Option<String>,
    /// How things stand for this reader: `public`, `keeper` or the id of an account
    #[arg(long = "as", value_name = "ACTOR")]
    pub by: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

/// `ledger`.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Check that every event follows from the one before, and every text is the one that was recorded
    Verify {
        /// A head that was kept elsewhere: shows whether the end was cut off or the past rewritten
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
        /// The public key that the head must be signed with
        #[arg(long, requires = "head")]
        key: Option<String>,
    },
    /// List the texts whose time under the rules of peelian.toml is over
    Due {
        /// On this day; today by default
        #[arg(long, value_name = "DATE")]
        on: Option<jiff::civil::Date>,
    },
    /// Erase texts; that they were there, who erased them, when and under which rule stays
    Erase {
        /// Their ids in the vault
        #[arg(required = true)]
        texts: Vec<String>,
        /// The rule: one of peelian.toml, or in words ("request of the person, 2026-11-22")
        #[arg(long)]
        rule: String,
        /// Erase also what is not due under the rule
        #[arg(long)]
        not_due: bool,
    },
    /// Print where the ledger ends, to be kept elsewhere
    Head {
        /// Sign it with the key in this file, which is made where there is none
        #[arg(long, value_name = "FILE")]
        sign: Option<PathBuf>,
    },
    /// Print every event as JSON Lines
    Export {
        /// Write the texts of the vault to this file
        #[arg(long, value_name = "FILE")]
        texts: Option<PathBuf>,
    },
    /// Take an export into a folder without a ledger
    Import {
        /// Events as JSON Lines
        file: PathBuf,
        /// The texts of the vault
        #[arg(long, value_name = "FILE")]
        texts: Option<PathBuf>,
    },
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// A folder that does not exist or is empty
    pub to: PathBuf,
}

/// `drill`.
#[derive(Debug, Args)]
pub struct Drill {
    /// Up to and with this event; by default all
    #[arg(long)]
    pub seq: Option<u64>,
    /// The force of the report; by default the first with texts
    #[arg(long)]
    pub force: Option<String>,
    /// The cycle of the report
    #[arg(long)]
    pub cycle: Option<String>,
    /// The report; by default the force's page
    #[arg(long, value_enum)]
    pub product: Option<Product>,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder of a backup
    pub from: PathBuf,
    /// Up to and with this event
    #[arg(long, conflicts_with = "time")]
    pub seq: Option<u64>,
    /// Up to this time, in UTC (`2026-11-22T10:00:00Z`)
    #[arg(long)]
    pub time: Option<jiff::Timestamp>,
}
