"""The same measures as an analyst writes them in pandas, for comparison.

It follows the same rules and must find the same numbers; it has no groups, options,
checks or other engines.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.evidence_measures import AS_OF, WINDOW

START, END, NOW = map(pd.Timestamp, (WINDOW.start, WINDOW.end, AS_OF))
FAR = pd.Timestamp("2200-01-01")
FAMILY = ["reunification", "relative", "guardianship"]
PERMANENT = [*FAMILY, "adoption"]
NEVER_A_MOVE = ["trial_home_visit", "absent", "hospital"]
TABLES = ("child", "report", "removal", "placement", "concern")
Numbers = dict[str, tuple[float, float]]
Frames = dict[str, pd.DataFrame]


def read(folder: Path) -> Frames:
    """The tables, with their dates as pandas likes them."""
    found = {}
    for name in TABLES:
        table = pd.read_parquet(folder / f"{name}.parquet")
        for column in table.columns:
            if column.endswith("_date"):
                table[column] = pd.to_datetime(table[column])
        found[name] = table
    return found


def months_after(days: pd.Series, months: int) -> pd.Series:
    """The same day so many months later."""
    return days + pd.DateOffset(months=months)


def half_year(days: pd.Series) -> pd.Series:
    """The federal reporting period of a day."""
    return (days.dt.year * 12 + days.dt.month - 10) // 6


def sound_removals(frames: Frames) -> pd.DataFrame:
    """Removal rows that count, numbered by run of overlapping rows (E1 to E4)."""
    r = frames["removal"]
    r = r[r["entry_date"] < NOW].copy()
    later = r["exit_date"] >= NOW
    r.loc[later, ["exit_date", "exit_reason"]] = [pd.NaT, None]
    r = r[r["exit_date"].notna() | r["exit_reason"].isna()]
    r = r[r["exit_date"].isna() | (r["exit_date"] > r["entry_date"])]
    births = frames["child"][["child_id", "birth_date"]].dropna()
    r = r.merge(births, on="child_id")
    r["adult_on"] = months_after(r["birth_date"], 216)
    r = r[(r["entry_date"] >= r["birth_date"]) & (r["entry_date"] < r["adult_on"])]
    r["end"] = r["exit_date"].fillna(FAR)
    is_open = r["end"] == FAR
    latest = r.groupby("child_id")["entry_date"].transform("max")
    closed = r["entry_date"].where(~is_open)
    latest_closed = closed.groupby(r["child_id"]).transform("max")
    stale = (latest > r["entry_date"]) | (latest_closed >= r["entry_date"])
    r = r[~is_open | ~stale]
    r = r.sort_values(["child_id", "entry_date", "end", "removal_id"])
    reach = r.groupby("child_id")["end"].cummax()
    reach = reach.groupby(r["child_id"]).shift()
    begins = reach.isna() | (r["entry_date"] >= reach)
    r["run"] = begins.groupby(r["child_id"]).cumsum()
    return r


def episodes(removals: pd.DataFrame) -> pd.DataFrame:
    """Runs joined across transfers, ended at eighteen, with the next entry (E5, E7)."""
    keys = ["child_id", "run"]
    runs = removals.groupby(keys).agg(
        entry=("entry_date", "min"), end=("end", "max"), adult_on=("adult_on", "min")
    )
    runs["first_agency"] = removals.groupby(keys)["agency"].first()
    last = removals[removals["end"] == removals.groupby(keys)["end"].transform("max")]
    runs["agency"] = last.groupby(keys)["agency"].first()
    runs["reason"] = last.groupby(keys)["exit_reason"].last()
    runs = runs.reset_index()
    of_child = runs.groupby("child_id")
    touches = runs["entry"] == of_child["end"].shift()
    before = of_child["agency"].shift()
    moved = before.notna() & (runs["first_agency"] != before)
    transferred = of_child["reason"].shift() == "transfer"
    begins = ~(touches & (moved | transferred))
    runs["episode"] = begins.groupby(runs["child_id"]).cumsum()
    found = runs.groupby(["child_id", "episode"]).agg(
        entry=("entry", "min"),
        end=("end", "max"),
        adult_on=("adult_on", "min"),
        first_run=("run", "min"),
        last_run=("run", "max"),
    )
    ends = runs.drop_duplicates(["child_id", "episode"], keep="last")
    reason = ends.set_index(["child_id", "episode"])["reason"]
    found = found.join(reason).reset_index()
    aged = (found["end"] >= found["adult_on"]) & (
        (found["end"] < FAR) | (found["adult_on"] < NOW)
    )
    found["exit"] = found["end"].where(~aged, found["adult_on"])
    found["exit"] = found["exit"].where(found["exit"] < FAR)
    found.loc[aged, "reason"] = "aged_18"
    found["next_entry"] = found.groupby("child_id")["entry"].shift(-1)
    return found


def stays_of(
    care: pd.DataFrame, removals: pd.DataFrame, placement: pd.DataFrame
) -> pd.DataFrame:
    """The placements of some episodes, clipped to them (P5-3)."""
    p = placement[placement["start_date"] < NOW]
    p = p[p["end_date"].isna() | (p["end_date"] >= p["start_date"])]
    rows = care.merge(removals[["child_id", "removal_id", "run"]], on="child_id")
    rows = rows[rows["run"].between(rows["first_run"], rows["last_run"])]
    rows = rows.merge(p.drop(columns="child_id"), on="removal_id")
    known = rows["end_date"].where(rows["end_date"] < NOW).fillna(FAR)
    rows["start"] = np.maximum(rows["start_date"], rows["entry"])
    rows["stop"] = np.minimum(known, rows["exit"].fillna(FAR))
    return rows[rows["start"] < rows["stop"]]


def within(days: pd.Series, start: pd.Series, months: int) -> pd.Series:
    """Whether a day is within so many months of another."""
    return days <= months_after(start, months)


def not_brief(care: pd.DataFrame) -> pd.DataFrame:
    """Without complete stays of fewer than eight days."""
    return care[care["exit"].isna() | ((care["exit"] - care["entry"]).dt.days >= 8)]


def same_period(care: pd.DataFrame, left: pd.Series) -> pd.Series:
    """Whether the child returned in the reporting period of the exit."""
    return half_year(left) == half_year(care["next_entry"])


def share(hits: pd.Series) -> tuple[float, float]:
    """Numerator and denominator."""
    return float(hits.sum()), float(len(hits))


def in_window(days: pd.Series) -> pd.Series:
    """Whether a day lies in the window."""
    return (days >= START) & (days < END)


def permanency_entries(
    care: pd.DataFrame, removals: pd.DataFrame, placement: pd.DataFrame
) -> tuple[float, float]:
    """4-P1."""
    c = not_brief(care[in_window(care["entry"])]).copy()
    home = c[c["reason"] == "reunification"]
    stays = stays_of(home, removals, placement)
    order = ["start", "stop", "placement_id"]
    stays = stays.sort_values(["child_id", "episode", *order], ascending=False)
    keys = ["child_id", "episode"]
    later = stays.groupby(keys)["start"].shift().fillna(stays["exit"])
    broken = ~((stays["setting"] == "trial_home_visit") & (stays["stop"] >= later))
    visits = stays[broken.groupby([stays[k] for k in keys]).cumsum() == 0]
    begun = visits.groupby(keys)["start"].min().rename("begun")
    c = c.merge(begun, on=keys, how="left")
    surplus = ((c["exit"] - c["begun"]).dt.days - 30).clip(lower=0).fillna(0)
    c["left"] = c["exit"] - pd.to_timedelta(surplus, unit="D")
    soon_exit = within(c["exit"], c["entry"], 12)
    soon = within(c["left"], c["entry"], 12)
    c = c[~(soon_exit & c["reason"].isna()) & ~(soon & same_period(c, c["left"]))]
    first = c.sort_values("entry").drop_duplicates("child_id")
    return share(
        within(first["left"], first["entry"], 12) & first["reason"].isin(PERMANENT)
    )


def permanency_in_care(
    care: pd.DataFrame, low: int, high: int | None
) -> tuple[float, float]:
    """4-P2 and 4-P3."""
    c = care[(care["entry"] <= START) & (care["exit"].isna() | (care["exit"] > START))]
    c = c[months_after(c["entry"], low) <= START]
    if high is not None:
        c = c[months_after(c["entry"], high) > START]
    left = c["exit"].notna() & (c["exit"] < END)
    out = left & (c["reason"].isna() | same_period(c, c["exit"]))
    return share((left & c["reason"].isin(PERMANENT))[~out])


def re_entry(care: pd.DataFrame) -> tuple[float, float]:
    """4-P4."""
    c = care[in_window(care["exit"]) & care["reason"].isin(FAMILY)]
    c = c[~same_period(c, c["exit"])]
    first = c.sort_values("exit").drop_duplicates("child_id")
    return share(within(first["next_entry"], first["exit"], 12))


def re_entry_of_entries(care: pd.DataFrame) -> tuple[float, float]:
    """3-P4."""
    c = not_brief(care[in_window(care["entry"])])
    soon = within(c["exit"], c["entry"], 12)
    c = c[~(soon & (c["reason"].isna() | same_period(c, c["exit"])))]
    first = c.sort_values("entry").drop_duplicates("child_id")
    first = first[within(first["exit"], first["entry"], 12)]
    first = first[first["reason"].isin(FAMILY)]
    return share(within(first["next_entry"], first["exit"], 12))


def stability(
    care: pd.DataFrame, removals: pd.DataFrame, placement: pd.DataFrame
) -> tuple[float, float]:
    """4-P5."""
    stays = stays_of(not_brief(care[in_window(care["entry"])]), removals, placement)
    keys = ["child_id", "episode"]
    stays = stays.sort_values([*keys, "start", "stop", "placement_id"])
    cut = stays.assign(stop=stays["stop"].clip(upper=min(END, NOW)))
    cut = cut[cut["start"] < cut["stop"]]
    covered = cut.groupby(keys)["stop"].cummax().groupby([cut[k] for k in keys]).shift()
    begin = np.maximum(cut["start"], covered.fillna(cut["start"]))
    days = (cut["stop"] - begin).dt.days
    homes = stays[~stays["setting"].isin(NEVER_A_MOVE)]
    earlier = homes.groupby(keys)["home_id"].shift()
    moved = (homes.groupby(keys).cumcount() > 0) & ~(homes["home_id"] == earlier)
    moved &= in_window(homes["start"]) & (homes["start"] < NOW)
    return float(moved.sum()), float(days[days > 0].sum())


def victims(frames: Frames) -> pd.DataFrame:
    """Substantiated reports of children under eighteen (V1 to V3)."""
    r = frames["report"]
    r = r[r["screened_in"].eq(True) & r["disposition"].eq("substantiated")]
    r = r[r["report_date"] < NOW]
    r = r.merge(frames["child"][["child_id", "birth_date"]].dropna(), on="child_id")
    adult_on = months_after(r["birth_date"], 216)
    r = r[(r["report_date"] >= r["birth_date"]) & (r["report_date"] < adult_on)].copy()
    r["incident_date"] = r["incident_date"].where(
        ~(r["incident_date"] > r["report_date"])
    )
    return r


def in_care_reports(care: pd.DataFrame, reports: pd.DataFrame) -> tuple[float, float]:
    """4-S1."""
    c = not_brief(care[care["entry"] < END])
    stop = c["exit"].fillna(FAR).clip(upper=min(END, NOW))
    days = (stop - c["entry"].clip(lower=START)).dt.days
    r = reports[in_window(reports["report_date"])]
    r = r.merge(c[["child_id", "entry", "exit"]], on="child_id")
    r["exit"] = r["exit"].fillna(FAR)
    r = r[(r["report_date"] - r["entry"]).dt.days >= 7]
    r = r[r["report_date"] < r["exit"]]
    known = r["incident_date"]
    r = r[known.isna() | ((known >= r["entry"]) & (known < r["exit"]))]
    counted = 0
    for _, dates in r.groupby("child_id")["report_date"]:
        last = None
        for day in sorted(dates):
            if last is None or (day - last).days > 1:
                counted, last = counted + 1, day
    return float(counted), float(days[days > 0].sum())


def recurrence(reports: pd.DataFrame) -> tuple[float, float]:
    """4-S2."""
    first = reports[in_window(reports["report_date"])]
    first = first.sort_values(["report_date", "report_id"]).drop_duplicates("child_id")
    pairs = first.merge(reports, on="child_id", suffixes=("", "_later"))
    gap = (pairs["report_date_later"] - pairs["report_date"]).dt.days
    again = (gap > 14) & within(pairs["report_date_later"], pairs["report_date"], 12)
    again &= ~(pairs["incident_date"] == pairs["incident_date_later"])
    return float(pairs.loc[again, "child_id"].nunique()), float(len(first))


def funnel(frames: Frames) -> Numbers:
    """funnel.*."""
    r = frames["report"]
    r = r[r["allegation"].eq("cse") & in_window(r["report_date"])]
    r = r.drop_duplicates(["report_id", "child_id"])
    screened = r[r["screened_in"].eq(True)]
    disposed = screened[screened["disposition"].notna()]
    found: Numbers = {
        "screened_in": (len(screened), len(r)),
        "screened_out": (r["screened_in"].eq(False).sum(), len(r)),
        "no_disposition": (screened["disposition"].isna().sum(), len(screened)),
        "reports_per_young_person": (len(r), r["child_id"].nunique()),
    }
    for name in ("substantiated", "inconclusive", "unfounded"):
        count = (screened["disposition"] == name).sum()
        found[name] = (count, len(screened))
        found[f"{name}_of_disposed"] = (count, len(disposed))
    found["substantiated_of_reports"] = (found["substantiated"][0], len(r))
    return {f"funnel.{k}": (float(n), float(d)) for k, (n, d) in found.items()}


def curves(frames: Frames) -> Numbers:
    """repeat.km.*: events seen by the horizon, people, and the estimate is drawn."""
    from lifelines import KaplanMeierFitter

    c = frames["concern"][frames["concern"]["kind"] == "confirmed"]
    c = c[c["identified_date"] < NOW].merge(
        frames["child"][["child_id", "birth_date"]], on="child_id"
    )
    c = c[c["birth_date"].isna() | (c["identified_date"] >= c["birth_date"])]
    possible = c["incident_date"] <= c["identified_date"]
    c = c.assign(happened=c["incident_date"].where(possible, c["identified_date"]))
    index = c[in_window(c["identified_date"])]
    index = index.sort_values(["identified_date", "concern_id"])
    index = index.drop_duplicates("child_id")
    found: Numbers = {}
    for suffix in ("", "_to_18"):
        people = index.assign(until=NOW)
        adult_on = months_after(people["birth_date"], 216)
        if suffix:
            people = people[~(people["identified_date"] >= adult_on)]
            last = adult_on[people.index].fillna(FAR)
            people["until"] = np.minimum(people["until"], last)
        pairs = people.merge(
            c[["child_id", "happened"]], on="child_id", suffixes=("_", "")
        )
        after = (pairs["happened"] - pairs["identified_date"]).dt.days > 14
        seen = (pairs["until"] == NOW) | (pairs["happened"] < pairs["until"])
        event = pairs[after & seen].groupby("child_id")["happened"].min()
        event = people["child_id"].map(event)
        times = (event.fillna(people["until"]) - people["identified_date"]).dt.days
        KaplanMeierFitter().fit(times, event.notna())
        for months, days in ((6, 183), (12, 365)):
            seen_by = float((event.notna() & (times <= days)).sum())
            found[f"repeat.km.{months}m{suffix}"] = (seen_by, float(len(people)))
    return found


def every(frames: Frames) -> Numbers:
    """All the measures."""
    removals = sound_removals(frames)
    care = episodes(removals)
    reports, placement = victims(frames), frames["placement"]
    return {
        "4-S1": in_care_reports(care, reports),
        "4-S2": recurrence(reports),
        "4-P1": permanency_entries(care, removals, placement),
        "4-P2": permanency_in_care(care, 12, 24),
        "4-P3": permanency_in_care(care, 24, None),
        "4-P4": re_entry(care),
        "4-P5": stability(care, removals, placement),
        "3-P4": re_entry_of_entries(care),
        **funnel(frames),
        **curves(frames),
    }


def main(folder: str) -> None:
    """Print how long reading and computing took."""
    begun = time.perf_counter()
    frames = read(Path(folder))
    read_at = time.perf_counter()
    results = every(frames)
    done = time.perf_counter()
    times = {"reading": read_at - begun, "measures": done - read_at}
    print(json.dumps({**times, "results": len(results)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
