"""What a competent analyst would write for one workbook: pandas, openpyxl, scikit-criteria.

    python plain_script.py in.xlsx out.xlsx criteria.yaml policy.yaml

Column by column, no loop over rows. It knows the workbook (the header is in the second row, a
column of evidence stands to the right of each indicator, every cell is filled) and this criteria
set (its gates are written out below), trusts every cell, and reports no findings. ``--reader``,
``--writer`` and ``--index`` swap in faster libraries. Prints where its time went, as JSON.
"""

import argparse
import importlib
import json
import time

START = time.perf_counter()

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import yaml  # noqa: E402

PAUSE = "暂缓"
REFUSED = "不予立项"
WITHHELD = "—"
SEPARATOR = "；"


def load(path):
    """Read a YAML file with the C loader; yes and no stay words."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        pass

    Loader.yaml_implicit_resolvers = {
        k: [r for r in v if r[0] != "tag:yaml.org,2002:bool" or k in "tf"]
        for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123 - a plain script
        return yaml.load(stream, Loader)


def value_scores(raw, indicator):
    """Score one column, 0 to 100."""
    if "table" in indicator:
        return raw.map({c["title"]["zh"]: c["value"] for c in indicator["table"]}).to_numpy(float)
    x, y = np.array(indicator["points"], dtype=float).T
    values = raw.to_numpy(float)
    if indicator.get("axis") == "log":
        x, values = np.log(x), np.log(values)
    return np.interp(values, x, y)


def evidence_caps(grades, indicator):
    """Return the cap of each grade of evidence for one indicator."""
    key = "cap_required" if indicator.get("required") else "cap"
    return {g["id"]: g.get(key, g["cap"]) for g in grades}


def closed_gates(raw, evidence_share, unproven):
    """Evaluate the gates, written out by hand: id, and for which results it is closed."""
    today = pd.Timestamp.today().normalize()
    complex_process = (
        (raw["new_process_steps"] > 4)
        | (raw["has_recycle"] == "是")
        | (raw["solids_handling"] == "是")
    )
    hazardous = raw["domain"].isin(["化工", "生物医药", "生物制造"])
    return {
        "integrity": raw["integrity_breach"] == "是",
        "major_accident": raw["major_accident_3y"] == "是",
        "negative_list": raw["negative_list"] == "是",
        "ownership_dispute": raw["ownership_status"] == "存在争议",
        "ownership_unclear": raw["ownership_status"] == "不清晰",
        "not_pilot_ready": raw["trl_level"] < 4,
        "red_risk": raw["residual_risk_level"] == 4,
        "no_hazard_study": hazardous & (raw["safety_assessment"] == "未开展"),
        "eia_missing": raw["eia_status"] == "应办未办",
        "limit_exceeded": raw["emission_attainment"] < 95,
        "stability_unproven": (raw["continuous_run_hours"] < 72) & (raw["conforming_batches"] < 3),
        "complex_process": complex_process & (raw["continuous_run_hours"] < 500),
        "fto_blocking": raw["fto_status"] == "存在障碍专利",
        "evidence_insufficient": (evidence_share < 0.6) | (unproven > 0),
        "permit_expired": raw["pilot_permit_end"] < today,
        "panel_invalid": raw["valid_experts"] < 5,
    }


def joined(parts):
    """Join columns of texts, leaving out empty ones."""
    text = pd.Series("", index=range(len(parts[0])), dtype=object)
    for part in parts:
        part = pd.Series(part, dtype=object)
        both = (text != "") & (part != "")
        text = text + np.where(both, SEPARATOR, "") + part
    return text


def grade_places(criteria, index, dimensions, raw):
    """Return the best grade whose thresholds and floors all hold: 0 is the best."""
    names = [d["id"] for d in criteria["dimensions"]]
    place = np.full(len(index), len(criteria["grades"]) - 1)
    for p in range(len(criteria["grades"]) - 1, -1, -1):
        grade = criteria["grades"][p]
        met = index >= grade.get("index", 0) - 1e-9
        for k, name in enumerate(names):
            floor = max(grade.get("every_dimension", 0), grade.get("dimensions", {}).get(name, 0))
            met &= dimensions[:, k] >= floor - 1e-9
        for name, level in grade.get("levels", {}).items():
            met &= raw[name].to_numpy() >= level
        place = np.where(met, p, place)
    return place


def shortfalls(criteria, place, index, dimensions, raw):
    """Say what keeps each result from the next grade."""
    target = np.maximum(place - 1, 0)
    below = place > 0

    def needs(figures, wanted, title):
        wanted = np.array(wanted, dtype=float)[target]
        told = (
            f"{title} "
            + pd.Series(figures).round(1).astype(str)
            + "，要求 "
            + pd.Series(wanted).astype(str)
        )
        return np.where(below & (figures < wanted), told, "")

    grades = criteria["grades"]
    parts = [needs(index, [g.get("index", 0) for g in grades], "指数")]
    for k, d in enumerate(criteria["dimensions"]):
        floors = [
            max(g.get("every_dimension", 0), g.get("dimensions", {}).get(d["id"], 0))
            for g in grades
        ]
        parts.append(needs(dimensions[:, k], floors, d["title"]["zh"]))
    for name in ("trl_level", "mrl_level"):
        levels = [g.get("levels", {}).get(name, 0) for g in grades]
        parts.append(needs(raw[name].to_numpy(float), levels, name))
    return joined(parts)


def consequences(policy, grade, hold, refuse, raw):
    """Return the columns of the recommendation: by the grade, or by the gate that stops it."""
    kinds = policy["grades"] | {PAUSE: policy["held"], REFUSED: policy["refused"]}
    kind = pd.Series(np.select([refuse, hold], [REFUSED, PAUSE], grade))
    support = {k: SEPARATOR.join(s["zh"] for s in c["support"]) for k, c in kinds.items()}
    transfer = {k: SEPARATOR.join(t["zh"] for t in c.get("transfer", [])) for k, c in kinds.items()}
    low = pd.Series(np.nan, index=kind.index)
    high = low.copy()
    funding = pd.Series("", index=kind.index, dtype=object)
    for name, consequence in kinds.items():
        for offer in consequence.get("instruments", []):
            open_to = kind == name
            if "when" in offer:  # one condition occurs: the agreement is signed
                open_to &= raw["ownership_status"] == "已签权属协议"
            text = pd.Series(offer["title"]["zh"], index=kind.index, dtype=object)
            if "range" in offer:
                most = np.minimum(offer["range"][1], raw[policy["requested"]])
                if "cost_share" in offer:
                    most = np.minimum(most, offer["cost_share"] * raw[policy["cost"]])
                open_to &= most >= offer["range"][0]
                low = low.mask(open_to, offer["range"][0])
                high = high.mask(open_to, most)
                text = f"{offer['title']['zh']} {offer['range'][0]}–" + most.astype(str) + " 万元"
            funding = joined([funding, text.where(open_to, "")])
    return {
        "建议": kind.map({k: c["approval"]["title"]["zh"] for k, c in kinds.items()}),
        "资金": funding.mask(funding == "", "无资金安排"),
        "金额下限": low,
        "金额上限": high,
        "政策支持": kind.map(support),
        "转化方式": kind.map(transfer),
    }


def weighted_sum(capped, overall, ids, names, method):
    """Return the index: the weighted sum model on the 0-100 values."""
    if method == "numpy":
        return capped @ overall
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    matrix = mkdm(capped, [max] * len(names), weights=overall, alternatives=ids, criteria=names)
    return WeightedSumModel().evaluate(matrix).e_.score


def score(frame, criteria, policy, method):
    """Return the ranking, the scores of the indicators and the criteria as data frames."""
    indicators = [i for d in criteria["dimensions"] for i in d["indicators"]]
    grades = criteria["evidence"]["grades"]
    places = [_column(frame, i) for i in indicators]
    facts = {f["id"]: frame.iloc[:, _column(frame, f)] for f in criteria["facts"]}
    raw = facts | {i["id"]: frame.iloc[:, p] for i, p in zip(indicators, places, strict=True)}

    plain = np.column_stack([value_scores(raw[i["id"]], i) for i in indicators])
    stated = [frame.iloc[:, p + 1] for p in places]
    caps = [
        e.map(evidence_caps(grades, i)).to_numpy() for e, i in zip(stated, indicators, strict=True)
    ]
    capped = np.minimum(plain, np.column_stack(caps))
    weights = [np.array([i["weight"] for i in d["indicators"]]) for d in criteria["dimensions"]]
    weights = [w / w.sum() for w in weights]
    across = np.array([d["weight"] for d in criteria["dimensions"]], dtype=float)
    across /= across.sum()
    ends = np.cumsum([0, *map(len, weights)])
    dimensions, uncapped = (
        np.column_stack([s[:, a:b] @ w for a, b, w in zip(ends, ends[1:], weights, strict=False)])
        for s in (capped, plain)
    )
    overall = np.concatenate([w * a for w, a in zip(weights, across, strict=True)])
    ids, names = frame["编号"], [i["id"] for i in indicators]
    index = weighted_sum(capped, overall, ids, names, method)

    threshold = [g["id"] for g in grades].index(criteria["evidence"]["threshold"])
    proven = np.column_stack([e.isin([g["id"] for g in grades[threshold:]]) for e in stated])
    required = np.array([i.get("required", False) for i in indicators])
    evidence_share = proven @ overall
    unproven = (required & ~proven).sum(axis=1)

    place = grade_places(criteria, index, dimensions, raw)
    closed = closed_gates(raw, evidence_share, unproven)
    order = [g["id"] for g in criteria["grades"]]
    withheld, hold, refuse = (np.zeros(len(index), dtype=bool) for _ in range(3))
    gate_texts, advice = [], []
    capped_place = place
    for gate in criteria["gates"]:
        shut = np.asarray(closed[gate["id"]])
        withheld |= shut & bool(gate.get("no_grade"))
        hold |= shut & (gate.get("funding") == "hold")
        refuse |= shut & (gate.get("funding") == "refuse")
        if "cap" in gate:
            capped_place = np.where(
                shut, np.maximum(capped_place, order.index(gate["cap"])), capped_place
            )
        gate_texts.append(np.where(shut, gate["title"]["zh"], ""))
        advice.append(np.where(shut, gate["advice"]["zh"], ""))
    grade = pd.Series(np.array(order)[capped_place]).mask(withheld, WITHHELD)
    titles = {g["id"]: g["title"]["zh"] for g in criteria["grades"]} | {WITHHELD: "暂不评级"}

    # Grade first, then the index to nine decimals; a withheld grade has no rank.
    key = pd.Series(capped_place * 1000 - np.round(index, 9)).mask(withheld)
    with np.errstate(divide="ignore"):
        geometric = np.exp(np.log(dimensions) @ across)
    ranking = pd.DataFrame(
        {
            "名次": key.rank(method="min"),
            "编号": ids,
            "成果名称": frame["成果名称"],
            "指数": index,
            "等级": grade,
            "等级名称": grade.map(titles),
            **consequences(policy, grade, hold, refuse, raw),
            "原因": joined(
                [*gate_texts, shortfalls(criteria, capped_place, index, dimensions, raw)]
            ),
            "条件": joined(advice),
            **{d["title"]["zh"]: dimensions[:, k] for k, d in enumerate(criteria["dimensions"])},
            "下限": index,
            "上限": index,  # nothing is missing
            "几何平均": geometric,
            "最低维度": dimensions.min(axis=1),
            "不计证据上限": uncapped @ across,
            "完整度": 1.0,
            "证据占比": evidence_share,
        }
    ).sort_values(["名次", "指数"], ascending=[True, False])
    scores = pd.DataFrame(capped, columns=[i["title"]["zh"] for i in indicators])
    scores = pd.concat([ranking[["名次", "编号", "成果名称", "指数"]], scores], axis=1)
    return ranking, scores.loc[ranking.index], criteria_frame(criteria)


def _column(frame, quantity):
    """Return the place of a column by its title; the header of a percentage says so."""
    title = quantity["title"]["zh"]
    return frame.columns.get_loc(title if title in frame.columns else f"{title}（%）")


def criteria_frame(criteria):
    """Return one row for each indicator."""
    return pd.DataFrame(
        [
            {
                "维度": d["title"]["zh"],
                "维度权重": d["weight"],
                "标识": i["id"],
                "指标": i["title"]["zh"],
                "类型": i["type"],
                "单位": i.get("unit", {}).get("zh"),
                "权重": i["weight"],
                "必填": "是" if i.get("required") else "否",
                "评分": "; ".join(f"{x}→{y}" for x, y in i["points"])
                if "points" in i
                else "; ".join(f"{c['title']['zh']}→{c['value']}" for c in i["table"]),
                "证据": i.get("evidence", {}).get("zh"),
                "依据": i.get("source"),
            }
            for d in criteria["dimensions"]
            for i in d["indicators"]
        ]
    )


def main():
    """Read, score, write."""
    parser = argparse.ArgumentParser()
    for name in ("book", "output", "criteria", "policy"):
        parser.add_argument(name)
    parser.add_argument("--reader", default="openpyxl", choices=("openpyxl", "calamine"))
    parser.add_argument("--writer", default="openpyxl", choices=("openpyxl", "xlsxwriter"))
    parser.add_argument("--index", default="skcriteria", choices=("skcriteria", "numpy"))
    args = parser.parse_args()
    # All of these are imported later anyway: here, their time is told apart.
    importlib.import_module("python_calamine" if args.reader == "calamine" else args.reader)
    importlib.import_module(args.writer)
    if args.index == "skcriteria":
        importlib.import_module("skcriteria.agg.simple")
    times = {"imports": time.perf_counter()}
    criteria, policy = load(args.criteria), load(args.policy)
    times["rules"] = time.perf_counter()
    frame = pd.read_excel(args.book, header=1, engine=args.reader)
    times["read"] = time.perf_counter()
    ranking, scores, rules = score(frame, criteria, policy, args.index)
    times["score"] = time.perf_counter()
    with pd.ExcelWriter(args.output, engine=args.writer) as writer:
        ranking.to_excel(writer, sheet_name="排名", index=False)
        scores.to_excel(writer, sheet_name="指标得分", index=False)
        rules.to_excel(writer, sheet_name="指标体系", index=False)
    times["write"] = time.perf_counter()
    before = [START, *times.values()]
    print(json.dumps({k: t - b for (k, t), b in zip(times.items(), before, strict=False)}))


if __name__ == "__main__":
    main()
