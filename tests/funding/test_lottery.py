import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from pilotscore.errors import UsageError
from pilotscore.funding.lottery import (
    after_appeal,
    canonical_pool,
    draw,
    key_of,
    lot,
    pool_digest,
    record,
    sealed,
    verify,
)

RFC_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
# RFC 3797, section 6: the digests of its worked example, one a line, in the order of the counter.
RFC_DIGESTS = [
    "990DD0A5692A029A98B5E01AA28F3459",
    "3691E55CB63FCC37914430B2F70B5EC6",
    "FE814EDF564C190AC1D25753979990FA",
    "1863CCACEB568C31D7DDBDF1D4E91387",
    "F4AB33DF4889F0AF29C513905BE1D758",
    "13EAEB529F61ACFB9A29D0BA3A60DE4A",
    "992DB77C382CA2BDB9727001F3CDCCD9",
    "63AB4258ECA922976811C7F55C383CE7",
    "DFBC5AC97CED01B3A6E348E3CC63F40D",
    "31CB111C4A4EBE9287CEAE16FE51B909",
    "07FA46C122F164C215BBC72793B189A3",
    "AC52F8D75CCBE2E61AFEB3387637D501",
    "53306F73E14FC0B2FBF434218D25948E",
    "B5D1403501A81F9A47318BE7893B347C",
    "85B10B356AA06663EF1B1B407765100A",
    "3269E6CE559ABD57E2BA6AAB495EB9BD",
]


def test_worked_example_of_rfc_3797():
    """Section 6: a pool of 25, ten drawn with MD5: 17 7 2 16 25 23 8 24 19 13."""
    key = key_of(["9319", ["2", "5", "12", "8", "10"], ["9", "18", "26", "34", "41", "45"]])
    assert key == RFC_KEY
    made = draw([str(i) for i in range(1, 26)], key, 16, "md5")
    assert [step.digest for step in made.steps] == RFC_DIGESTS
    assert " ".join(made.order[:10]) == "17 7 2 16 25 23 8 24 19 13"
    assert made.order[10] == "22"


def test_a_lot_of_sha256_as_the_shell_would_have_it():
    text = b"\x01\x02" + RFC_KEY.encode() + b"\x01\x02"
    assert lot(RFC_KEY, 0x102).lower() == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        (["3456.780"], "3456.78/"),
        (["007"], "7./"),
        (["0.50", "0"], "0.5/0./"),
        ([["10", "9", "1.5"]], "1.5" + "9.10./"),
        (["1e2"], "100./"),
    ],
)
def test_keys_are_canonical(sources, key):
    assert key_of(sources) == key


@pytest.mark.parametrize("sources", [[], ["ABC"], ["-1"], [[]], ["nan"], ["inf"]])
def test_values_that_are_no_numbers_are_refused(sources):
    with pytest.raises(UsageError):
        key_of(sources)


@pytest.mark.slow
@given(st.permutations([f"P-{i}" for i in range(1, 13)]))
def test_the_order_of_rows_never_matters(rows):
    assert draw(rows, RFC_KEY) == draw([f"P-{i}" for i in range(12, 0, -1)], RFC_KEY)


def test_ids_that_differ_in_leading_zeros_have_one_order():
    assert canonical_pool(["P-1", "P-01"]) == canonical_pool(["P-01", "P-1"])


@pytest.mark.parametrize(("ids", "number"), [(["a", "a"], 1), (["a", "b"], 3), (["a"], -1)])
def test_a_pool_that_cannot_be_drawn_from(ids, number):
    with pytest.raises(UsageError):
        draw(ids, RFC_KEY, number)


@pytest.mark.slow
def test_more_lots_than_the_counter_has_are_refused():
    with pytest.raises(UsageError):
        draw([str(i) for i in range(65_537)], RFC_KEY)


@pytest.mark.slow
def test_the_draw_is_uniform():
    """Chi square over 20,000 keys: the first, third and last of seven drawn, and pairs of them."""
    ids = [f"P-{i}" for i in range(7)]
    orders = np.array(
        [
            [ids.index(name) for name in draw(ids, key_of([str(value)])).order]
            for value in range(20_000)
        ]
    )
    for column in (0, 2, 6):
        counts = np.bincount(orders[:, column], minlength=7)
        assert statistic(counts) < chi2.ppf(0.999, 6)
    pairs = np.bincount(orders[:, 0] * 7 + orders[:, 1], minlength=49)
    assert statistic(pairs[pairs > 0]) < chi2.ppf(0.999, 41)
    assert (pairs > 0).sum() == 42
    # A draw that favours one of them must not pass.
    favoured = np.bincount(np.minimum(orders[:, 0], 5), minlength=7)
    assert statistic(favoured) > chi2.ppf(0.999, 6)


