from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from server.planning.first_fit import FirstFit
from server.planning.ports import PlanDesk, PlanMeeting, PlanProblem, PlanSeeker, PlanSlot, Proposal
from server.planning.rules import conflicts, meeting_form

NINE = datetime(2026, 5, 12, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SPACE = UUID(int=1)
FORMS = ("video", "on_site", "hybrid")
SKILLS = ("python", "java", "sql")


def key(kind: str, number: int) -> UUID:
    return uuid5(SPACE, f"{kind} {number}")


def slot(number: int) -> PlanSlot:
    return PlanSlot(key("slot", number), NINE + number * QUARTER, NINE + (number + 1) * QUARTER)


def day(slots: int) -> tuple[PlanSlot, ...]:
    return tuple(slot(number) for number in range(slots))


def desk(number: int, employer: int, *, form: str = "hybrid", **more: object) -> PlanDesk:
    hours: dict[str, object] = {"on_duty_from": NINE, "on_duty_until": NINE + timedelta(hours=8)}
    return PlanDesk(
        id=key("desk", number),
        organisation_id=key("employer", employer),
        form=form,
        **hours | more,  # type: ignore[arg-type]
    )


def laid_out(problem: PlanProblem, proposal: Proposal) -> list[PlanMeeting]:
    """The proposal as meetings, beside what was laid."""
    desks, slots = {one.id: one for one in problem.desks}, {one.id: one for one in problem.slots}
    forms = {seeker.id: seeker.form for seeker in problem.seekers}
    return [
        *problem.laid,
        *(
            PlanMeeting(
                id=key("meeting", number),
                seeker_id=one.seeker_id,
                starts_at=slots[one.slot_id].starts_at,
                ends_at=slots[one.slot_id].ends_at,
                form=meeting_form(desks[one.desk_id].form, forms[one.seeker_id]),
                desk_id=one.desk_id,
                organisation_id=desks[one.desk_id].organisation_id,
                recruiter_id=desks[one.desk_id].recruiter_id,
                station_id=desks[one.desk_id].station_id,
            )
            for number, one in enumerate(proposal.placements)
        ),
    ]


@st.composite
def problems(draw: st.DrawFn) -> PlanProblem:
    slots = day(draw(st.integers(1, 6)))
    employers = draw(st.integers(1, 3))
    maybe = st.none() | st.integers(0, 1)

    def window() -> tuple[datetime | None, datetime | None]:
        starts, ends = sorted((draw(st.integers(0, 6)), draw(st.integers(0, 6))))
        return draw(st.sampled_from([None, NINE + starts * QUARTER])), draw(
            st.sampled_from([None, NINE + ends * QUARTER])
        )

    desks = []
    for number in range(draw(st.integers(0, 4))):
        station, recruiter = draw(maybe), draw(maybe)
        from_, until = window()
        desks.append(
            desk(
                number,
                draw(st.integers(0, employers - 1)),
                form=draw(st.sampled_from(FORMS)),
                on_duty_from=from_ or NINE,
                on_duty_until=until or NINE + timedelta(hours=8),
                station_id=None if station is None else key("station", station),
                recruiter_id=None if recruiter is None else key("recruiter", recruiter),
                competences_wanted=frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
            )
        )
    whom = st.integers(0, employers).map(lambda number: key("employer", number))
    seekers = []
    for number in range(draw(st.integers(0, 6))):
        from_, until = window()
        avoids = frozenset(draw(st.sets(whom, max_size=1)))
        wishes = tuple(wish for wish in draw(st.lists(whom, unique=True, max_size=3)) if wish not in avoids)
        seekers.append(
            PlanSeeker(
                id=key("seeker", number),
                form=draw(st.sampled_from((None, *FORMS))),
                available_from=from_,
                available_until=until,
                wishes=wishes,
                avoids=avoids,
                competences=frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
            )
        )
    problem = PlanProblem(slots=slots, desks=tuple(desks), seekers=tuple(seekers), meetings_max=draw(st.integers(1, 4)))
    first = laid_out(problem, FirstFit().propose(problem))
    kept = tuple(meeting for meeting in first if draw(st.booleans()))
    return PlanProblem(
        slots=slots, desks=problem.desks, seekers=problem.seekers, laid=kept, meetings_max=problem.meetings_max
    )


@given(problems())
@settings(max_examples=300, deadline=None)
def test_a_proposal_has_no_conflict_of_any_kind(problem: PlanProblem) -> None:
    proposal = FirstFit().propose(problem)

    meetings = laid_out(problem, proposal)
    renamed = [
        PlanMeeting(**{name: getattr(one, name) for name in one.__slots__} | {"id": key("renamed", number)})
        for number, one in enumerate(meetings)
    ]
    found = conflicts(
        renamed,
        desks={one.id: one for one in problem.desks},
        seekers={one.id: one for one in problem.seekers},
        meetings_max=problem.meetings_max,
    )
    assert found == []
    placed = {meeting.seeker_id for meeting in meetings}
    assert set(proposal.unplaced) == {seeker.id for seeker in problem.seekers} - placed


@given(problems())
@settings(max_examples=60, deadline=None)
def test_the_same_problem_has_the_same_plan(problem: PlanProblem) -> None:
    assert FirstFit().propose(problem) == FirstFit().propose(problem)


def test_the_dearest_wish_comes_first_and_at_the_earliest_time() -> None:
    seeker = PlanSeeker(id=key("seeker", 0), wishes=(key("employer", 1), key("employer", 0)))
    problem = PlanProblem(slots=day(4), desks=(desk(0, 0), desk(1, 1)), seekers=(seeker,), meetings_max=2)

    proposal = FirstFit().propose(problem)

    assert [(one.desk_id, one.slot_id) for one in proposal.placements] == [
        (key("desk", 1), slot(0).id),
        (key("desk", 0), slot(1).id),
    ]


def test_everybody_has_one_meeting_before_anybody_has_two() -> None:
    wishes = (key("employer", 0), key("employer", 1))
    seekers = tuple(PlanSeeker(id=key("seeker", number), wishes=wishes) for number in range(4))
    problem = PlanProblem(slots=day(2), desks=(desk(0, 0), desk(1, 1)), seekers=seekers, meetings_max=2)

    proposal = FirstFit().propose(problem)

    assert Counter(one.seeker_id for one in proposal.placements) == {seeker.id: 1 for seeker in seekers}
    assert proposal.unplaced == ()


def test_beyond_the_wishes_an_employer_is_met_for_what_it_looks_for() -> None:
    seeker = PlanSeeker(id=key("seeker", 0), competences=frozenset({"python"}))
    desks = (
        desk(0, 0),
        desk(1, 1, competences_wanted=frozenset({"python"})),
        desk(2, 2, competences_wanted=frozenset({"java"})),
    )
    problem = PlanProblem(slots=day(4), desks=desks, seekers=(seeker,), meetings_max=3)

    proposal = FirstFit().propose(problem)

    assert [one.desk_id for one in proposal.placements] == [key("desk", 1)]


def test_who_wishes_nothing_still_meets_somebody_but_never_whom_they_avoid() -> None:
    shy = PlanSeeker(id=key("seeker", 0), avoids=frozenset({key("employer", 0)}))
    open_to_all = PlanSeeker(id=key("seeker", 1))
    problem = PlanProblem(slots=day(2), desks=(desk(0, 0),), seekers=(shy, open_to_all))

    proposal = FirstFit().propose(problem)

    assert [one.seeker_id for one in proposal.placements] == [open_to_all.id]
    assert proposal.unplaced == (shy.id,)


def test_those_with_the_least_time_choose_first() -> None:
    free = PlanSeeker(id=key("seeker", 0), wishes=(key("employer", 0),))
    bound = PlanSeeker(
        id=key("seeker", 1),
        wishes=(key("employer", 0),),
        available_from=slot(0).starts_at,
        available_until=slot(0).ends_at,
    )
    problem = PlanProblem(slots=day(2), desks=(desk(0, 0),), seekers=(free, bound))

    proposal = FirstFit().propose(problem)

    assert {one.seeker_id: one.slot_id for one in proposal.placements} == {bound.id: slot(0).id, free.id: slot(1).id}


def test_a_meeting_at_another_event_takes_the_seekers_time_and_counts_as_none() -> None:
    seeker = PlanSeeker(id=key("seeker", 0))
    elsewhere = PlanMeeting(seeker_id=seeker.id, starts_at=slot(0).starts_at, ends_at=slot(0).ends_at)
    problem = PlanProblem(slots=day(2), desks=(desk(0, 0),), seekers=(seeker,), laid=(elsewhere,), meetings_max=1)

    proposal = FirstFit().propose(problem)

    assert [one.slot_id for one in proposal.placements] == [slot(1).id]
