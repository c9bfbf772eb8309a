from __future__ import annotations

import datetime
import json

from pilotscore.runs.rights_manifest import RuleFile, manifest_of


def test_a_manifest_has_inputs_and_rules_with_their_hashes_and_no_clock():
    rules = [RuleFile("periods.yaml", "a" * 64, "2026-11-30"), RuleFile("own.yaml", "b" * 64)]
    day = datetime.date(2026, 11, 30)
    one, two = (manifest_of(day, rules, {"x.xlsx": "c" * 64}, {"due": "90d"}) for _ in range(2))
    assert one == two
    found = json.loads(json.dumps(one.to_dict()))
    assert found["as_of"] == "2026-11-30"
    assert found["rules"] == [
        {"file": "periods.yaml", "sha256": "a" * 64, "as_of": "2026-11-30"},
        {"file": "own.yaml", "sha256": "b" * 64},
    ]
    assert found["inputs"] == [{"file": "x.xlsx", "sha256": "c" * 64}]
    assert found["options"] == {"due": "90d"}
