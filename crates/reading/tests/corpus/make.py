"""Writes the corpus: fictional documents in the layouts of published reports, damaged as extraction damages text, each with what a
reader should find in it. Run it in this folder: `python3 make.py`. Same script, same files. Nothing in them is a fact about a force."""

import html, json, random, re, textwrap

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Doc:
    """A document as blocks, and beside them what a reader should find."""

    def __init__(self, name, **facts):
        self.name, self.blocks, self.random = name, [], random.Random(name)
        self.want = {
            "publisher": None, "product": "unknown", "cycle": None, "published": None, "isbn": None, "forces": [],
            "sections": [], "judgments": [], "findings": [], "statements": [], "tables": [], "figures": [], "footnotes": [], "glossary": [],
        } | facts

    def add(self, kind, *text):
        self.blocks.append((kind, list(text)))
        return self

    def line(self, *lines):
        return self.add("line", *lines)

    def p(self, text):
        return self.add("para", text)

    def h(self, title, node=None, level=2):
        self.want["sections"].append({"title": title, "node": node})
        self.blocks.append((f"h{level}", [title]))
        return self

    def contents(self, *titles):
        page, lines = 2, []
        for number, title in enumerate(titles):
            page += 1 + number % 4
            lines.append(title + ("\t" if number % 3 else ".....") + str(page))
        return self.add("contents", "Contents", *lines)

    def judgment(self, node, grade, status, source=None):
        self.want["judgments"].append({"node": node, "grade": grade, "status": status, "source_cycle": source})
        return self

    def badge(self, node, grade, cycle=None):
        self.blocks.append(("badge", [grade.capitalize()]))
        return self.judgment(node, grade.replace(" ", "-"), "graded", cycle or self.want["cycle"])

    def lost(self, node):
        self.blocks.append(("blank", [""]))
        return self.judgment(node, "unknown", "unknown", None)

    def finding(self, kind, node, text, addressees=None, due=None, recurring=None, parent=False, points=(), recalled=None):
        self.want["findings"].append({
            "kind": kind, "node": node, "text": text, "addressees": addressees or self.want["forces"][:1], "due": due,
            "recurring": recurring, "has_parent": parent, "sub_points": list(points), "recalled": recalled,
        })
        return self

    def afis(self, node, *texts, bullet="- ", title="Areas for improvement", recurring=None):
        self.h(title, node, 3)
        self.add("list", *[bullet + text for text in texts])
        for number, text in enumerate(texts):
            self.finding("area-for-improvement", node, text, recurring=recurring if number == 0 else None)
        return self

    def say(self, text, *claims):
        self.p(text)
        return self.claims(*claims)

    def claims(self, *claims):
        for value, unit, comparator, against, verdict, end in claims:
            self.want["statements"].append({
                "value": value, "unit": unit, "comparator": comparator, "comparator_value": against, "verdict": verdict, "end": end,
            })
        return self

    def table(self, caption, header, *rows, claims=()):
        lines = ["\t".join(header)] + ["\t".join(row) for row in rows]
        if caption:
            self.line(caption)
        self.add("table", *lines)
        self.want["tables"].append({"caption": caption, "header": list(header), "rows": [list(row) for row in rows]})
        return self.claims(*claims)

    def figure(self, number, title, source):
        self.line(f"Figure {number}: {title}").add("blank", "").line(f"Source: {source}")
        self.want["figures"].append({"number": str(number), "title": title, "source": source})
        return self

    def note(self, number, text):
        self.add("note", f"{str(number).translate(SUPERSCRIPT)} {text}")
        self.want["footnotes"].append({"number": str(number), "text": text})
        return self

    def term(self, *terms):
        self.want["glossary"] += [{"term": term} for term in terms]
        return self


def mark(number):
    return str(number).translate(SUPERSCRIPT)


# ---- Damage: each takes blocks and gives blocks -------------------------------------------------------------------------------

def lose_badges(doc):
    doc.blocks = [(kind, text) if kind != "badge" else ("blank", [""]) for kind, text in doc.blocks]
    for judgment in doc.want["judgments"]:
        if judgment["status"] == "graded" and not judgment.pop("also", False):
            judgment.update(grade="unknown", status="unknown", source_cycle=None)


