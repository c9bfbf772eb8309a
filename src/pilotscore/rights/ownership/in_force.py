"""Which core right of a result was not in force on a day, from the states of IP rights."""

from __future__ import annotations

import numpy as np

from pilotscore.rights.ip.states import IpStates
from pilotscore.rights.ownership.company_checks import NotInForce
from pilotscore.rights.ownership.rows import codes_of
from pilotscore.workbook.rights.records import Dates, IpColumns, Texts


def not_in_force_by(ip: IpColumns, states: IpStates) -> NotInForce:
    """Return what tells, for results and days, a core right that had ended by then.

    A right that is said to be no core right is passed over, and one that is not granted yet is no
    right that ended. A right ends as of the day on which its fee was due; its term runs through its
    last day.
    """

    def numbers_of_ended(results: Texts, days: Dates) -> Texts:
        place = {result: i for i, result in enumerate(results)}
        at = codes_of(ip.result, place)
        rows = np.flatnonzero((at >= 0) & (ip.flags["core"] != 0))
        day = days[at[rows]]
        over = (states.ended[rows] <= day) | (states.expires[rows] < day)
        numbers = np.full(len(results), "", object)
        for row in rows[over][::-1]:
            numbers[at[row]] = ip.number[row] or ip.title[row] or str(ip.at.place(int(row)))
        return numbers

    return numbers_of_ended
