from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.answers import EMPTY, Answers
from feedback.visibility import (
    ANSWERED,
    NOTHING,
    OPENED,
    SEALED,
    SHARED,
    THAT_IT_EXISTS,
    Role,
    ScorecardFacts,
    SharingChoice,
    SharingLedger,
    Viewer,
    Visible,
    sees_places,
    visible,
    visible_answers,
)
from tests.feedback.strategies import NOON, SECOND, drafts
from tests.feedback.visibility_oracle import allowed

SEEKER, OTHER_SEEKER, PERSON = UUID(int=1), UUID(int=2), UUID(int=3)
EMPLOYER, OTHER_EMPLOYER, AGENCY = UUID(int=11), UUID(int=12), UUID(int=13)
EVENT, OTHER_EVENT = UUID(int=21), UUID(int=22)

# Each viewer also has what others have elsewhere: a tie that does not go with the role must open nothing.
VIEWERS = {
    "the seeker": [Viewer(Role.SEEKER, SEEKER), Viewer(Role.SEEKER, SEEKER, OTHER_EMPLOYER)],
    "another seeker": [
        Viewer(Role.SEEKER, OTHER_SEEKER),
        Viewer(Role.SEEKER, OTHER_SEEKER, EMPLOYER, frozenset({SEEKER}), frozenset({EVENT})),
    ],
    "the employer": [Viewer(Role.RECRUITER, PERSON, EMPLOYER)],
    "another employer": [
        Viewer(Role.RECRUITER, PERSON, OTHER_EMPLOYER, frozenset({SEEKER}), frozenset({EVENT})),
        Viewer(Role.RECRUITER, SEEKER),
    ],
    "staff of the event": [Viewer(Role.STAFF, PERSON, AGENCY, event_ids=frozenset({EVENT}))],
    "staff of another event": [
        Viewer(Role.STAFF, SEEKER, EMPLOYER, frozenset({SEEKER}), frozenset({OTHER_EVENT})),
        Viewer(Role.STAFF, PERSON),
    ],
    "the seeker's case worker": [Viewer(Role.CASE_WORKER, PERSON, AGENCY, frozenset({SEEKER, OTHER_SEEKER}))],
    "another's case worker": [
        Viewer(Role.CASE_WORKER, SEEKER, EMPLOYER, frozenset({OTHER_SEEKER}), frozenset({EVENT})),
        Viewer(Role.CASE_WORKER, PERSON),
    ],
    "an administrator": [Viewer(Role.ADMIN, SEEKER, EMPLOYER, frozenset({SEEKER}), frozenset({EVENT}))],
    "a companion": [Viewer(Role.COMPANION, SEEKER, EMPLOYER, frozenset({SEEKER}), frozenset({EVENT}))],
}
PAIRS = [(who, viewer) for who, viewers in VIEWERS.items() for viewer in viewers]

HOUR = 3600
instants = st.integers(0, HOUR).map(lambda seconds: NOON + seconds * SECOND)


@dataclass(frozen=True, slots=True)
class History:
    """What happened around one scorecard: release, opening, and the seeker's choices."""

    facts: ScorecardFacts
    sharing: SharingLedger


@st.composite
def histories(draw: st.DrawFn) -> History:
    released_at = draw(st.none() | instants)
    opened_at = None
    if released_at is not None:
        wait = draw(st.none() | st.integers(0, HOUR))
        opened_at = None if wait is None else released_at + wait * SECOND
    sharing = SharingLedger()
    for chosen_at in sorted(draw(st.lists(instants, max_size=6))):
        sharing = sharing.with_choice(SharingChoice(chosen_at, draw(st.booleans())))
    return History(ScorecardFacts(SEEKER, EMPLOYER, EVENT, released_at, opened_at), sharing)


def standing(facts: ScorecardFacts, now: datetime) -> str:
    if facts.released_at is None or now < facts.released_at:
        return "unreleased"
    return "sealed" if facts.opened_at is None or now < facts.opened_at else "opened"


def last_choice(sharing: SharingLedger, now: datetime) -> str:
    choice = "not asked"
    for made in sharing.choices:
        if made.chosen_at <= now:
            choice = "yes" if made.shares else "no"
    return choice


def shown_fields(shown: Visible) -> set[str]:
    return {name for name, is_shown in asdict(shown).items() if is_shown}


@settings(max_examples=500)
@given(history=histories(), now=instants, pair=st.sampled_from(PAIRS), statement_shared=st.booleans())
def test_nobody_sees_more_or_less_than_the_oracle_says(
    history: History, now: datetime, pair: tuple[str, Viewer], statement_shared: bool
) -> None:
    who, viewer = pair

    shown = visible(history.facts, viewer=viewer, sharing=history.sharing, statement_shared=statement_shared, now=now)

    choice = last_choice(history.sharing, now)
    assert shown_fields(shown) == allowed(who, standing(history.facts, now), choice, statement_shared)


@given(history=histories(), now=instants, pair=st.sampled_from(PAIRS))
def test_nobody_outside_the_employer_sees_content_before_the_seeker_could(
    history: History, now: datetime, pair: tuple[str, Viewer]
) -> None:
    who, viewer = pair
    released_at = history.facts.released_at

    shown = visible(history.facts, viewer=viewer, sharing=history.sharing, statement_shared=True, now=now)

    if who != "the employer" and (released_at is None or now < released_at):
        assert shown in (NOTHING, THAT_IT_EXISTS)