def run_heads(doc, head, every=9):
    blocks = []
    for number, block in enumerate(doc.blocks):
        blocks.append(block)
        if number % every == every - 1 and block[0] not in ("contents", "line", "table", "badge") and not block[0].startswith("h"):
            blocks.append(("line", [str(number // every + 2), head]))
    doc.blocks = blocks


def split_paragraphs(doc):
    """A page ends within a paragraph: its note and a page number stand between the halves."""
    notes = [block for block in doc.blocks if block[0] == "note"]
    rest, blocks = [block for block in doc.blocks if block[0] != "note"], []
    for kind, text in rest:
        words = text[0].split() if kind == "para" else []
        if notes and len(words) > 24:
            middle = next((i for i in range(len(words) // 2, len(words) - 3) if words[i][0].islower() and words[i - 1][-1].isalpha()), None)
            if middle:
                blocks += [("para", [" ".join(words[:middle])]), notes.pop(0), ("para", [" ".join(words[middle:])])]
                continue
        blocks.append((kind, text))
    doc.blocks = blocks + notes


def curly(text):
    text = re.sub(r"(^|[\s(\[])\"", r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[])'", r"\1‘", text).replace("'", "’")
    return text


def soften(text, chance):
    return re.sub(r"\b(\w{4})(\w{5,})\b", lambda m: m[1] + ("\u00ad" if chance.random() < 0.3 else "") + m[2], text)


def ligatures(text):
    return text.replace("ffi", "ﬃ").replace("ffl", "ﬄ").replace("ff", "ﬀ").replace("fi", "ﬁ").replace("fl", "ﬂ")


def write(doc, *, wrap=None, blanks=True, quotes=None, soft=False, liga=False, join=False, crlf=False, nbsp=False, bullet=None, hyphenate=False):
    lines, previous = [], ""
    for kind, text in doc.blocks:
        if kind in ("h1", "h2", "h3", "badge") and join and kind == "badge" and lines:
            while lines and not lines[-1]:
                lines.pop()
            lines[-1] += " " + text[0]
            lines.append("")
            continue
        if kind == "list" and bullet:
            text = [re.sub(r"^[-•] ", bullet, line) for line in text]
        if wrap and kind in ("para", "list", "note", "h1", "h2", "h3"):
            text = [piece for line in text for piece in
                    textwrap.wrap(line, wrap, break_long_words=False, break_on_hyphens=False,
                                  subsequent_indent="  " if kind == "list" else "")]
        if blanks or kind in ("contents", "table", "note") or kind == "blank":
            lines += [*text, ""]
        else:
            lines += text
        previous = kind
    if hyphenate:
        out = []
        for line in lines:
            words = (out[-1].split() if out and out[-1] else [])
            if words and line and wrap and re.fullmatch(r"[a-z]{8,}", words[-1]) and line[0].islower():
                word = words[-1]
                out[-1] = out[-1][: -len(word)] + word[:4] + "\u00ad"
                line = word[4:] + " " + line
            out.append(line)
        lines = out
    text = "\n".join(lines) + "\n"
    if quotes == "curly":
        text = curly(text)
    if quotes == "straight":
        text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    if soft:
        text = soften(text, doc.random)
    if liga:
        text = ligatures(text)
    if nbsp:
        text = re.sub(r"(\d) (percent|March|September)", "\\1\u00a0\\2", text)
    if crlf:
        text = text.replace("\n", "\r\n")
    save(doc, text, "txt")


def write_html(doc, title, *, icons=True, chrome=True):
    doc.want["publisher"] = doc.want["publisher"] or "HMICFRS"
    titles = [text[0] for kind, text in doc.blocks if kind == "h1" and text[0] not in [s["title"] for s in doc.want["sections"]]]
    doc.want["sections"] = [{"title": title, "node": None} for title in titles] + doc.want["sections"]
    out = [f"<!DOCTYPE html><html lang=en><head><title>{html.escape(title)} - {doc.want['publisher']}</title><style>p{{color:red}}</style></head><body>"]
    if chrome:
        out.append("<a class=skip href=#main>Skip to content</a><nav><ul><li><a href=/>Home</a><li><a href=/peel>PEEL assessments</a></ul></nav>"
                   "<script>var grade = 'Outstanding';</script>")
    out.append("<main id=main>")
    for kind, text in doc.blocks:
        safe = [re.sub(r"\[([^\]]+)\]\(#\)", r'<a href="/glossary/#\1">\1</a>', html.escape(line, quote=False)) for line in text]
        if kind in ("h1", "h2", "h3"):
            out.append(f"<{kind}>{safe[0]}</{kind}>")
        elif kind == "badge":
            out.append(f'<p class="grade"><strong>{safe[0]}</strong></p>' if icons else '<span class="icon icon-grade"></span>')
        elif kind == "list":
            out.append("<ul>" + "".join(f"<li>{re.sub('^ *[-•] ', '', line)}</li>" for line in safe) + "</ul>")
        elif kind == "table":
            rows = [line.split("\t") for line in safe]
            out.append("<table><thead><tr>" + "".join(f"<th>{c}</th>" for c in rows[0]) + "</tr></thead><tbody>" +
                       "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows[1:]) + "</tbody></table>")
        elif kind == "contents":
            out.append("<nav class=toc><h2>Contents</h2><ol>" + "".join(f"<li><a href=#s{i}>{re.split(chr(9) + '|[.]{5}', l)[0]}</a>" for i, l in enumerate(safe[1:])) + "</ol></nav>")
        elif kind == "blank":
            continue
        else:
            out += [f"<p>{line}</p>" for line in safe]
    out.append("</main>" + ("<footer><p>© Crown copyright. All content is available under the Open Government Licence</p></footer>" if chrome else "") + "</body></html>")
    if not icons:
        lose = [j for j in doc.want["judgments"] if j["status"] == "graded" and not j.pop("also", False)]
        for judgment in lose:
            judgment.update(grade="unknown", status="unknown", source_cycle=None)
    save(doc, "\n".join(out) + "\n", "html")


def save(doc, text, extension):
    for judgment in doc.want["judgments"]:
        judgment.pop("also", None)
    open(f"{doc.name}.{extension}", "w", newline="").write(text)
    open(f"{doc.name}.json", "w").write(json.dumps(doc.want, indent=1, ensure_ascii=False) + "\n")


EW, MSG, OWN = "england-and-wales", "most-similar", "own-previous"
IN_LINE, HIGHER, LOWER, NONE, NO = "broadly-in-line", "higher", "lower", "none-stated", "no-comparison"

LEGITIMACY = [
    "To what extent does the force treat all of the people it serves with fairness and respect?",
    "How well does the force ensure that its workforce behaves ethically and lawfully?",
    "To what extent does the force treat its workforce with fairness and respect?",
]


def pillar_report_2016(name, force, slug, isbn, grades, **damage):
    """The report of one pillar: cover, contents, overview, questions, annex."""
    overall, *questions = grades
    doc = Doc(name, publisher="HMIC", product="pillar-report", cycle="2016", published="2016-12", isbn=isbn, forces=[slug])
    doc.line("Promoting improvements", "in policing to make", "everyone safer")
    doc.line("PEEL: Police legitimacy 2016").line(f"An inspection of {force}").line("December 2016").line("© HMIC 2016").line(f"ISBN: {isbn}")
    doc.contents("Introduction", "Overview – How legitimate is the force at keeping people safe and reducing crime?", *LEGITIMACY, "Next steps", "Annex A – About the data")
    doc.h("Introduction", None, 1)
    doc.p(f"As part of our annual inspections of police effectiveness, efficiency, legitimacy and leadership (PEEL), HMIC looks at how legitimate each force is. This report sets out what we found in {force}.{mark(1)}")
    doc.note(1, "*Fairness and the street*, Institute of Made-up Studies, May 2012. Available at: www.example.org/fairness")
    doc.h("Overview – How legitimate is the force at keeping people safe and reducing crime?", "legitimacy", 1)
    doc.h(f"Overall judgment{mark(2)}", "legitimacy", 2).badge("legitimacy", overall)
    doc.want["sections"][-1]["title"] = "Overall judgment"
    doc.want["judgments"][-1]["also"] = False
    doc.p("The people who live here are, on the whole, treated with courtesy, and the workforce knows what is expected of it. There is more to do before every complaint teaches the force something.")
    doc.note(2, "HMIC judgments are: outstanding, good, requires improvement and inadequate.")
    for number, (wording, grade) in enumerate(zip(LEGITIMACY, questions), 1):
        node = f"legitimacy.q{number}"
        doc.h(wording, node, 1)
        doc.p(f"Inspectors asked officers in six stations how they were told about the standards that apply to them, and read a number of records of the past year.{mark(number + 2)}")
        doc.note(number + 2, f"*Courtesy counts, part {number}*, College of Invention, 201{number}. Available at: www.example.org/courtesy-{number}")
        if number == 1:
            doc.h("Seeking feedback and challenge", None, 3)
            doc.figure(1, f"Number of public complaint cases recorded against officers (per 1,000 officers) in {force} compared with England and Wales, in the 12 months to 31 March 2016", "HMIC Legitimacy data collection")
            doc.p("For further information about the data in figure 1 please see annex A")
            doc.say(f"In the 12 months to 31 March 2016, {force} recorded 301 public complaint cases per 1,000 officers, which was higher than the England and Wales average of 268 cases per 1,000 officers. During this period, the force recorded 44 public complaint cases per 1,000 staff (including PCSOs), which was lower than the England and Wales average of 61 cases per 1,000 staff (including PCSOs).",
                    ("301", "per-1000", EW, "268", HIGHER, "2016-03-31"), ("44", "per-1000", EW, "61", LOWER, "2016-03-31"))
            doc.say(f"In the 12 months to 31 March 2016, 91.2 percent of victims of crime (excluding hate crime) who answered the survey were satisfied with the way they were treated by {force}, which was broadly in line with the England and Wales average of 93.4 percent; and lower than the 92.8 percent who were satisfied in the 12 months to 31 March 2015, this is a not statistically significant difference.",
                    ("91.2", "percent", EW, "93.4", IN_LINE, "2016-03-31"), ("91.2", "percent", OWN, "92.8", LOWER, "2016-03-31"))
        if number == 3:
            doc.say(f"As at 31 March 2016, there were 5.1 RDIL outstanding per officer in {force}, which was broadly in line with the England and Wales average of 4.2 days per officer. On the same date, 12.5 percent of officers had more than ten RDIL owed to them, which was higher than the England and Wales average of 9.8 percent. The data on PCSOs did not allow a comparison with the average: no PCSOs had more than ten RDIL owed to them, and the England and Wales average was 6.0 percent.",
                    ("5.1", "days", EW, "4.2", IN_LINE, "2016-03-31"), ("12.5", "percent", EW, "9.8", HIGHER, "2016-03-31"), ("0", "percent", EW, "6.0", NO, "2016-03-31"))
        doc.h("Summary of findings", node, 2).badge(node, grade)
        doc.p("Staff know the values of the force and can say what they mean for the work of the day. Supervisors listen, and what they hear is written down.")
        if grade in ("requires improvement", "inadequate"):
            doc.h("Cause of concern", node, 3)
            concern = "The time that it takes the force to answer allegations about its own people, and the number of them that nobody has looked at, is a serious concern."
            doc.p(concern).finding("cause-of-concern", node, concern)
            doc.h("Recommendations", node, 3)
            lead = f"Within six months, {force} should:"
            points = ["put enough trained people into the unit that assesses allegations;", "agree a date by which each allegation has been assessed; and", "tell the people who made an allegation what has become of it."]
            doc.line(lead).add("list", *["- " + point for point in points])
            for point in points:
                doc.finding("recommendation", node, point, due="within six months", parent=True)
        else:
            doc.afis(node, f"The force should make sure that it learns from what people tell it, in {['spring', 'summer', 'autumn'][number - 1]} as in winter.")
    doc.h("Next steps", None, 1)
    doc.p("HMIC follows up causes of concern and areas for improvement in a number of ways, among them the regular conversations that it has with forces.")
    doc.h("Annex A – About the data", None, 1)
    doc.p("The source of the data is given with each figure. For all uses of population as a denominator we use the ONS mid-2015 population estimates.")
    finish(doc, **damage)


def finish(doc, badges=True, heads=None, moved=False, page=None, icons=True, **rest):
    if not badges:
        lose_badges(doc)
    if moved:
        split_paragraphs(doc)
    if heads:
        run_heads(doc, heads)
    if page:
        write_html(doc, page, icons=icons)
    else:
        write(doc, **rest)


QUESTIONS_2018 = [
    ("effectiveness.q1", "Preventing crime and tackling anti-social behaviour", "Preventing crime and anti-social behaviour"),
    ("effectiveness.q2", "Investigating crime", "Investigating crime"),
    ("effectiveness.q3", "Protecting vulnerable people", "Protecting vulnerable people"),
    ("effectiveness.q4", "Tackling serious and organised crime", "Tackling serious and organised crime"),
    ("effectiveness.q5", "Armed policing", "Firearms capability"),
    ("efficiency.q1", "Meeting current demands and using resources", "Meeting current demands"),
    ("efficiency.q2", "Planning for the future", "Planning for the future"),
    ("legitimacy.q1", "Treating the public fairly", "Treating the public fairly"),
    ("legitimacy.q2", "Ethical and lawful workforce behaviour", "Ethical and lawful workforce behaviour"),
    ("legitimacy.q3", "Treating the workforce fairly", "Treating the workforce fairly"),
]
HEADLINES_2018 = {
    "effectiveness": "How effectively does the force reduce crime and keep people safe?",
    "efficiency": "How efficiently does the force operate and how sustainable are its services?",
    "legitimacy": "How legitimately does the force treat the public and its workforce?",
}


def force_report_2018(name, force, short, slug, isbn, published, grades, pillars, **damage):
    """The integrated report: scope table, context tables, pillars with their questions. `grades`: node to (grade, year)."""
    doc = Doc(name, publisher="HMICFRS", product="force-report", cycle="2018-19", published=published[1], isbn=isbn, forces=[slug])
    doc.line("PEEL").line("Police effectiveness, efficiency and legitimacy 2018/19").line(f"An inspection of {force}")
    doc.contents("What this report contains", "Force in context", "Overall summary", "Effectiveness", *[q[1] for q in QUESTIONS_2018[:5]], "Efficiency", "Legitimacy", "Annex A – About the data")
    doc.h("What this report contains", None, 1)
    doc.p("In 2018/19, we adopted an [integrated PEEL assessment](#) (IPA) approach. The table below shows the areas that we inspected.").term("integrated PEEL assessment")
    doc.table(None, ["IPA area", "Inspected in 2018/19?"], *[[scope, "Yes" if grades[node][1] == "2018/19" else "No"] for node, _, scope in QUESTIONS_2018])
    doc.h("Force in context", None, 1)
    doc.table(None, ["", f"{short} rate", "England and Wales rate"], ["999 calls per 1,000 population 12 months ending 31 March 2019", "158", "175"],
              claims=[("158", "per-1000", EW, "175", NONE, "2019-03-31")])
    doc.table(f"{short} workforce", ["", "FTE in post on 31 March 2019", "FTE in post on 31 March 2014", "Percentage change"],
              ["Police Officer", "3,011", "2,955", "2%"], ["Police Community Support Officer", "310", "402", "-23%"],
              claims=[("3011", "count", OWN, "2955", NONE, "2019-03-31"), ("310", "count", OWN, "402", NONE, "2019-03-31"),
                      ("2", "percent", OWN, None, NONE, "2019-03-31"), ("-23", "percent", OWN, None, NONE, "2019-03-31")])
    doc.h("Overall summary", None, 1)
    for pillar in ("effectiveness", "efficiency", "legitimacy"):
        rows = [[heading, grades[node][0].capitalize(), "", grades[node][1]] for node, heading, _ in QUESTIONS_2018 if node.startswith(pillar)]
        doc.table(None, ["", pillar.capitalize(), "", "Last inspected"], *rows)
    for pillar, headline in HEADLINES_2018.items():
        doc.h(pillar.capitalize(), pillar, 1)
        if pillar == "efficiency":
            doc.table("Spend per head of population by category", ["", f"{short} spend", "England and Wales spend"], ["Visible frontline", "£61", "£65"], ["Business support", "£40", "£41"],
                      claims=[("61", "gbp", EW, "65", NONE, None), ("40", "gbp", EW, "41", NONE, None)])
        doc.h(headline, pillar, 1).badge(pillar, pillars[pillar])
        doc.h("Summary", pillar, 2)
        doc.p(f"{force} has kept up its effort through a year of change. Its [staff](#) told us that they know what is asked of them.").term("staff")
        for node, heading, _ in [q for q in QUESTIONS_2018 if q[0].startswith(pillar)]:
            grade, year = grades[node]
            doc.h(heading, node, 1)
            if grade == "ungraded":
                doc.judgment(node, "ungraded", "ungraded", "2018-19")
                doc.p("We have looked at armed policing before, in 2016 and 2017. The force shares its armed officers with its neighbours, and knows how many of them it needs.")
                continue
            doc.blocks.append(("badge", [grade.capitalize()]))
            value = grade.replace(" ", "-")
            if year != "2018/19":
                doc.judgment(node, value, "carried-over", year)
                doc.p(f"This question was not subject to inspection in 2018/19, and our judgment from the {year} {pillar} inspection has been carried over.")
                continue
            doc.judgment(node, value, "graded", "2018-19")
            doc.p("Inspectors read case files, sat in on the daily meeting and spoke to the people who answer the telephone.")
            if node == "effectiveness.q2":
                doc.say("In November 2018, we reviewed a sample of 60 completed investigations. We considered 51 of those to be effective. In the 12 months to 30 September 2018, the force brought 14 percent of its recorded crimes to a charge, compared with the England and Wales average of 13 percent.",
                        ("14", "percent", EW, "13", NONE, "2018-09-30"))
            if node == "efficiency.q2":
                doc.say(f"{force} is the third lowest precepting police force in England and Wales. More than one third of homes here belong to a watch scheme.",
                        ("3", "rank", EW, None, NONE, None))
            doc.afis(node, f"The force should improve the way in which it plans its work in {heading.lower()}, and check that the plan is followed.")
            doc.p("We set out our detailed findings below. These are the basis for our judgment of the force's performance in this area.")
            doc.h("Listening to what people say", None, 3)
            doc.p("The chief officers lead by example. They visit each station twice a year and publish what they were told.")
    doc.h("Annex A – About the data", None, 1)
    doc.p("We took this data from the July 2019 release of the Home Office tables. Total police-recorded crime includes all crime except fraud.")
    doc.line(f"{published[0]} | © HMICFRS 2019 | ISBN: {isbn}")
    finish(doc, **damage)


def ipa(**changes):
    base = {node: ("good", "2018/19") for node, _, _ in QUESTIONS_2018}
    base |= {"effectiveness.q1": ("good", "2017"), "effectiveness.q4": ("good", "2016"), "effectiveness.q5": ("ungraded", "2018/19"), "efficiency.q1": ("good", "2017"), "legitimacy.q1": ("good", "2017"), "legitimacy.q3": ("good", "2017")}
    return base | {key.replace("_", "."): value for key, value in changes.items()}


def detailed_findings(name, force, short, slug, pillar, stamp, carried, **damage):
    """The web page with detailed findings of one pillar of 2018/19."""
    names = {
        "effectiveness": ["How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?", "How effective is the force at investigating crime and reducing re-offending?", "How effective is the force at protecting those who are vulnerable from harm, and supporting victims?", "How effective is the force at tackling serious and organised crime?"],
        "efficiency": ["How well does the force use its resources to meet the demand it faces?", "How well does the force plan for the future?"],
        "legitimacy": LEGITIMACY,
    }[pillar]
    doc = Doc(name, product="detailed-findings", cycle="2018-19", published=None, forces=[slug])
    if not damage.get("page"):
        doc.line("Skip to content")
    doc.add("h1", f"{short} PEEL 2018")
    doc.h(HEADLINES_2018[pillar], pillar, 1)
    doc.line(f"Last updated {stamp}")
    doc.judgment(pillar, "unknown", "unknown", None)
    doc.p(f"{force} has gone on improving. Its people speak well of the way in which they are led, and the public can see what the force is doing.")
    doc.h(f"Questions for {pillar.capitalize()}", pillar, 2)
    for number, wording in enumerate(names, 1):
        node = f"{pillar}.q{number}"
        doc.h(wording, node, 2)
        if number in carried:
            doc.judgment(node, "unknown", "carried-over", carried[number])
            doc.p(f"This question was not subject to detailed inspection in 2018/19, and our judgment from the {carried[number]} {pillar} inspection has been carried over.")
            continue
        doc.judgment(node, "unknown", "unknown", None)
        doc.afis(node, "The force should see to it that every supervisor has been trained for the work.", "The force should publish each year what it has learnt, and act on it.", bullet="  • ")
        doc.want["findings"][-1]["recurring"] = "each year"
        doc.p("We set out our detailed findings below. These are the basis for our judgment of the force’s performance in this area.")
        doc.h("Keeping in touch", None, 3)
        doc.say("The force has reduced the number of cases that wait for a first look from 18 percent to 11 percent in half a year. It met partners from 12 towns.",
                ("11", "percent", OWN, "18", LOWER, None))
        doc.line(f"Summary for question {number}")
    finish(doc, **damage)


def pillar_page_2015(name, force, short, slug, **damage):
    doc = Doc(name, publisher="HMIC", product="pillar-page", cycle="2015", forces=[slug])
    doc.add("h1", f"{short} PEEL 2015")
    doc.h("Legitimacy", "legitimacy", 1)
    doc.h("How legitimate is the force at keeping people safe and reducing crime?", "legitimacy", 1)
    doc.judgment("legitimacy", "unknown", "unknown", None)
    doc.h("To what extent does practice and behaviour reinforce the wellbeing of staff and an ethical culture?", "legitimacy.q1").judgment("legitimacy.q1", "unknown", "unknown", None)
    doc.p(f"{force} has set out what it stands for. The force last asked all of its staff for their views in 2011.")
    doc.h("To what extent are forces recording crimes in accordance with the Home Office Counting Rules?", "legitimacy.q2").judgment("legitimacy.q2", "not-inspected", "not-inspected", None)
    doc.p("This question has not been inspected or graded in 2015.")
    doc.h("How well does the force understand, engage with and treat fairly the people it serves to maintain and improve its legitimacy?", "legitimacy.q3").judgment("legitimacy.q3", "unknown", "unknown", None)
    doc.p("There are many ways to reach the force and people use them.")
    doc.h("To what extent are decisions taken on the use of stop and search and Taser fair and appropriate?", "legitimacy.q4").judgment("legitimacy.q4", "unknown", "unknown", None)
    doc.p("HMIC revisited the force in 2016 to see what had become of the scheme. Officers use Taser where it is needed.")
    doc.afis("legitimacy.q4", "The constabulary should ensure that its records of stop and search say why the search was made.", "The constabulary should publish outcomes every quarter.", recurring=None)
    doc.want["findings"][-1]["recurring"] = "every quarter"
    finish(doc, **damage)


def force_page(name, short, slug, cycle, year, rows, **damage):
    """The page of a force in the middle of a year: some pillars are graded, others are still to be."""
    doc = Doc(name, publisher="HMIC", product="force-page", cycle=cycle, forces=[slug])
    doc.add("h1", f"{short} PEEL {year}")
    doc.p("HMIC inspects how effective, efficient and legitimate each force is.")
    for pillar, adjective, grade in rows:
        doc.h(pillar.capitalize(), pillar, 2)
        doc.h(f"How {adjective} is the force at keeping people safe and reducing crime?", pillar, 3)
        if grade == "to be graded":
            doc.judgment(pillar, "to-be-graded", "to-be-graded", cycle).line("To be graded")
        elif grade == "not graded":
            doc.judgment(pillar, "not-graded", "ungraded", cycle).line("Not graded")
            doc.p("The force was not graded for this pillar because of the demands that an exceptional event made on it.")
        else:
            doc.badge(pillar, grade)
            doc.p("The inspection was published in full. The force knows what it has to do next.")
    finish(doc, **damage)


def press_release(name, force, slug, headline, adverb_phrase, node, grade, cycle, year, **damage):
    doc = Doc(name, publisher="HMIC" if cycle in ("2015", "2016") else "HMICFRS", product="press-release", cycle=cycle, forces=[slug])
    body = doc.want["publisher"]
    doc.line(headline)
    doc.p(f"{body} has assessed how well {force} does its work, as part of PEEL {year}. This is the third year in which inspections of this kind have been carried out.")
    doc.line(f"{body} found that {force}:")
    doc.add("list", "- answers calls without delay;", "- looks after the people who work for it; and", "- has more to do on the plans it makes.")
    doc.p("HM Inspector of Constabulary Jo Example said:")
    doc.p(f'"I am pleased with what I saw. {force} has listened, and I have judged that overall {force} is \'{grade}\' {adverb_phrase}. I will come back next year."')
    doc.judgment(node, grade.replace(" ", "-"), "graded", cycle)
    doc.line("Notes to editors")
    doc.add("list", "- For further information, the press office can be reached on 020 0000 0000.")
    finish(doc, **damage)


QUESTIONS_2021 = [("q3", "Preventing crime and anti-social behaviour"), ("q4", "Responding to the public"), ("q5", "Investigating crime"), ("q6", "Protecting vulnerable people"), ("q7", "Managing offenders and suspects"), ("q11", "Building, supporting and protecting the workforce"), ("q12", "Strategic planning, organisational management and value for money")]
QUESTIONS_2023 = [("q2", "Recording data about crime"), ("q3", "Police powers and treating the public fairly and respectfully"), ("q5", "Responding to the public"), ("q6", "Investigating crime"), ("q8", "Managing offenders and suspects"), ("q10", "Leadership and force management")]


def report_2021(name, force, slug, cycle, printed, published, questions, grades, box, **damage):
    """The layouts from 2021 on: no pillars, five grades, findings in boxes of their own."""
    doc = Doc(name, publisher=None, product="force-report", cycle=cycle, published=published[1], forces=[slug])
    doc.line(f"PEEL {printed}").line("Police effectiveness, efficiency and legitimacy").line(f"An inspection of {force}").line(published[0])
    doc.h("Overall summary", None, 1)
    doc.h("Our judgments", None, 2)
    doc.p(f"Our inspection assessed how good {force} is in {len(questions)} areas of policing. We make graded judgments in all of them.")
    for number, ((node, heading), grade) in enumerate(zip(questions, grades)):
        doc.h(heading, node, 1).badge(node, grade)
        doc.p("Staff are proud of what they do, and the inspectors saw why.")
        if grade == "inadequate":
            doc.h("Cause of concern", node, 3)
            concern = f"{force} doesn’t reach the people who need it soon enough."
            doc.p(concern).finding("cause-of-concern", node, concern)
            doc.h("Recommendations", node, 3)
            lead, due = "Within three months, the force should:", "within three months"
            points = ["set out who is responsible for each call;", "review every call that was given up; and", "report to its local policing body on what it has found."]
            doc.line(lead).add("list", *["- " + point for point in points])
            for point in points:
                doc.finding("recommendation", node, point, due=due, parent=True)
        elif grade in ("adequate", "requires improvement"):
            title = "Area for improvement" if box else "Areas for improvement"
            doc.h(title, node, 3)
            text = f"The force should improve how it supervises {['patrols', 'plans', 'files', 'visits', 'records', 'training', 'budgets'][number % 7]}."
            if box:
                doc.p(text).finding("area-for-improvement", node, text)
                doc.p("Supervisors have too much to do. We read 20 records and found that some of them had not been looked at.")
            else:
                doc.add("list", "- " + text).finding("area-for-improvement", node, text)
        elif grade == "outstanding":
            doc.h("Innovative practice", node, 3)
            practice = "The force invites residents to read its plans with it, and changes them where they show it a better way."
            doc.p(practice).finding("innovative-practice", node, practice)
        if number == 1:
            doc.say("In the year ending 31 March 2022, the force answered 88.5 percent of 999 calls within ten seconds, which was higher than the England and Wales average of 71.1 percent.",
                    ("88.5", "percent", EW, "71.1", HIGHER, "2022-03-31"))
        if number == 2:
            doc.say("In the year ending 30 September 2021, the force recorded 82.4 crimes per 1,000 population. This is lower than the average for similar forces of 85.0 per 1,000 population.",
                    ("82.4", "per-1000", MSG, "85.0", LOWER, "2021-09-30"))
        doc.h("Main findings", node, 3)
        doc.p("The force has a plan, and the plan is known to those who have to carry it out.")
    finish(doc, **damage)


def letter(name, force, slug, **damage):
    doc = Doc(name, publisher="HMICFRS", product="letter", cycle=None, published="2023-10-31", forces=[slug])
    doc.line("31 October 2023").line("Dear Chief Constable")
    doc.h(f"{force}: Revisit letter", None, 1)
    doc.p("In our last report we told you of a cause of concern about the way in which the force answers calls. HMICFRS inspectors came back in July 2023 to see what had been done.")
    doc.h("Cause of concern", None, 3)
    concern = "The force doesn’t answer the people who call it quickly enough."
    doc.p(concern).finding("cause-of-concern", None, concern)
    doc.h("Recommendations", None, 3)
    doc.line(f"By 31 March 2024, {force} should:")
    points = ["answer more calls in good time; and", "tell callers when it can't."]
    doc.add("list", *["- " + point for point in points])
    for point in points:
        doc.finding("recommendation", None, point, due="by 31 March 2024", parent=True)
    doc.say("Since we visited last, the share of calls that were given up has fallen from 14 percent to 6 percent. We saw good work in the control room.", ("6", "percent", OWN, "14", LOWER, None))
    doc.p("I am grateful to your staff for their help.")
    doc.p("Yours sincerely")
    doc.line("Jo Example").line("His Majesty’s Inspector of Constabulary")
    finish(doc, **damage)


def page_2014(name, force, short, slug, **damage):
    doc = Doc(name, publisher="HMIC", product="force-page", cycle="2014", forces=[slug])
    doc.add("h1", f"{short} PEEL 2014")
    doc.p("HMIC inspected 43 forces.")
    doc.h("Effectiveness", "effectiveness", 1)
    for node, wording, grade in [("effectiveness.q1", "How effective is the force at reducing crime and preventing offending?", "good"), ("effectiveness.q2", "How effective is the force at investigating offending?", "requires improvement"), ("effectiveness.q3", "How effective is the force at tackling anti-social behaviour?", "outstanding")]:
        doc.h(wording, node).badge(node, grade).p("The force works with others in order to keep crime down, and it counts what it does.")
    doc.h("Efficiency", "efficiency", 1).badge("efficiency", "good")
    doc.h("To what extent is the force efficient?", "efficiency.q1").badge("efficiency.q1", "good").p("Money is spent with care.")
    doc.h("Legitimacy", "legitimacy", 1)
    doc.h("To what extent does the force ensure that the workforce acts with integrity?", "legitimacy.q1").judgment("legitimacy.q1", "ungraded", "ungraded", "2014")
    doc.p("This question was not graded in 2014.")
    finish(doc, **damage)


def repeated(name, **damage):
    """A cause of concern that is printed in the overview and under its question, and addressed to an alliance."""
    doc = Doc(name, publisher="HMIC", product="pillar-report", cycle="2016", published="2016-12", isbn="978-1-00000-020-2", forces=["dorset"])
    doc.line("PEEL: Police legitimacy 2016").line("An inspection of Dorset Police").line("December 2016").line("ISBN: 978-1-00000-020-2").line("© HMIC 2016")
    doc.h("Overview – How legitimate is the force at keeping people safe and reducing crime?", "legitimacy", 1)
    doc.h("Overall judgment", "legitimacy", 2).badge("legitimacy", "good")
    concern = "The backlog of vetting that inspectors saw in 2014, and which has hardly shrunk since then, is of serious concern."
    points = ["review how many people the vetting unit needs;", "clear the backlog; and", "check that it does not come back."]
    afi = "The force should review the arrangements by which leave is granted so that nobody loses it."
    lead = "Dorset Police, together with the other force in the alliance, namely Devon and Cornwall Police, should:"

    def box(node):
        doc.h("Cause of concern", node, 3).p(concern)
        doc.h("Recommendations", node, 3).line(lead).add("list", *["- " + point for point in points])

    box("legitimacy.q2")
    doc.want["sections"][-1]["node"] = doc.want["sections"][-2]["node"] = "legitimacy"
    doc.h("Areas for improvement", "legitimacy", 3).add("list", "- " + afi)
    for number, wording in enumerate(LEGITIMACY, 1):
        node = f"legitimacy.q{number}"
        doc.h(wording, node, 1).p("Inspectors talked to a great many people. What they heard is told here.")
        doc.p("The 2014 inspection recommended that, within six months, the force should tell everybody which gifts may be accepted. We found that this had not been done." if number == 2 else "It was a year of change, and the staff know it.")
        doc.h("Summary of findings", node, 2).badge(node, "requires improvement" if number == 2 else "good")
        if number == 2:
            box(node)
        if number == 3:
            doc.h("Areas for improvement", node, 3).add("list", "- " + afi.replace("granted so", "granted, so"))
    both = ["dorset", "devon-and-cornwall"]
    doc.finding("cause-of-concern", "legitimacy.q2", concern)
    for point in points:
        doc.finding("recommendation", "legitimacy.q2", point, addressees=both, parent=True)
    doc.finding("area-for-improvement", "legitimacy.q3", afi)
    doc.finding("recommendation", "legitimacy.q2", "tell everybody which gifts may be accepted", due="within six months", recalled="2014")
    finish(doc, **damage)


def annual(name, **damage):
    """Recurring findings, sub-points, and statements of every kind."""
    doc = Doc(name, publisher="HMICFRS", product="pillar-report", cycle="2017", published="2017-12", isbn="978-1-00000-021-3", forces=["north-yorkshire"])
    doc.line("PEEL: Police legitimacy (including leadership) 2017").line("An inspection of North Yorkshire Police").line("December 2017").line("© HMICFRS 2017").line("ISBN: 978-1-00000-021-3")
    doc.h(LEGITIMACY[1], "legitimacy.q2", 1).badge("legitimacy.q2", "good")
    doc.say("As at 31 March 2017, officers on long-term sick leave made up 1.9 percent of officers, which is broadly in line with the England and Wales average of 2.2 percent.", ("1.9", "percent", EW, "2.2", IN_LINE, "2017-03-31"))
    doc.p("The following shares were recorded on 31 March 2017.")
    doc.add("list", "- 0.4 percent of PCSOs were on long-term sick leave, which is lower than the England and Wales average of 1.8 percent.", "- 2.9 percent of staff were on short or medium-term sick leave, which is higher than the England and Wales average of 2.0 percent.")
    doc.claims(("0.4", "percent", EW, "1.8", LOWER, "2017-03-31"), ("2.9", "percent", EW, "2.0", HIGHER, "2017-03-31"))
    doc.say("In the 12 months to 31 March 2017, the force finalised 6.1 formal grievances raised by officers per 1,000 officers, which was broadly in line with the England and Wales average of 4.8 per 1,000 officers.", ("6.1", "per-1000", EW, "4.8", IN_LINE, "2017-03-31"))
    doc.say("Recorded crime increased by 11 percent compared with the previous year.", ("11", "percent", OWN, None, HIGHER, None))
    doc.say("The force has 29 percent female officers, compared with 29 percent in England and Wales as a whole.", ("29", "percent", EW, "29", NONE, None))
    doc.h("Areas for improvement", "legitimacy.q2", 3)
    doc.add("list", "- Annually, the force should produce a strategic assessment of the threat of corruption.", "- The force should improve how it explains its decisions.")
    doc.finding("area-for-improvement", "legitimacy.q2", "Annually, the force should produce a strategic assessment of the threat of corruption.", recurring="annually")
    doc.finding("area-for-improvement", "legitimacy.q2", "The force should improve how it explains its decisions.")
    doc.h("Area for improvement", "legitimacy.q2", 3)
    doc.line("The force should improve how it supports its people by:")
    doc.add("list", "- offering a yearly talk about health; and", "- training every sergeant to hold one.")
    doc.finding("area-for-improvement", "legitimacy.q2", "The force should improve how it supports its people by:", points=["offering a yearly talk about health; and", "training every sergeant to hold one."])
    finish(doc, **damage)


def national(name, **damage):
    doc = Doc(name, publisher="HMIC", product="national-overview", cycle="2016", published="2017-01", isbn="978-1-00000-022-4", forces=[])
    doc.line("PEEL: Police legitimacy 2016").line("A national overview").line("January 2017").line("© HMIC 2017").line("ISBN: 978-1-00000-022-4")
    doc.h("Introduction", None, 1)
    doc.p("HMIC inspected all 43 forces of England and Wales. Dorset Police and Kent Police, for instance, ask their staff each year what they think.")
    doc.h("Recommendations", None, 2)
    text = "By July 2018, all forces should publish what their records of stop and search show."
    doc.add("list", "- " + text).finding("recommendation", None, text, addressees=["all-forces"], due="by July 2018")
    text = "The Home Office and the College of Policing should, within three months, agree what is to be recorded."
    doc.add("list", "- " + text).finding("recommendation", None, text, addressees=["home-office", "college-of-policing"], due="within three months")
    finish(doc, **damage)


def main():
    good = ("good", "good", "requires improvement", "good")
    # 1-9: reports of one pillar.
    pillar_report_2016("01-suffolk-legitimacy-2016", "Suffolk Constabulary", "suffolk", "978-1-00000-001-1", good)
    pillar_report_2016("02-kent-wrapped", "Kent Police", "kent", "978-1-00000-002-2", ("outstanding", "outstanding", "good", "good"), wrap=88)
    pillar_report_2016("03-gwent-lost-badges", "Gwent Police", "gwent", "978-1-00000-003-3", good, badges=False)
    pillar_report_2016("04-cheshire-running-heads", "Cheshire Constabulary", "cheshire", "978-1-00000-004-4", ("good", "good", "good", "good"), heads="PEEL: Police legitimacy 2016 – An inspection of Cheshire Constabulary", wrap=92)
    pillar_report_2016("05-durham-moved-footnotes", "Durham Constabulary", "durham", "978-1-00000-005-5", good, moved=True)
    pillar_report_2016("06-west-midlands-joined", "West Midlands Police", "west-midlands", "978-1-00000-006-6", ("requires improvement", "good", "inadequate", "requires improvement"), join=True)
    pillar_report_2016("07-dyfed-powys-no-blanks", "Dyfed-Powys Police", "dyfed-powys", "978-1-00000-007-7", good, blanks=False)
    pillar_report_2016("08-avon-curly-soft", "Avon and Somerset Constabulary", "avon-and-somerset", "978-1-00000-008-8", good, quotes="curly", soft=True, liga=True, nbsp=True)
    pillar_report_2016("09-met-crlf", "Metropolitan Police Service", "metropolitan", "978-1-00000-009-9", ("good", "good", "inadequate", "good"), crlf=True, wrap=76, hyphenate=True, heads="Metropolitan Police Service")
    # 10-15: integrated reports.
    every = {"effectiveness": "good", "efficiency": "good", "legitimacy": "good"}
    force_report_2018("10-essex-2018", "Essex Police", "Essex", "essex", "978-1-00000-010-0", ("September 2019", "2019-09"), ipa(), every)
    force_report_2018("11-cleveland-2018-wrapped", "Cleveland Police", "Cleveland", "cleveland", "978-1-00000-011-1", ("September 2019", "2019-09"), ipa(effectiveness_q2=("requires improvement", "2018/19"), effectiveness_q3=("inadequate", "2018/19"), legitimacy_q2=("inadequate", "2018/19")), {"effectiveness": "requires improvement", "efficiency": "good", "legitimacy": "inadequate"}, wrap=95)
    force_report_2018("12-norfolk-2018-joined", "Norfolk Constabulary", "Norfolk", "norfolk", "978-1-00000-012-2", ("May 2019", "2019-05"), ipa(legitimacy_q1=("good", "2018/19")), every, join=True, quotes="curly")
    force_report_2018("13-gmp-2018-no-blanks", "Greater Manchester Police", "Greater Manchester", "greater-manchester", "978-1-00000-013-3", ("February 2020", "2020-02"), ipa(efficiency_q1=("requires improvement", "2018/19")), every, blanks=False)
    force_report_2018("14-devon-2018-heads", "Devon & Cornwall Police", "Devon and Cornwall", "devon-and-cornwall", "978-1-00000-014-4", ("September 2019", "2019-09"), ipa(), every, heads="PEEL 2018/19 Devon & Cornwall Police", soft=True)
    force_report_2018("15-city-2018-ligatures", "City of London Police", "City of London", "city-of-london", "978-1-00000-015-5", ("May 2019", "2019-05"), ipa(), every, liga=True, crlf=True)
    # 16-21: pages.
    detailed_findings("16-surrey-effectiveness", "Surrey Police", "Surrey", "surrey", "effectiveness", "02/05/2019", {1: "2017", 4: "2016"})
    detailed_findings("17-lancashire-legitimacy-html", "Lancashire Constabulary", "Lancashire", "lancashire", "legitimacy", "27/09/2019", {1: "2017", 3: "2017"}, page="Lancashire PEEL 2018")
    detailed_findings("18-gloucestershire-efficiency-no-blanks", "Gloucestershire Constabulary", "Gloucestershire", "gloucestershire", "efficiency", "27/09/2019", {1: "2017"}, blanks=False)
    pillar_page_2015("19-wiltshire-2015", "Wiltshire Police", "Wiltshire", "wiltshire", blanks=False)
    pillar_page_2015("20-cumbria-2015-html", "Cumbria Constabulary", "Cumbria", "cumbria", page="Cumbria PEEL 2015")
    force_page("21-sussex-2016-interim", "Sussex", "sussex", "2016", "2016", [("efficiency", "efficient", "good"), ("legitimacy", "legitimate", "to be graded"), ("effectiveness", "effective", "to be graded")])
    force_page("22-sussex-2016-final-html", "Sussex", "sussex", "2016", "2016", [("efficiency", "efficient", "good"), ("legitimacy", "legitimate", "good"), ("effectiveness", "effective", "requires improvement")], page="Sussex PEEL 2016")
    force_page("23-not-graded", "Greater Manchester", "greater-manchester", "2016", "2016", [("efficiency", "efficient", "good"), ("legitimacy", "legitimate", "not graded")])
    # 24-25: press releases.
    press_release("24-derbyshire-press", "Derbyshire Constabulary", "derbyshire", "Derbyshire Constabulary is ‘good’ at efficiently keeping people safe and reducing crime - HMIC", "in how efficiently it keeps people safe and reduces crime", "efficiency", "good", "2016", "2016")
    press_release("25-humberside-press-straight", "Humberside Police", "humberside", "Humberside Police 'requires improvement' at effectively keeping people safe and reducing crime - HMIC", "in how effectively it keeps people safe and reduces crime", "effectiveness", "requires improvement", "2015", "2015", quotes="straight", wrap=90)
    # 26-31: from 2021 on.
    report_2021("26-cambridgeshire-2021", "Cambridgeshire Constabulary", "cambridgeshire", "2021-22", "2021/22", ("14 April 2022", "2022-04-14"), QUESTIONS_2021, ["good", "adequate", "requires improvement", "outstanding", "adequate", "good", "inadequate"], True)
    report_2021("27-merseyside-2021-wrapped", "Merseyside Police", "merseyside", "2021-22", "2021/22", ("November 2021", "2021-11"), QUESTIONS_2021, ["outstanding", "good", "good", "adequate", "good", "adequate", "good"], False, wrap=84)
    report_2021("28-lincolnshire-2023", "Lincolnshire Police", "lincolnshire", "2023-25", "2023–25", ("6 December 2024", "2024-12-06"), QUESTIONS_2023, ["adequate", "requires improvement", "inadequate", "requires improvement", "good", "inadequate"], True, quotes="curly")
    report_2021("29-northumbria-2023-html", "Northumbria Police", "northumbria", "2023-25", "2023–2025", ("16 October 2024", "2024-10-16"), QUESTIONS_2023, ["good", "adequate", "adequate", "requires improvement", "outstanding", "good"], True, page="Northumbria PEEL 2023–2025")
    report_2021("30-staffordshire-2021-lost", "Staffordshire Police", "staffordshire", "2021-22", "2021/22", ("July 2022", "2022-07"), QUESTIONS_2021, ["good", "adequate", "requires improvement", "good", "adequate", "good", "good"], False, badges=False)
    # 31-36: letters and the rest.
    letter("31-west-mercia-letter", "West Mercia Police", "west-mercia")
    page_2014("32-bedfordshire-2014", "Bedfordshire Police", "Bedfordshire", "bedfordshire")
    repeated("33-dorset-repeated")
    repeated("34-dorset-repeated-wrapped", wrap=80, quotes="curly", heads="Dorset Police")
    annual("35-north-yorkshire-annual", wrap=100)
    national("36-national-overview")


if __name__ == "__main__":
    main()
