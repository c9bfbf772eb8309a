import numpy as np
import pytest

from pilotscore.funding.core import CoreIndex, Standing


def test_standings():
    found = CoreIndex(np.array([100, 96, 50, 5, 0]), 100)
    assert found.standing().tolist() == [1, 1, 0, -1, -1]
    assert found.standing(1.0, 0.0).tolist() == [1, 0, 0, 0, -1]
    assert Standing(int(found.standing()[0])) is Standing.CORE
    with pytest.raises(ValueError, match="borderline"):
        found.standing(0.1, 0.9)
