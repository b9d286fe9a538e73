from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from feedback.answers import parse_answers
from feedback.instrument import Instrument
from feedback.pack_loader import load_pack
from feedback.reading import parse_self_rating
from feedback.scorecard import missing
from realtime.simulated.answers import scorecard_steps, self_rating
from realtime.simulated.cast import BadCast, Member, cast_of, read_cast

IT = load_pack("it_v1")
SERVED = json.loads(TypeAdapter(Instrument).dump_json(IT))


@given(st.uuids())
def test_every_step_of_a_scorecard_can_be_saved_and_the_last_one_sent(meeting: object) -> None:
    steps = [parse_answers(step, IT) for step in scorecard_steps(SERVED, seed=str(meeting))]

    assert len(set(map(repr, steps))) == len(steps)
    assert [one.code for one in missing(steps[-1], IT) if one.required] == []


def test_scorecards_differ_between_meetings_and_not_between_tries() -> None:
    ends = [json.dumps(scorecard_steps(SERVED, seed=str(number))[-1]) for number in range(40)]

    assert ends == [json.dumps(scorecard_steps(SERVED, seed=str(number))[-1]) for number in range(40)]
    assert len(set(ends)) > 30


@given(st.uuids())
def test_a_self_rating_is_one_that_the_instrument_knows(feedback: object) -> None:
    ratings = self_rating(SERVED, seed=str(feedback))

    assert set(ratings) == {item["code"] for item in SERVED["items"]}
    parse_self_rating(ratings, IT)


def test_a_cast_is_read_line_by_line() -> None:
    lines = [
        '{"kind": "seeker", "join_token": "a", "pace": 0.5, "name": "Bo"}',
        "",
        '{"kind": "recruiter", "sign_in_token": "b", "desk_id": "d", "desk_ids": ["e"], "talk_s": 60, "media": false}',
    ]

    seeker, recruiter = read_cast(lines)

    assert (seeker.join_token, seeker.manner.pace, seeker.manner.media) == ("a", 0.5, True)
    assert (recruiter.desks, recruiter.manner.talk_s, recruiter.manner.media) == (["d", "e"], 60, False)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: Expecting property name"),
        ("[]", "line 2: Input should be"),
        ('{"kind": "seeker"}', "line 2: Value error, a seeker needs a join_token"),
        ('{"kind": "recruiter", "sign_in_token": "b"}', "line 2: Value error, a recruiter needs a sign_in_token"),
        ('{"kind": "ghost"}', "line 2: Input should be"),
        ('{"kind": "seeker", "join_token": "a", "pace": -1}', "line 2: Input should be greater"),
    ],
)
def test_a_line_that_lets_nobody_in_is_named(line: str, said: str) -> None:
    with pytest.raises(BadCast) as refused:
        read_cast(["", line])

    assert str(refused.value).startswith(said)


def test_recruiters_of_a_hired_cast_come_first_so_that_desks_are_open() -> None:
    hired = {
        "seekers": [{"person_id": "1", "name": "Bo", "join_token": "a", "media": True}],
        "recruiters": [
            {"person_id": "2", "name": "Eva", "sign_in_token": "b", "desk_ids": ["d"], "media": False, "talk_s": 75}
        ],
    }

    assert cast_of(hired) == [
        Member(kind="recruiter", name="Eva", person_id="2", sign_in_token="b", desk_ids=["d"], media=False, talk_s=75),
        Member(kind="seeker", name="Bo", person_id="1", join_token="a"),
    ]
