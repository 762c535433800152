"""What is suggested for a register stays as good as it is."""

from __future__ import annotations

from tests.accuracy.suggestions import own


def test_of_our_two_transcripts_nearly_every_person_is_suggested_and_nobody_else() -> None:
    score = own()
    assert score.wrong == 0
    assert score.found >= 37
    assert score.pure == score.right
