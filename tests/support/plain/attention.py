"""What needs attention: bad and all cases of every measure and unit, ranked by hand."""

from itertools import pairwise
from statistics import median

from scipy.stats import chi2

from plain.coverage import basis, coverage, in_group, regions
from plain.indicators import Figures, counted, wilson
from plain.waiting import departments, is_open, warnings
from plain.world import table, versions

NOWHERE = ("unverified", "unrouted", "own")
STATES = ["unrouted", "coordinating", "routed", "responded", "applied", "settled"]
REFERRALS = ["I0724", "I0723", "I0204", "I0203"]
PROGRAMMES = [p["programme_code"] for p in table("programmes") if p["programme_code"] != "P0932"]
MISSED = ["I0104", "I0301", "I0302", "I0502", "I1001"]
STOCKS = {"I0808": "I0801", "I0809": "I0801", "I0706": None, "I0807": "I0806"}
ORDER = [*STATES, *REFERRALS, *PROGRAMMES, *MISSED, "I0303", "I0601", "I1302", *STOCKS]
Z = 1.959963984540054


#: Answers by registry, which stands beside them so that no other takes its id.
_known = {}


def remembered(answer):
    def known(registry, *asked):
        key = (answer.__name__, id(registry), *asked)
        if key not in _known:
            _known[key] = registry, answer(registry, *asked)
        return _known[key][1]

    return known


def byar(k, n):
    if not n:
        return None
    if k < 10:
        low = chi2.ppf(0.025, 2 * k) / 2 if k else 0
    else:
        low = k * (1 - 1 / (9 * k) - Z / (3 * k**0.5)) ** 3
    return low / n * 100


def passed(as_of):
    """The share of the quarter that has passed."""
    first = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    after = (
        first.replace(month=first.month + 3)
        if first.month < 10
        else first.replace(year=first.year + 1, month=1)
    )
    return ((as_of - first).days + 1) / (after - first).days


def exits_verified(registry, as_of, keep):
    return len(
        {
            w["person_key"]
            for w in registry["warning"]
            if w["direction"] == "exit"
            and w["duplicate_of"] is None
            and w["raised_at"] is not None
            and w["raised_at"].date() <= as_of
            and w["verify_result"] == "no_longer_eligible"
            and w["verified_at"] is not None
            and w["verified_at"].date() <= as_of
            and keep(w["region_code"])
        }
        - {None}
    )


@remembered
def cases(registry, as_of, by):
    """(group, measure) -> (bad, all) of the measures whose source is connected."""
    figures = Figures(registry, as_of, as_of.replace(day=1))
    found = {}
    for group in regions(registry, by):
        found |= of_work(figures, by, group) | of_rows(figures, by, group)
    for row in warnings(registry, as_of, by):
        name = "unrouted" if row["state"] in NOWHERE else row["state"]
        if (row["group"], name) in found:
            bad, of = found[row["group"], name]
            found[row["group"], name] = (bad + row["overdue"], of + row["warnings"])
    for row in coverage(registry, as_of, by):
        code = row["programme_code"]
        if code in PROGRAMMES and basis(code, as_of) == "firm" and row["status"] == "ok":
            due = row["eligible"] - row["pending"]
            found[row["group"], row["programme_code"]] = (row["gap"], due)
    return found


def of_work(figures, by, group):
    """Referrals and decisions, which departments have too."""
    registry, as_of, found = figures.registry, figures.as_of, {}

    def keep(region):
        return in_group(region, by, group)

    for i in REFERRALS[1:]:
        met, due = counted(figures, i, by, group)
        found[group, i] = (due - met, due)
    still = [r for r in registry["referral"] if is_open(r, as_of) and keep(r["region_code"])]
    found[group, "I0724"] = (counted(figures, "I0724", by, group)[0], len(still))
    if "meeting_item" in registry:
        items = [m for m in open_items(registry, as_of) if keep(m["region_code"])]
        late = [m for m in items if m["due_on"] is not None and m["due_on"] < as_of]
        found[group, "I1302"] = (len(late), len(items))
    return found