@given(history=histories(), now=instants)
def test_a_withdrawn_choice_hides_everything_at_once(history: History, now: datetime) -> None:
    earlier = SharingLedger(tuple(choice for choice in history.sharing.choices if choice.chosen_at <= now))
    withdrawn = earlier.with_choice(SharingChoice(now, False))
    case_worker = VIEWERS["the seeker's case worker"][0]

    shown = visible(history.facts, viewer=case_worker, sharing=withdrawn, statement_shared=True, now=now)

    assert shown == NOTHING


def test_the_oracle_looks_at_something_that_can_be_seen() -> None:
    facts = ScorecardFacts(SEEKER, EMPLOYER, EVENT, NOON, NOON + SECOND)
    sharing = SharingLedger((SharingChoice(NOON, True),))

    seen = {
        who: visible(facts, viewer=viewers[0], sharing=sharing, statement_shared=False, now=NOON + SECOND)
        for who, viewers in VIEWERS.items()
    }

    assert seen == {
        "the seeker": OPENED,
        "another seeker": NOTHING,
        "the employer": ANSWERED,
        "another employer": NOTHING,
        "staff of the event": THAT_IT_EXISTS,
        "staff of another event": NOTHING,
        "the seeker's case worker": SHARED,
        "another's case worker": NOTHING,
        "an administrator": NOTHING,
        "a companion": NOTHING,
    }


def test_the_case_worker_sees_at_the_very_instant_the_seeker_can() -> None:
    facts = ScorecardFacts(SEEKER, EMPLOYER, EVENT, NOON)
    sharing = SharingLedger((SharingChoice(NOON - SECOND, True),))
    before, at = NOON - timedelta(microseconds=1), NOON

    def seen(who: str, now: datetime) -> Visible:
        return visible(facts, viewer=VIEWERS[who][0], sharing=sharing, statement_shared=False, now=now)

    assert [seen(who, before) for who in ("the seeker", "the seeker's case worker")] == [NOTHING, NOTHING]
    assert [seen(who, at) for who in ("the seeker", "the seeker's case worker")] == [SEALED, SHARED]


def test_the_ledger_only_grows_and_knows_what_held_when() -> None:
    yes, no = SharingChoice(NOON, True), SharingChoice(NOON + 2 * SECOND, False)
    ledger = SharingLedger().with_choice(yes).with_choice(no)

    assert ledger.choices == (yes, no)
    assert [ledger.at(NOON + seconds * SECOND) for seconds in (-1, 0, 1, 2)] == [None, yes, yes, no]
    assert [ledger.shares_at(NOON + seconds * SECOND) for seconds in (-1, 0, 1, 2)] == [False, True, True, False]
    with pytest.raises(ValueError, match="order"):
        ledger.with_choice(SharingChoice(NOON + SECOND, True))


def test_of_two_choices_at_the_same_instant_the_later_added_holds() -> None:
    ledger = SharingLedger((SharingChoice(NOON, True), SharingChoice(NOON, False)))

    assert not ledger.shares_at(NOON)


@given(drafts())
def test_answers_hold_only_what_is_shown(answers: Answers) -> None:
    assert visible_answers(answers, OPENED) == answers
    assert visible_answers(answers, SEALED) == EMPTY
    assert visible_answers(answers, THAT_IT_EXISTS) == EMPTY
    assert visible_answers(answers, SHARED) == replace(answers, worked_statement="")
    assert visible_answers(answers, replace(NOTHING, ratings=True)) == Answers(ratings=answers.ratings)
    assert visible_answers(answers, replace(NOTHING, chips=True)) == Answers(
        worked=answers.worked, do_next=answers.do_next
    )


def test_everything_is_hidden_unless_said_otherwise() -> None:
    assert shown_fields(Visible()) == set()
    assert shown_fields(OPENED) == {field.name for field in fields(Visible)}


def test_facts_cannot_be_built_wrong() -> None:
    naive = datetime(2026, 11, 24)  # noqa: DTZ001
    with pytest.raises(ValueError, match="after its release"):
        ScorecardFacts(SEEKER, EMPLOYER, EVENT, None, NOON)
    with pytest.raises(ValueError, match="after its release"):
        ScorecardFacts(SEEKER, EMPLOYER, EVENT, NOON, NOON - SECOND)
    with pytest.raises(ValueError, match="timezone"):
        ScorecardFacts(SEEKER, EMPLOYER, EVENT, naive)
    with pytest.raises(ValueError, match="timezone"):
        SharingChoice(naive, True)


@pytest.mark.parametrize("shares", [False, True])
@pytest.mark.parametrize(("who", "viewer"), PAIRS)
def test_places_are_for_the_seeker_and_their_case_worker_while_they_share(
    who: str, viewer: Viewer, shares: bool
) -> None:
    ledger = SharingLedger((SharingChoice(NOON, True), SharingChoice(NOON + SECOND, shares)))

    sees = sees_places(viewer, seeker_id=SEEKER, sharing=ledger, now=NOON + 2 * SECOND)

    assert sees == (who == "the seeker" or (who == "the seeker's case worker" and shares))
