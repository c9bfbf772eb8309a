"""Checks of the parties: shares, rights of use, consent, buyers, heads of units, negative list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.language import Text
from pilotscore.rights.ownership import kinds
from pilotscore.rights.ownership.facts import STATE_KINDS, TEAM_KINDS, WHOLE_WITHIN
from pilotscore.rights.ownership.figures import binding, nearest_rule
from pilotscore.rights.ownership.hits import Cells, Hits, Work, hits, row_hits
from pilotscore.rights.ownership.rows import first_where
from pilotscore.workbook.rights.records import EXCLUSIVE, PartyColumns

# What needs the consent of every co-owner; of licences only the exclusive ones.
MODE_TITLES = {
    "own_investment": Text("自行投资实施", "own investment"),
    "transfer": Text("转让", "transfer"),
    "licence": Text("许可", "licence"),
    "joint": Text("合作实施", "joint implementation"),
    "shares": Text("作价投资", "contribution for shares"),
    "other": Text("其他方式", "other mode"),
}
# What a publicity says of a buyer who is related to an inventor.
_MARKS = ("关联", "利害关系", "利益关系", "related", "interested party")
_NEED_CONSENT = ("transfer", "shares")


def party_hits(work: Work) -> Iterator[Hits]:
    """Give what the checks of the parties come upon."""
    yield _negative_list(work)
    parties = work.read.parties
    if parties is None:
        return
    yield _shares(work, parties)
    yield _team_share(work, parties)
    yield _use_rights(work, parties)
    yield from _consents(work, parties)
    yield from _buyers(work, parties)
    yield _heads(work, parties)


def _negative_list(work: Work) -> Hits:
    facts = work.facts
    listed = (facts.flags["on_negative_list"] == 1) & facts.granted
    rule = facts.regimes.pick("negative_list", nearest_rule)
    return hits(kinds.NEGATIVE_LIST, listed, rule, work.of_case("on_negative_list"))


def _shares(work: Work, parties: PartyColumns) -> Hits:
    facts = work.facts
    total = facts.shares
    wrong = ~np.isnan(total) & (np.abs(total - 100) > WHOLE_WITHIN) & ~_only_granted(work, parties)
    first = first_where(facts.results.parties, ~np.isnan(parties.share), len(facts))
    rule = work.rule("CN-shares-100")
    cells = Cells(parties.at, first, "share")
    return hits(kinds.SHARES_NOT_100, wrong, rule, cells, total=np.round(total, 2))


def _team_share(work: Work, parties: PartyColumns) -> Hits:
    """Return results whose inventors hold less than the region asks of what is owned in shares."""
    facts = work.facts
    rule = facts.regimes.pick("team_share", binding)
    least = facts.regimes.figure(rule, "share")
    shared = (facts.team_share > 0) & (facts.flags["publicly_funded"] == 1)
    team = np.isin(parties.kind, TEAM_KINDS) & (parties.share > 0)
    cells = Cells(parties.at, first_where(facts.results.parties, team, len(facts)), "share")
    short = shared & (facts.team_share < least - WHOLE_WITHIN)
    values: dict[str, Any] = {"share": facts.team_share, "least": least}
    return hits(kinds.TEAM_SHARE_SHORT, short, rule, cells, **values)


def _only_granted(work: Work, parties: PartyColumns) -> Bools:
    """Whether a claim of the unit stands instead of what is missing to a hundred."""
    claimed = np.zeros(len(work.facts), bool)
    claimed[work.facts.results.parties[parties.claim > 0]] = True
    under: Bools = claimed & (work.facts.shares < 100)
    return under


def _use_rights(work: Work, parties: PartyColumns) -> Hits:
    facts, at = work.facts, work.facts.results.parties
    rule = facts.regimes.pick("use_right", nearest_rule)
    least = np.array([0 if r.years is None else r.years[0] for r in facts.regimes.rules])[rule]
    short = parties.use_years < least[at]
    values: dict[str, Any] = {"years": parties.use_years, "least": least[at]}
    return row_hits(kinds.USE_RIGHT_SHORT, short, at, rule, parties.at, "use_years", **values)


def _consents(work: Work, parties: PartyColumns) -> Iterator[Hits]:
    facts, at = work.facts, work.facts.results.parties
    needed = (np.isin(facts.mode, _NEED_CONSENT) | _exclusive(work)) & (facts.owners > 1)
    owner = (parties.share > 0) & ~work.facts.taker & needed[at]
    consent = parties.flags["consents"]
    # a unit that decided on it has consented by that
    decided = np.isin(parties.kind, STATE_KINDS) & work.progress.reached["decided"][at]
    signed = work.progress.reached["executed"][at] & ~decided
    mode = [MODE_TITLES.get(m, m) for m in facts.mode[at]]
    values: dict[str, Any] = {"party": parties.party, "mode": mode}
    rule = work.rule("CN-consent")
    refused, unsaid = owner & (consent == 0), owner & (consent == -1) & signed
    yield row_hits(kinds.NO_CONSENT, refused, at, rule, parties.at, "consents", **values)
    yield row_hits(kinds.CONSENT_UNPROVEN, unsaid, at, rule, parties.at, "consents", **values)


def _exclusive(work: Work) -> Bools:
    """Whether each result is licensed so that others are kept out, by its mode or one right."""
    ip, results = work.read.ip, work.facts.results
    stated: Bools = work.facts.flags[EXCLUSIVE] == 1
    if ip is not None:
        for row in np.flatnonzero(ip.flags["exclusive_licence"] == 1):
            if (at := results.place.get(ip.result[row])) is not None:
                stated[at] = True
    exclusive: Bools = stated & (work.facts.mode == "licence")
    return exclusive


def _buyers(work: Work, parties: PartyColumns) -> Iterator[Hits]:
    facts, at = work.facts, work.facts.results.parties
    inventor = np.isin(parties.kind, TEAM_KINDS)
    related = work.facts.taker & (inventor | _named_as(parties, at, inventor))
    declared = parties.flags["related_buyer"] == 1
    unmarked = related & ~declared
    must, may = (facts.regimes.pick("related_buyer", c) for c in (binding, nearest_rule))
    bound = (must >= 0)[at]
    values: dict[str, Any] = {"party": parties.party}
    for kind, mask, rule in (
        (kinds.UNMARKED_BUYER, unmarked & bound, must),
        (kinds.UNMARKED_BUYER_ELSEWHERE, unmarked & ~bound, may),
    ):
        yield row_hits(kind, mask, at, rule, parties.at, "related_buyer", **values)
    unsaid = declared & bound & ~_marked(work)[at] & work.facts.steps["published"].stated[at]
    cells = (parties.at, "related_buyer")
    yield row_hits(kinds.MARK_UNPROVEN, unsaid, at, must, *cells, **values)


def _marked(work: Work) -> Bools:
    """Whether the note or document of a publicity says that the buyer is related."""
    steps, rows = work.read.steps, work.facts.steps["published"].rows
    if steps is None:
        return np.zeros(len(rows), bool)
    said = [steps.note[row] + steps.document[row] if row >= 0 else "" for row in rows]
    return np.array([any(m in text.casefold() for m in _MARKS) for text in said], bool)


def _named_as(parties: PartyColumns, at: Ints, inventor: Bools) -> Bools:
    """Whether a party of the same name is an inventor of the same result."""
    names = {(at[i], parties.party[i]) for i in np.flatnonzero(inventor)}
    return np.array([(r, p) in names for r, p in zip(at, parties.party, strict=True)], bool)


def _heads(work: Work, parties: PartyColumns) -> Hits:
    """Return heads of units who hold a share, or get shares in the distribution."""
    at = work.facts.results.parties
    head = parties.flags["head_of_unit"] == 1
    gets = head & ((parties.share > 0) | _gets_shares(work, parties))
    rule = work.rule("CN-head")
    values: dict[str, Any] = {"party": parties.party}
    return row_hits(kinds.HEAD_OF_UNIT, gets, at, rule, parties.at, "head_of_unit", **values)


def _gets_shares(work: Work, parties: PartyColumns) -> Bools:
    """Whether a distribution names each party as one who gets shares."""
    rows, results = work.read.distributions, work.facts.results
    if rows is None:
        return np.zeros(len(parties), bool)
    of_shares = np.flatnonzero((rows.form == "shares") & (rows.recipient != ""))
    names = {(results.distributions[i], rows.recipient[i]) for i in of_shares}
    pairs = zip(results.parties, parties.party, strict=True)
    return np.array([pair in names for pair in pairs], bool)