def open_items(registry, as_of):
    return [
        m
        for m in registry.get("meeting_item", [])
        if m["status_code"] != "cancelled"
        and not (m["done_on"] is not None and m["done_on"] <= as_of)
    ]


def of_rows(figures, by, group):
    """What is counted by region alone, before states and gaps are added."""
    registry, as_of = figures.registry, figures.as_of

    def keep(region):
        return in_group(region, by, group)

    found = {(group, name): (0, 0) for name in STATES}
    for i in MISSED:
        if (pair := counted(figures, i, by, group)) is not None:
            found[group, i] = (pair[1] - pair[0], pair[1])
    if (pair := counted(figures, "I0303", by, group)) is not None:
        found[group, "I0303"] = pair
    if (pair := counted(figures, "I0601", by, group)) is not None:
        found[group, "I0601"] = (max(0, passed(as_of) * pair[1] - pair[0]), pair[1])
    for i, whole in STOCKS.items():
        if whole:
            of = counted(figures, whole, by, group)[0]
        else:
            of = exits_verified(registry, as_of, keep)
        found[group, i] = (counted(figures, i, by, group)[0], of)
    return found


@remembered
def work_of(registry, as_of, by, department):
    """`of_work` of what is sent to a department, or led by it."""
    own = Figures(of_department(registry, department), as_of, as_of.replace(day=1))
    found = {}
    for group in regions(registry, by):
        found |= of_work(own, by, group)
    return found


def of_department(registry, department):
    """The registry with what is sent to a department, or led by it, alone."""
    own = {"referral": [r for r in registry["referral"] if r["to_dept"] == department]}
    if "meeting_item" in registry:
        items = registry["meeting_item"]
        own["meeting_item"] = [m for m in items if m["lead_dept"] == department]
    return {**registry, **own}


def led(registry, as_of):
    known = departments(registry, as_of)
    found = {m["lead_dept"] for m in open_items(registry, as_of)}
    # Whoever only got what was answered long ago holds no cases.
    return known + sorted(found - set(known) - {None})


@remembered
def judged(registry, as_of, county="", least=5):
    """(by, unit, measure) -> what stands in a row, of all units with cases."""
    city = cases(registry, as_of, "city")
    whole = {m: pair for (_, m), pair in city.items()}
    units = {}
    if county:
        for (group, m), pair in cases(registry, as_of, "township").items():
            if group[:6] == county:
                units["township", group, m] = pair
    else:
        for (group, m), pair in cases(registry, as_of, "county").items():
            units["county", group, m] = pair
        for d in led(registry, as_of):
            for (_, m), pair in work_of(registry, as_of, "city", d).items():
                units["department", d, m] = pair
    rows = {}
    for key, (bad, of) in units.items():
        if not bad and not of:
            continue
        city_bad, city_all = whole[key[2]]
        row = {"bad": bad, "all": of, "share": None, "rate": None, "lower": None}
        row |= {"others": None, "excess": None, "candidate": False}
        if city_bad > 0:
            row["share"] = bad / city_bad * 100
        if of:
            row["rate"] = bad / of * 100
            by_rate = key[2] in ("I0303", "I0809", "I0807")
            row["lower"] = byar(bad, of) if by_rate else wilson(bad, of)[0]
        if city_all > of:
            others = (city_bad - bad) / (city_all - of)
            row |= {"others": others * 100, "excess": bad - of * others}
            apart = row["lower"] is not None and row["lower"] > row["others"]
            heaped = city_bad > 0 and bad / city_bad >= 0.4 and of / city_all <= bad / city_bad / 2
            row["candidate"] = row["excess"] >= least and (apart or heaped)
        rows[key] = row
    return rows


