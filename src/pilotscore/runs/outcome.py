"""Everything that one run found, as the renderers take it, and the manifest to recompute it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pilotscore.criteria import CriteriaSet, Policy, Source
from pilotscore.findings import Finding
from pilotscore.funding import FundingPlan
from pilotscore.index import Assessment
from pilotscore.language import LISTED, Text, Words, join
from pilotscore.ranking import Ranking
from pilotscore.records import dataclass
from pilotscore.workbook import BookRead, Submission

PLACEHOLDER_AMOUNTS = Text(
    "注意：政策“{policy}”中的金额是示例，须由资助方改定后才能使用。",
    "Note: the amounts in the policy “{policy}” are placeholders; a funder must set them before "
    "use.",
)
PROFILE = Text(
    "注意：维度权重取自方案“{profile}”，与用其他权重得到的指数、名次不可比。",
    "Note: the dimensions have the weights of the profile “{profile}”: index and ranks do not "
    "compare "
    "with those under other weights.",
)
BATCH_RELATIVE = Text(
    "注意：{methods} 依赖同批次的其他成果，增减任何一项都会改变其得分与名次；指数与等级不受影响。",
    "Note: {methods} is batch-relative: its scores and ranks change when any other result comes or "
    "goes; the index and grades do not.",
)
ORDER_BATCH_RELATIVE = Text(
    "本次排名按 {methods} 排序，因此名次取决于同批次的其他成果。",
    "This ranking is ordered by {methods}, so the ranks depend on the other results in the batch.",
)


def digest_of(manifest: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a manifest: of its JSON with keys in order and no blanks."""
    plain = json.dumps(manifest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What it takes to recompute an output: inputs, criteria, policy, versions, options.

    No time of day and no machine's name: the same inputs give the same bytes.
    """

    version: str
    as_of: str
    criteria: tuple[str, str, Source]
    policy: tuple[str, str, Source] | None
    inputs: tuple[BookRead, ...]
    options: Mapping[str, str]
    libraries: Mapping[str, str]
    rules: tuple[Source, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""

        def described(part: tuple[str, str, Source]) -> dict[str, Any]:
            bases = [{"file": b.name, "sha256": b.sha256} for b in part[2].bases]
            return {
                "id": part[0],
                "version": part[1],
                "file": part[2].name,
                "sha256": part[2].sha256,
                **({"extends": bases} if bases else {}),
            }

        return {
            "pilotscore": self.version,
            "as_of": self.as_of,
            "criteria": described(self.criteria),
            "policy": described(self.policy) if self.policy else None,
            "inputs": [
                {"file": b.name, "sha256": b.sha256, "results": b.results} for b in self.inputs
            ],
            **({"rules": rules} if (rules := self._rules()) else {}),
            "options": dict(self.options),
            "libraries": dict(self.libraries),
        }

    @property
    def digest(self) -> str:
        """Its digest."""
        return digest_of(self.to_dict())

    def _rules(self) -> list[dict[str, str]]:
        """Return the files of rules of law that sheets of rights were held against."""
        return [{"file": r.name, "sha256": r.sha256} for r in self.rules]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One run from workbooks to recommendations."""

    submission: Submission
    assessment: Assessment
    ranking: Ranking
    plan: FundingPlan
    manifest: Manifest
    findings: tuple[Finding, ...]

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria set that was used."""
        return self.assessment.criteria

    @property
    def policy(self) -> Policy:
        """The policy that was used."""
        return self.plan.policy

    def __len__(self) -> int:
        return len(self.assessment)

    @property
    def has_rights(self) -> bool:
        """Whether sheets of rights say anything of its results."""
        return self.assessment.measurements.rights is not None

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that block."""
        return tuple(f for f in self.findings if f.severity == "error")

    def notes(self, *, of_money: bool = True) -> list[Words]:
        """Return what every output of this run must say; ``of_money`` where amounts are shown."""
        notes: list[Words] = []
        if of_money and self.policy.placeholder_amounts:
            notes.append(PLACEHOLDER_AMOUNTS.of(policy=self.policy.title))
        name = self.manifest.options.get("profile")
        if name is not None:
            profile = next(p for p in self.criteria.profiles if p.id == name)
            notes.append(PROFILE.of(profile=profile.title))
        relative = [m.method for m in self.ranking.methods.values() if m.batch_relative]
        if relative:
            notes.append(BATCH_RELATIVE.of(methods=join((m.title for m in relative), LISTED)))
        ordering = [m.title for m in relative if m.id in self.criteria.order]
        if ordering:
            notes.append(ORDER_BATCH_RELATIVE.of(methods=join(ordering, LISTED)))
        return notes