def statistic(counts):
    expected = counts.sum() / len(counts)
    return float(((counts - expected) ** 2 / expected).sum())


def test_a_record_is_verified_and_a_forged_one_is_not():
    made = draw(["P-10", "P-2", "成果 3"], RFC_KEY, 2)
    lines = record(made)
    assert verify(lines) == made
    assert f"pool-sha256 {pool_digest(made.pool)}" in lines
    forged = [line.replace(made.order[0], "P-9") if "lot 0" in line else line for line in lines]
    for wrong in (forged, [line for line in lines if "pool 1 " not in line], lines[:4], []):
        with pytest.raises(UsageError):
            verify(wrong)
    with pytest.raises(UsageError):
        verify([*lines, "lot 9 AB"])


OF = {
    "call": "c 1",
    "as-of": "2026-11-30",
    "source": "no. 7",
    "zone": "0.05 0.95",
    "draws": "200",
    "seed": "1",
}


def whole_record() -> tuple[str, ...]:
    return sealed(("# a head", *record(draw(["P-1", "P-2", "P-3"], RFC_KEY), OF)))


def test_a_sealed_record_is_bound_to_its_call_source_pool_and_key():
    lines = whole_record()
    asked = {**OF, "key": RFC_KEY, "pool-sha256": pool_digest(("P-1", "P-2", "P-3"))}
    assert verify(lines, asked, everyone=True).order == draw(["P-1", "P-2", "P-3"], RFC_KEY).order
    for word in (*OF, "key", "pool-sha256"):
        with pytest.raises(UsageError):
            verify(lines, {**asked, word: "other"}, everyone=True)


@pytest.mark.parametrize(
    "edited",
    ["# a head", "call c 1", "source no. 7", "zone 0.05", "lots 3", "pool 2 P-2", "seed 1"],
)
def test_no_line_of_a_sealed_record_may_be_edited(edited):
    lines = [line.replace(edited, edited[:-1] + "8") for line in whole_record()]
    assert lines != list(whole_record())
    with pytest.raises(UsageError):
        verify(lines, everyone=True)
    with pytest.raises(UsageError):  # sealed anew it is still not that of the call
        verify(sealed(lines[:-1]), OF, everyone=True) if edited != "# a head" else verify(
            lines[:-1], OF
        )


def test_every_lot_must_be_there():
    lines = record(draw([f"P-{k}" for k in range(17)], RFC_KEY))
    for gone in (1, 8, 16):
        cut = lines[:-gone]
        with pytest.raises(UsageError):
            verify(cut)
        fewer = [x.replace("lots 17", f"lots {17 - gone}") for x in cut]
        with pytest.raises(UsageError):
            verify(fewer, everyone=True)
        with pytest.raises(UsageError):  # a record of an earlier version does not say how many
            verify([x for x in cut if not x.startswith("lots ")])
    assert verify([x for x in lines if not x.startswith("lots ")])


@pytest.mark.slow
@given(
    st.sets(st.integers(1, 40), min_size=1, max_size=12),
    st.sets(st.integers(1, 40), max_size=12),
    st.sets(st.integers(1, 40), max_size=12),
)
def test_after_an_appeal_the_others_stand_as_they_were_drawn(pool, second, third):
    ids, later, last = ([f"P-{k}" for k in sorted(part)] for part in (pool, second, third))
    drawn = draw(ids, "7./")
    assert after_appeal(drawn, ids) == drawn
    after = after_appeal(drawn, later)
    again = after_appeal(after, last)
    for before, now, of in ((drawn, after, later), (after, again, last)):
        assert sorted(now.order) == sorted(of)
        assert (now.pool, now.steps) == (drawn.pool, drawn.steps)
        kept = [name for name in before.order if name in of]
        # Who has a lot of the draw, and left and came back, has that lot.
        back = {s.drawn for s in drawn.steps} - set(before.order)
        assert [name for name in now.order if name in kept and name not in back] == [
            name for name in kept if name not in back
        ]
    assert verify(record(again)) == again


@pytest.mark.slow
def test_who_joins_after_an_appeal_has_every_place_as_likely():
    counts = [0] * 5
    for k in range(5000):
        drawn = draw(["P-1", "P-2", "P-3", "P-4"], f"{k}./")
        counts[after_appeal(drawn, [*drawn.pool, "P-9"]).order.index("P-9")] += 1
    expected = 1000
    assert sum((x - expected) ** 2 / expected for x in counts) < 18.47  # chi-square, 4, 0.1 %