def same_cases(registry, as_of, county, measure, department):
    """Whether more than half of a county's bad cases are a department's."""
    measure = "I0724" if measure == "routed" else measure
    if measure not in (*REFERRALS, "I1302"):
        return False
    of_all = 0
    for d in led(registry, as_of):
        own = work_of(registry, as_of, "county", d).get((county, measure), (0, 0))
        of_all += own[0]
        if d == department:
            mine = own[0]
    return of_all > 0 and mine / of_all > 0.5


def misses(registry, as_of, measure, bad, of):
    targets = {t["id"]: float(t["target"]) for t in versions("targets", as_of)}
    if measure in PROGRAMMES:
        target = targets.get("I0891")
    elif measure in STATES:
        target = targets.get("I0708") if measure == "unrouted" else None
    else:
        target = targets.get(measure)
    if target is None:
        return False
    if measure in PROGRAMMES or measure in (*REFERRALS[1:], *MISSED):
        return of > 0 and round(100 - bad / of * 100, 2) < target
    if measure == "I0601":
        value = (passed(as_of) - bad / of) * 100 if of else None
        return value is not None and round(value, 2) < round(target * passed(as_of), 2)
    return bad > target


def attention(registry, as_of, ends, county="", least=5, fewest=6):
    """Rows of the ranking: (rank, entry, by, unit, measure, score, since, named)."""
    today = judged(registry, as_of, county, least)
    history = [(day, judged(registry, day, county, least)) for day in ends]
    city = {m: pair for (_, m), pair in cases(registry, as_of, "city").items()}
    past = [{m: p[0] for (_, m), p in cases(registry, d, "city").items()} for d in ends]
    found = {key: row for key, row in today.items() if row["candidate"]}
    official = list(dict.fromkeys(key[:2] for key in today))
    whole_order = [*regions(registry, "county"), *regions(registry, "township")]
    official.sort(
        key=lambda unit: (
            whole_order.index(unit[1])
            if unit[0] != "department"
            else 10_000 + led(registry, as_of).index(unit[1])
        )
    )
    entries = {}
    for key, row in found.items():
        by, unit, measure = key
        values = [month[measure] for month in past if measure in month]
        changes = [
            abs(b[measure] - a[measure]) for a, b in pairwise(past) if measure in a and measure in b
        ]
        divisor = max(1, median(changes)) if len(values) >= fewest and changes else 1
        since = None
        for day, rows in reversed(history):
            if key not in rows or not rows[key]["candidate"]:
                break
            since = day
        entry = unit
        for other in found:
            cause = "I0724" if measure == "routed" else measure
            together = by == "county" and other[0] == "department" and other[2] == cause
            if together and same_cases(registry, as_of, unit, measure, other[1]):
                entry = other[1]
        entries.setdefault(entry, []).append((row["excess"] / divisor, key, since))
    place = {unit: i for i, unit in enumerate(official)}
    listed = []
    for entry, rows in entries.items():
        rows.sort(key=lambda r: (-r[0], place[r[1][:2]], ORDER.index(r[1][2])))
        first = min(place[key[:2]] for _, key, _ in rows)
        listed.append((-rows[0][0], first, entry, rows))
    listed.sort(key=lambda each: each[:3])
    result = []
    for rank, (_, _, entry, rows) in enumerate(listed[:7], 1):
        result += [(rank, entry, *key, score, since, None) for score, key, since in rows]
    code = regions(registry, "city")[0]
    rank = min(len(listed), 7)
    for measure in [] if county else ORDER:
        if measure not in city or any(key[2] == measure for key in found):
            continue
        if not misses(registry, as_of, measure, *city[measure]):
            continue
        rank += 1
        kind = "department" if measure in (*REFERRALS, "I1302") else "county"
        units = [
            (-row["bad"], place[key[:2]], key[1])
            for key, row in today.items()
            if key[0] == kind and key[2] == measure and row["bad"] > 0
        ]
        named = "|".join(unit for _, _, unit in sorted(units)[:3])
        if rank <= 7:
            result.append((rank, code, "city", code, measure, None, None, named))
    return result
