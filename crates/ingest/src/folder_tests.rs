use super::*;
use crate::testing::TestFolder;
use insta::assert_snapshot;

#[test]
fn a_folder_without_settings_is_no_folder() {
    let empty = tempfile::tempdir().unwrap();
    let problem = Folder::open(empty.path()).unwrap_err().to_string();
    assert_snapshot!(problem.replace(&empty.path().display().to_string(), "DIR"), @"peelian.toml: it cannot be read in DIR (No such file or directory (os error 2)): make an inspectorate's folder with `peelian new DIR`, or name one with --dir");
    assert_eq!(find(&empty.path().join("a")), None);
}

#[test]
fn the_nearest_folder_upward_is_found() {
    let folder = TestFolder::new();
    assert_eq!(find(&folder.path().join("register")).as_deref(), Some(folder.path()));
}

#[test]
fn a_folder_tells_all_that_is_wrong_with_it_at_once() {
    let folder = TestFolder::new()
        .changed("peelian.toml", "name =", "nmae =")
        .changed("register/forces.csv", "[..1974-03-31]", "[..March 1974]")
        .changed("register/groups.csv", "west-midlands,2015-04-01", "wessex,2015-04-01")
        .changed("measures/comparability.csv", "officers,wiltshire", "officer-posts,wessex")
        .changed("frameworks/2016.yaml", "0.675", "-1")
        .changed("sources/crimes-csv.yaml", "publisher:", "  publisher:")
        .changed("sources/officers-csv.yaml", "licence:", "license:")
        .changed("sources/officers-tables.yaml", "as: heading-day", "as: fixed")
        .with("register/local.csv", "code,name,force\nE1,A,kent\n")
        .with("register/bodies.csv", "id,name,kind\nhome-office,Home Office,government\n");
    let measures = std::fs::read_to_string(folder.path().join("measures/workforce.yaml")).unwrap();
    let folder = folder.with("measures/more.yaml", &measures);
    assert_snapshot!(folder.problems(), @r"
    peelian.toml, line 1: unknown field `nmae`, expected one of `name`, `banner`, `database`, `exercises`, `retention`, `serve`: did you mean `name`? the settings are `name`, `banner`, `database`, `exercises`, `[retention]` and `[serve]`
    register/forces.csv, row 5, column `aliases`: `Old Borough [..March 1974]` has days that cannot be read: write `Name`, or `Name [1974-04-01..1998-12-31]` with either day left out when it is not known
    register/groups.csv, row 2, column `member`: `wessex` is not a force of `forces.csv`: write the id of a force, or `none` for a force that is known to have no group
    register/bodies.csv, row 1: there is no column `force`: the columns are id, name, kind, force
    register/local.csv, row 2, column `force`: `kent` is not a force of `forces.csv`: write the id of a force
    measures/workforce.yaml, line 1: measure `officers` is defined in measures/more.yaml, line 1 already: give it another id, or delete one of the two
    measures/comparability.csv, row 2, column `measure`: no measure is or begins with `officer-posts`: correct the id; `peelian measures` lists them
    measures/comparability.csv, row 2, column `force`: `wessex` is not a force of the register: write the id of a force, or * for all
    sources/crimes-csv.yaml, line 3: mapping values are not allowed in this context: correct the line; docs/measures.md describes every field
    sources/officers-csv.yaml, line 4: unknown field `license`, expected one of id, title, publisher, licence, address, about, markers, footnotes, series, tables, releases: did you mean `licence`? correct the line; docs/measures.md describes every field
    sources/officers-tables.yaml, line 8: `period` is missing or is not a period: write `2011-03-27` or `2017-04-01/2018-03-31`
    sources/officers-tables.yaml, line 8: a value has a `column` where the period is in the headings, or none where it is not: give `column:` exactly when the period is not in the headings
    frameworks/2016.yaml, line 5: `threshold` is -1: write how many standard deviations from the average count as higher or lower, such as 0.675
    series and sources that are named elsewhere: not checked, because of what is wrong in sources/: put that right and check again
    ");
}

#[test]
fn a_map_has_a_tile_for_each_force_and_no_two_at_one_place() {
    let map = "force,column,row,name\ncity-of-london,2,2,City\nmetropolitan,1,2,Met\nwest-midlands,1,1,W Mids\nwiltshire,1,3,Wilts\n";
    let whole = TestFolder::new().with("register/tiles.csv", map);
    assert_eq!(whole.problems(), "");
    let (folder, _) = Folder::open(whole.path()).unwrap();
    let places: Vec<_> = folder.tiles.values().map(|tile| (tile.column, tile.row, tile.name.as_str())).collect();
    assert_eq!(places, [(2, 2, "City"), (1, 2, "Met"), (1, 1, "W Mids"), (1, 3, "Wilts")]);
    assert!(!folder.lookups.contains_key("tiles"), "the map is no lookup");

    let map = "force,column,row,name\nmetropolitan,1,1,A\nmetropolitan,2,2,A\nwiltshire,1,1,B\nwest-midlands,0,west,B\ncamelot,3,3,C\n";
    assert_snapshot!(TestFolder::new().with("register/tiles.csv", map).problems(), @r"
    register/tiles.csv, row 3, column `force`: `metropolitan` stands here twice: give each force one tile, and each tile one force
    register/tiles.csv, row 4, column `force`: `metropolitan` lies at column 1, row 1 already: give each force one tile, and each tile one force
    register/tiles.csv, row 5, column `column`: `0` is not a place on the map: write a number from 1, the leftmost or uppermost, to 40
    register/tiles.csv, row 5, column `row`: `west` is not a place on the map: write a number from 1, the leftmost or uppermost, to 40
    register/tiles.csv, row 6, column `force`: `camelot` is not a force in scope of `forces.csv`: write the id of a force that is inspected
    register/tiles.csv: there is no tile for city-of-london, west-midlands, wiltshire: add a line for each force in scope
    ");
}

#[test]
fn rules_that_cannot_hold_are_told_when_the_folder_is_opened() {
    let folder = TestFolder::new()
        .changed("sources/officers-csv.yaml", "id: officers-csv", "id: ../Officers")
        .changed("sources/officers-csv.yaml", "[x]", "none")
        .changed("sources/officers-csv.yaml", "{ rank: rank }", "{ status: rank }")
        .changed(
            "sources/officers-csv.yaml",
            "column: officers, series: officers",
            "series: officers, series-column: rank",
        )
        .changed("sources/crimes-csv.yaml", "area: { column: force }", "area: { column: force, lookup: districts }")
        .changed("sources/crimes-csv.yaml", ", column: year", "")
        .changed("sources/officers-tables.yaml", "rows: 1", "rows: 0")
        .changed("sources/officers-tables.yaml", "\"[r]\"", "\"revised\"")
        .with(
            "sources/twice.yaml",
            "id: crimes-csv\ntitle: T\npublisher: P\nlicence: L\ntables: []\nreleases: [{ sha256: abc }]\n",
        );
    assert_snapshot!(folder.problems(), @r"
    sources/crimes-csv.yaml, line 6: the period has no `column`: add `column:` with the heading of the column that says when
    sources/crimes-csv.yaml, line 6: there is no lookup `districts`: add `register/districts.csv` with the columns code, name, force
    sources/officers-csv.yaml: the id `../Officers` has letters that an id may not have: write lower-case letters, digits and single hyphens
    sources/officers-csv.yaml: the marker `..` stands for `none`, which is neither a number nor a shorthand: write a number, or [x], [z] or [c]
    sources/officers-csv.yaml: the marker `NA` stands for `none`, which is neither a number nor a shorthand: write a number, or [x], [z] or [c]
    sources/officers-csv.yaml: a dimension is called `status`, as a column of every release is: give it another name
    sources/officers-csv.yaml, line 7: a value has a `column` where the period is in the headings, or none where it is not: give `column:` exactly when the period is not in the headings
    sources/officers-csv.yaml, line 7: a value needs either `series` or `series-column`: keep one of the two
    sources/officers-tables.yaml: the footnote `~` stands for `revised`: write a mark such as [r], or nothing
    sources/officers-tables.yaml, line 8: `header.rows` is 0: say how many heading rows there are, at least 1
    sources/twice.yaml: `abc` is not a SHA-256: write its 64 hexadecimal digits
    sources/twice.yaml: it reads no table: add one under `tables`
    sources/twice.yaml: the id `crimes-csv` is that of sources/crimes-csv.yaml already: give it another id
    series and sources that are named elsewhere: not checked, because of what is wrong in sources/: put that right and check again
    ");
}

#[test]
fn a_register_that_contradicts_itself_is_told_line_by_line() {
    let forces = "\
id,ons_code,name,short_name,country,region,in_scope,aliases
wiltshire,,Wiltshire Police,Wiltshire,England,South West,no,
dorset,,Dorset Police,Dorset,England,South West,perhaps,
Devon,,Devon Police,Devon,England,South West,no,
west-midlands,,West Midlands Police,West Midlands,England,West Midlands,no,Old Town [1974-04-01..1990-12-31]
wiltshire,,Wiltshire Police,Wiltshire,England,South West,no,
swindon,,Wiltshire Constabulary,Swindon,England,South West,no,Old Town [1990-01-01..] | MPS [
cornwall,,Cornwall
";
    let folder = TestFolder::new()
        .with("register/forces.csv", forces)
        .with("register/districts.csv", "code,name,force\nE1,A,wiltshire\nE1,B,wiltshire\nE2,C,dorset\n")
        .with("register/bodies.csv", "id,name,kind,force\nho,Home Office,government,\nho,Home Office,government,\npcc,PCC,local-policing-body,kent\n")
        .with("register/groups.csv", "kind,owner,member,from,to,source\nsimilar,wiltshire,swindon,,,a\nmost-similar,kent,swindon,,,a\nmost-similar,wiltshire,swindon,2018,,a\n");
    assert_snapshot!(folder.problems(), @r"
    register/forces.csv, row 8: the line has 3 cells and the headings are 8: look for a missing or an extra comma
    register/forces.csv, row 3, column `in_scope`: `perhaps` is not one of yes, no: write one of them
    register/forces.csv, row 4, column `id`: `Devon` is not an area id: write lower-case letters, digits and single hyphens, such as `avon-and-somerset`: correct the cell
    register/forces.csv, row 6, column `id`: `wiltshire` stands here twice: delete one of the two lines
    register/forces.csv, row 7, column `aliases`: `MPS [` has days that cannot be read: write `Name`, or `Name [1974-04-01..1998-12-31]` with either day left out when it is not known
    register/forces.csv, row 2, column `name`: `Wiltshire Police` is the name of another force too on 2020-01-01: give one of the two the days on which it held, as an alias: `Name [1974-04-01..1998-12-31]`
    register/forces.csv, row 2, column `short_name`: `Wiltshire` is the name of another force too on 2020-01-01: give one of the two the days on which it held, as an alias: `Name [1974-04-01..1998-12-31]`
    register/forces.csv, row 7, column `name`: `Wiltshire Constabulary` is the name of another force too on 2020-01-01: give one of the two the days on which it held, as an alias: `Name [1974-04-01..1998-12-31]`
    register/forces.csv, row 7, column `aliases`: `Old Town` is the name of another force too on 1990-01-01: give one of the two the days on which it held, as an alias: `Name [1974-04-01..1998-12-31]`
    register/forces.csv: no force is in scope: write `yes` in the column `in_scope` of the forces that are inspected
    register/groups.csv, row 2, column `kind`: `similar` is not one of most-similar, alliance, region: write one of them
    register/groups.csv, row 3, column `owner`: `kent` is not a force of `forces.csv`: write the id of the force whose group it is
    register/groups.csv, row 4, column `from`: `2018` is not a day: write it as `2018-04-01`, or leave it out when it is not known
    register/bodies.csv, row 3, column `id`: `ho` stands here twice: delete one of the two lines
    register/bodies.csv, row 4, column `force`: `kent` is not a force of `forces.csv`: write the id of a force, or leave it blank for a national body
    register/districts.csv, row 3, column `code`: `E1` stands here twice: delete one of the two lines
    register/districts.csv, row 4, column `force`: `dorset` is not a force of `forces.csv`: write the id of a force
    ");
}

#[test]
fn measures_that_cannot_be_computed_are_told_with_their_line() {
    let measure = |id: &str, rest: &str| {
        format!(
            "- id: {id}\n  title: T\n  noun: n\n  subject: S\n  decimals: 0\n  months: 0\n  direction: neutral\n  chance: none\n  source: s\n  definition: d\n{rest}"
        )
    };
    let text = [
        measure("Bad_Id", "  kind: count\n  numerator: [{ series: a }]\n"),
        measure("no-numerator", "  kind: count\n  numerator: []\n"),
        measure("no-denominator", "  kind: percent\n  numerator: [{ series: a }]\n"),
        measure("no-per", "  kind: rate\n  numerator: [{ series: a }]\n  denominator: [{ series: b }]\n"),
        measure("no-force", "  kind: count\n  numerator: [{ series: a }]\n  distorted_by: { wessex: why }\n")
            .replace("distorted_by", "distorted-by"),
    ];
    let folder = TestFolder::new().with("measures/bad.yaml", &text.concat());
    assert_snapshot!(folder.problems(), @r"
    measures/bad.yaml, line 1: measure `Bad_Id`: the id has letters that an id may not have: write lower-case letters, digits and hyphens
    measures/bad.yaml, line 13: measure `no-numerator`: `numerator` is empty: name at least one series
    measures/bad.yaml, line 25: measure `no-denominator`: a count has no denominator and everything else has one: add or remove `denominator`
    measures/bad.yaml, line 37: measure `no-per`: a rate does not say per how many: add `per: 1000`
    measures/bad.yaml, line 50: measure `no-force`: `wessex` is not a force of the register: write the id of a force
    measures that are named elsewhere: not checked, because of what is wrong in measures/: put that right and check again
    ");
}

#[test]
fn a_name_that_is_nearly_right_is_told_with_the_one_that_was_meant() {
    let folder = TestFolder::new()
        .changed("measures/comparability.csv", "officers,wiltshire", "officers,wiltshrie")
        .changed("measures/workforce.yaml", "kind: count", "kind: cuont")
        .changed("sources/crimes-csv.yaml", "repeats: add", "repeat: add");
    assert_snapshot!(folder.problems(), @r"
    measures/workforce.yaml, line 5: unknown variant `cuont`, expected one of count, rate, percent, mean: did you mean `count`? correct the line; docs/measures.md describes every field
    measures/comparability.csv, row 2, column `force`: `wiltshrie` is not a force of the register (did you mean `wiltshire`?): write the id of a force, or * for all
    sources/crimes-csv.yaml, line 8: unknown field `repeat`, expected one of title, title-without, optional, header, area, period, dimensions, skip, repeats, values: did you mean `repeats`? correct the line; docs/measures.md describes every field
    measures that are named elsewhere: not checked, because of what is wrong in measures/: put that right and check again
    series and sources that are named elsewhere: not checked, because of what is wrong in sources/: put that right and check again
    ");
}

#[test]
fn what_measures_name_is_given_by_a_source() {
    let measure = |id: &str, rest: &str| {
        format!(
            "- id: {id}\n  title: T\n  noun: n\n  subject: S\n  kind: count\n  decimals: 0\n  direction: neutral\n  chance: none\n  source: s\n  definition: d\n{rest}"
        )
    };
    let text = [
        measure("misspelt", "  months: 0\n  numerator:\n    - series: oficers\n"),
        measure("unheard-of", "  months: 0\n  numerator:\n    - series: helmets\n"),
        measure(
            "dimension",
            "  months: 0\n  numerator:\n    - series: officers\n      only:\n        rnak: [Sergeant]\n",
        ),
        measure(
            "no-dimension",
            "  months: 12\n  numerator:\n    - series: crimes\n      except:\n        rank: [Sergeant]\n",
        ),
        measure("seven", "  months: 7\n  numerator: [{ series: officers }]\n"),
        measure("quarter", "  months: 3\n  numerator:\n    - series: crimes\n"),
        measure("year-of-days", "  months: 12\n  numerator:\n    - series: officers\n"),
        measure("two-years", "  months: 24\n  numerator:\n    - series: crimes\n"),
    ];
    let folder = TestFolder::new().with("measures/more.yaml", &text.concat());
    assert_snapshot!(folder.problems(), @r"
    measures/more.yaml, line 57: measure `seven`: `months` is 7, and no period has that many: write 0 for a day, or 1, 3, 6 or 12
    measures/more.yaml, line 13: measure `misspelt`: no source gives the series `oficers` (did you mean `officers`?): correct it, or add a source that gives it
    measures/more.yaml, line 26: measure `unheard-of`: no source gives the series `helmets`: correct it, or add a source that gives it
    measures/more.yaml, line 41: measure `dimension`: `officers` is not broken down by `rnak` (did you mean `rank`?): its dimensions are: rank
    measures/more.yaml, line 56: measure `no-dimension`: `crimes` is not broken down by `rank`: its dimensions are: none
    measures/more.yaml, line 81: measure `quarter`: its figures are for 3 months, and `crimes` is published for 12 months: correct `months`, or name a series of such periods
    measures/more.yaml, line 94: measure `year-of-days`: its figures are for 12 months, and `officers` is published as at a day (`months: 0`): correct `months`, or name a series of such periods
    measures that are named elsewhere: not checked, because of what is wrong in measures/: put that right and check again
    ");
    let supplied = "id: supplied\ntitle: T\npublisher: P\nlicence: L\ntables:\n  - area: { column: force }\n    period: { as: period, column: period }\n    values: [{ column: value, series-column: series }]\n";
    let any = folder.with("sources/supplied.yaml", supplied).problems();
    assert!(!any.contains("helmets"), "{any}");
}

#[test]
fn a_label_that_no_release_has_is_told() {
    let measure = MEASURE_BY_RANK.replace("RANKS", "[Constable, Sergant]").replace("ID", "one")
        + &MEASURE_BY_RANK.replace("RANKS", "[Major]").replace("ID", "two")
        + &MEASURE_BY_RANK.replace("RANKS", "[Sergeant, Chief Superintendent]").replace("ID", "three");
    let folder = TestFolder::new().with("measures/ranks.yaml", &measure);
    let told = || {
        let read = folder.open();
        let problems = series::unknown_labels(&read.uses, &read.observations(None, true).unwrap());
        problems.iter().map(|p| format!("{p}\n")).collect::<String>()
    };
    assert_eq!(told(), "");
    folder
        .ingest("officers.csv", "force,year,rank,officers\nWiltshire,2016,Constable,8\nWiltshire,2016,Sergeant,1\n")
        .unwrap();
    assert_snapshot!(told(), @r"
    measures/ranks.yaml, line 6: measure `one`: no figure of `officers` has the label `Sergant` under `rank` (did you mean `Sergeant`?): the labels are: Constable, Sergeant
    measures/ranks.yaml, line 18: measure `two`: no figure of `officers` has the label `Major` under `rank`: the labels are: Constable, Sergeant
    ");
}

const MEASURE_BY_RANK: &str = "\
- id: ID
  title: T
  noun: n
  subject: S
  kind: count
  numerator: [{ series: officers, only: { rank: RANKS } }]
  decimals: 0
  months: 0
  direction: neutral
  chance: none
  source: s
  definition: d
";

#[test]
fn one_slip_is_told_once_and_not_as_what_follows_from_it() {
    let record = |cycle: &str, rest: &str| format!("cycle: \"{cycle}\"\nforce: wiltshire\ncommands:\n{rest}");
    let folder = TestFolder::new()
        .changed("frameworks/2016.yaml", "data-until:", "data-untl:")
        .with("record/2016/wiltshire/record.yaml", &record("2016", "  - nonsense: {}\n"));
    assert_snapshot!(folder.problems(), @r"
    frameworks/2016.yaml, line 3: unknown field `data-untl`, expected one of id, title, data-until, comparison, inspectorate, about, source, grades, pillars, questions, scope, carry-over, products, criteria, national: did you mean `data-until`? correct the line; the files that `peelian new` writes are examples of every field
    record/: not checked, because of what is wrong in frameworks/: put that right and check again
    ");
    let folder = TestFolder::new().changed("measures/workforce.yaml", "kind: count", "kind: [").changed(
        "measures/comparability.csv",
        "officers,",
        "posts,",
    );
    assert_snapshot!(folder.problems(), @r"
    measures/workforce.yaml, line 5: externally tagged enum expected scalar or mapping: correct the line; docs/measures.md describes every field
    measures that are named elsewhere: not checked, because of what is wrong in measures/: put that right and check again
    ");
    let folder = TestFolder::new().changed("sources/officers-csv.yaml", "tables:", "tables: [").changed(
        "measures/workforce.yaml",
        "series: officers",
        "series: ofcers",
    );
    assert_snapshot!(folder.problems(), @r#"
    sources/officers-csv.yaml, line 7: "-" is only valid inside a block: correct the line; docs/measures.md describes every field
    series and sources that are named elsewhere: not checked, because of what is wrong in sources/: put that right and check again
    "#);
    let folder = TestFolder::new()
        .with("record/2016/wiltshire/1.yaml", &record("2016", "  - [\n"))
        .with("record/2016/wiltshire/2.yaml", &record("2016", "  - nonsense: {}\n"));
    assert_snapshot!(folder.problems(), @r"
    record/2016/wiltshire/1.yaml, line 4: unclosed bracket '[': correct the line; docs/records.md describes every command
    record/2016/wiltshire/2.yaml, line 4: unknown variant `nonsense`, expected one of take-publication, take-scope, take-judgment, take-finding, take-evidence, take-comparison, take-reference, take-quotation, take-annotation, take-correction, pin-release: correct the line; docs/records.md describes every command
    what the record says later: not checked, because of what is wrong in record/2016/wiltshire/1.yaml: put that right and check again
    ");
}

#[test]
fn a_direction_is_never_supposed() {
    let folder = TestFolder::new().changed("measures/workforce.yaml", "  direction: neutral\n", "");
    assert_snapshot!(folder.problems(), @r"
    measures/workforce.yaml, line 11: missing field `direction`: correct the line; docs/measures.md describes every field
    measures that are named elsewhere: not checked, because of what is wrong in measures/: put that right and check again
    ");
}

#[test]
fn a_missing_file_is_told_and_the_rest_is_read() {
    let folder = TestFolder::new();
    std::fs::remove_file(folder.path().join("register/groups.csv")).unwrap();
    assert_snapshot!(folder.problems(), @"register/groups.csv: it cannot be read (No such file or directory (os error 2)): `peelian new` writes one to start from");
}

#[test]
fn without_forces_one_problem_is_told_and_not_hundreds() {
    let folder = TestFolder::new().with("register/local.csv", "code,name,force\nE1,A,wiltshire\nE2,B,wiltshire\n");
    std::fs::remove_file(folder.path().join("register/forces.csv")).unwrap();
    assert_snapshot!(folder.problems(), @r"
    register/forces.csv: it cannot be read (No such file or directory (os error 2)): `peelian new` writes one to start from
    forces that are named elsewhere: not checked, because of what is wrong in register/forces.csv: put that right and check again
    ");
}

#[test]
fn only_the_releases_that_hold_a_series_are_loaded() {
    let folder = TestFolder::new();
    folder.ingest("officers.csv", "force,year,rank,officers\nWiltshire,2016,Constable,800\n").unwrap();
    folder.ingest("crimes.csv", "force,year,crimes\nWiltshire,2015/16,5\n").unwrap();
    let loaded = |series: Option<&[&str]>| folder.open().observations(series, true).unwrap().tables().len();
    assert_eq!((loaded(None), loaded(Some(&["crimes"])), loaded(Some(&["none"]))), (2, 1, 0));
}

#[test]
fn threads_are_checked_against_the_record_unless_that_could_not_be_read() {
    let thread = "title: T\nabout: A\nforce: wiltshire\nsteps:\n  - finding: 2016/vetting\n";
    let folder = TestFolder::new().with("threads/vetting.yaml", thread);
    assert_snapshot!(folder.problems(), @"threads/vetting.yaml, line 5: no finding `vetting` of wiltshire is on record in 2016: correct the reference, or put it on record in record/2016/wiltshire/");
    assert!(Folder::content(folder.path()).unwrap().contains(&"threads/vetting.yaml".to_owned()));
    let folder = folder.with("record/2016/wiltshire/record.yaml", "commands: [\n");
    let problems = folder.problems();
    assert!(
        problems.ends_with(
            "what threads/ names: not checked, because of what is wrong in record/: put that right and check again"
        ),
        "{problems}"
    );
}
