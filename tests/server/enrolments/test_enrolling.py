"""Many seekers at once: the same as one by one, in as many statements as for one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from server.enrolments.enrolling import Enrolled, enrol_all
from server.enrolments.refusals import EnrolmentRefused, MustNotWished, TooManyMusts, UnknownEmployer
from server.enrolments.values import Needs, NewSeeker
from server.identity.tables import PersonRow, RoleRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.expo import Expo, make_expo
from tests.server.harness import App

NOBODY = UUID("00000000-0000-4000-8000-000000000001")


async def enrol(expo: Expo, *seekers: NewSeeker) -> list[Enrolled]:
    async with expo.app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        return await enrol_all(session, event, seekers, now=expo.app.clock())


async def shown(expo: Expo) -> list[dict[str, Any]]:
    """The seekers without what differs between two people with the same words."""
    seekers: list[dict[str, Any]] = await expo.seekers()
    return [{name: value for name, value in seeker.items() if name != "id"} for seeker in seekers]


def crowd(expo: Expo, employers: list[UUID]) -> list[NewSeeker]:
    """People of whom much, little and nothing is said."""
    starts, ends = (datetime.fromisoformat(expo.slots[at]["starts_at"]) for at in (1, 5))
    return [
        NewSeeker(
            name="Amina Warsame",
            email="Amina@X.example",
            phone="070-1",
            form="video",
            available_from=starts,
            available_until=ends,
            gender="woman",
            birth_year=1990,
            languages=("so", "sv"),
            competences=("SQL", "Python", "SQL", "x" * 90),
            wishes=(employers[1], employers[0], employers[1]),
            musts=(employers[0],),
            avoids=(employers[2],),
            access_needs=("rullstol", "rullstol", "tolk"),
            needs=Needs(accessible_station=True, interpreter="language:so"),
            relay_only=True,
        ),
        NewSeeker(name="Bo Ek", email="bo@x.example", wishes=(employers[2],)),
        NewSeeker(name="Utan Adress"),
        NewSeeker(name="Utan Adress Två", wishes=(employers[0],), avoids=(employers[0],)),
    ]


async def test_many_at_once_are_the_same_as_one_by_one(real_app: App) -> None:
    together, alone = await make_expo(real_app), await make_expo(real_app, name="Annan dag")
    employers = [UUID((await together.employer(f"Firma{number} AB"))["id"]) for number in range(3)]
    for number in range(3):
        await alone.employer(f"Firma{number} AB")
    people = crowd(together, employers)

    made = await enrol(together, *people)
    for one in crowd(alone, employers):
        await enrol(alone, one)

    assert [(one.person_is_new, one.is_new) for one in made] == [(True, True)] * 4
    first = await shown(together)
    assert first == await shown(alone)
    assert [one["name"] for one in first] == ["Amina Warsame", "Bo Ek", "Utan Adress", "Utan Adress Två"]
    amina = first[0]
    assert (amina["email"], amina["phone"], amina["relay_only"]) == ("amina@x.example", "070-1", True)
    assert amina["competences"] == ["SQL", "Python", "x" * 80]
    assert [amina[name] for name in ("wishes", "musts", "avoids")] == [
        [str(employers[1]), str(employers[0])],
        [str(employers[0])],
        [str(employers[2])],
    ]
    assert amina["access_needs"] == ["rullstol", "tolk"]
    assert amina["scheduling_needs"] == {
        "extra_time": False,
        "accessible_station": True,
        "interpreter": "language:so",
    }
    assert (first[3]["wishes"], first[3]["avoids"]) == ([], [str(employers[0])])


async def test_renewing_replaces_what_is_given_and_keeps_musts_needs_and_the_persons_own(expo: Expo) -> None:
    employers = [UUID((await expo.employer(f"Firma{number} AB"))["id"]) for number in range(3)]
    first, second, *_ = crowd(expo, employers)
    before = await enrol(expo, first, second)

    again = await enrol(
        expo,
        NewSeeker(name="Annat Namn", email="amina@x.example", wishes=(employers[0], employers[2]), competences=("Go",)),
        second,
    )

    assert [one.person_id for one in again] == [one.person_id for one in before]
    assert [(one.person_is_new, one.is_new) for one in again] == [(False, False)] * 2
    amina, bo = await shown(expo)
    assert (amina["name"], amina["competences"][:2], amina["form"], amina["available_from"]) == (
        "Amina Warsame",
        ["SQL", "Python"],
        None,
        None,
    )
    assert (amina["wishes"], amina["musts"], amina["avoids"]) == (
        [str(employers[0]), str(employers[2])],
        [str(employers[0])],
        [],
    )
    assert (amina["access_needs"], amina["scheduling_needs"]["interpreter"]) == ([], "language:so")
    assert bo["wishes"] == [str(employers[2])]
    async with expo.app.database.read() as session:
        assert len((await session.exec(select(PersonRow).where(col(PersonRow.email).like("%x.example")))).all()) == 2
        assert len((await session.exec(select(RoleRow).where(col(RoleRow.role) == "seeker"))).all()) == 2
        assert len((await session.exec(select(CompetenceRow))).all()) == 3


async def test_somebody_known_from_elsewhere_is_the_same_person(real_app: App) -> None:
    first, second = await make_expo(real_app), await make_expo(real_app, name="Nästa")
    [known] = await enrol(first, NewSeeker(name="Bo Ek", email="bo@x.example"))

    [bo, new] = await enrol(
        second, NewSeeker(name="Bo E", email="BO@x.example"), NewSeeker(name="Ny", email="ny@x.example")
    )

    assert (bo.person_id, bo.person_is_new, bo.is_new) == (known.person_id, False, True)
    assert (new.person_is_new, new.is_new) == (True, True)
    assert [one["name"] for one in await shown(second)] == ["Bo Ek", "Ny"]


async def test_whoever_joins_a_published_event_is_told_once(expo: Expo) -> None:
    await expo.employer()
    await enrol(expo, NewSeeker(name="Bo Ek", email="bo@x.example"))
    await expo.publish()
    await expo.sent()

    await enrol(expo, NewSeeker(name="Bo Ek", email="bo@x.example"), NewSeeker(name="Ny Ek", email="ny@x.example"))

    assert [mail["to"] for mail in await expo.sent()] == ["ny@x.example"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"wishes": (NOBODY,)}, UnknownEmployer),
        ({"avoids": (NOBODY,)}, UnknownEmployer),
        ({"musts": (NOBODY,)}, MustNotWished),
        ({"musts": tuple(UUID(int=number) for number in range(4))}, TooManyMusts),
    ],
)
async def test_a_refusal_says_which_one_and_leaves_nothing(
    expo: Expo, wrong: dict[str, Any], refusal: type[EnrolmentRefused]
) -> None:
    good = NewSeeker(name="Bo Ek", email="bo@x.example")

    with pytest.raises(refusal) as refused:
        await enrol(expo, good, NewSeeker(name="Fel", email="fel@x.example", **wrong), good)

    assert refused.value.at == 1
    assert await shown(expo) == []


async def test_hours_that_end_before_they_begin_are_refused(expo: Expo) -> None:
    starts, ends = (datetime.fromisoformat(expo.slots[at]["starts_at"]) for at in (3, 1))

    with pytest.raises(EnrolmentRefused) as refused:
        await enrol(expo, NewSeeker(name="Bo Ek", available_from=starts, available_until=ends))

    assert (str(refused.value), refused.value.at) == ("the hours end after they begin", 0)


def kinds(statements: list[str]) -> list[str]:
    """What each statement does, to what."""
    return [" ".join(statement.split()[:3]) for statement in statements]


async def test_two_hundred_take_as_many_statements_as_two(
    expo: Expo, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    employer = UUID((await expo.employer())["id"])

    def people(*numbers: int) -> list[NewSeeker]:
        return [
            NewSeeker(
                name=f"Person {number}",
                email=f"person{number}@x.example",
                competences=("SQL",),
                wishes=(employer,),
                access_needs=("tolk",),
                needs=Needs(interpreter="tolk"),
            )
            for number in numbers
        ]

    await enrol(expo, NewSeeker(name="Bo Ek"))
    with count_statements() as for_two:
        await enrol(expo, *people(1, 2))
    with count_statements() as for_many:
        await enrol(expo, *people(*range(3, 203)))
    with count_statements() as for_two_again:
        await enrol(expo, *people(1, 2))
    with count_statements() as for_many_again:
        await enrol(expo, *people(*range(3, 203)))

    assert kinds(for_many) == kinds(for_two)
    assert len(for_two) < 25
    assert kinds(for_many_again) == kinds(for_two_again)
    assert len(for_two_again) < 25
    assert len(await shown(expo)) == 203
