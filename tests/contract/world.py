"""The world of the matrix: one seeker's meetings in every state, and everybody who might look at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import RequirementProfileRow
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow, RoleRow
from server.imports import service as imports
from server.kit import streams
from server.kit.db import Database
from server.meetings.tables import ChatMessageRow, MeetingRow
from server.profiles.tables import CompetenceRow, QuestionRow
from server.reading.tables import SharingChoiceRow
from server.recruitment_events.tables import (
    AccessNeedRow,
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    SlotRow,
    StationRow,
    WishRow,
)
from server.scorecards.tables import ReplyRow
from server.support.tables import CaseAssignmentRow
from server.wishes import service as wishes
from tests.contract.canaries import TEXTS
from tests.contract.world_cards import add_card
from tests.contract.world_case_work import add_case_work
from tests.contract.world_jobs import add_jobs
from tests.contract.world_learning import add_learning
from tests.contract.world_packs import add_packs
from tests.contract.world_responses import add_responses
from tests.contract.world_runs import add_runs

NOW = datetime(2026, 5, 12, 10, 3, tzinfo=UTC)
SLOT, TALK, FEEDBACK = timedelta(minutes=15), timedelta(minutes=12), timedelta(minutes=3)
FIRST_SLOT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
PEOPLE: dict[str, Role] = {
    "seeker": Role.SEEKER,
    "other_seeker": Role.SEEKER,
    "waiting_seeker": Role.SEEKER,
    "called_seeker": Role.SEEKER,
    "idle_seeker": Role.SEEKER,
    "recruiter": Role.RECRUITER,
    "other_recruiter": Role.RECRUITER,
    "third_recruiter": Role.RECRUITER,
    "staff": Role.STAFF,
    "other_staff": Role.STAFF,
    "case_worker": Role.CASE_WORKER,
    "other_case_worker": Role.CASE_WORKER,
    "admin": Role.ADMIN,
}
WORKS_FOR = {
    "recruiter": "employer",
    "other_recruiter": "other_employer",
    "third_recruiter": "third_employer",
    "staff": "agency",
    "other_staff": "other_agency",
}
MAIL = {
    "seeker": TEXTS["seeker_mail"],
    "other_seeker": TEXTS["others_mail"],
    "recruiter": TEXTS["recruiter_mail"],
    "other_staff": "other.staff@ort.example",
}
PHONE = {"seeker": TEXTS["seeker_phone"], "recruiter": TEXTS["recruiter_phone"]}
SHEET = f"Förnamn;Efternamn;E-post\nAda;Provsson;{TEXTS['sheet']}\n"


@dataclass
class World:
    """Objects by the names that the oracle uses."""

    ids: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> UUID:
        return UUID(self.ids[name])

    def __setitem__(self, name: str, value: UUID) -> None:
        self.ids[name] = str(value)


async def make_world(database: Database) -> World:
    world = World()
    world.ids |= {
        "page": "my-day",
        "no_operation": "api/nothing",
        "pack": "it",
        "check_in_code": TEXTS["check_in_code"],
        "one": "1",
    }
    async with database.transaction() as session:
        make = _Make(session, world)
        await make.people()
        await make.events()
        await make.places()
        await make.meetings()
        await make.feedback()
        await make.words()
        await add_responses(session, world.ids, now=NOW)
        await add_case_work(session, world.ids, now=NOW)
        await add_learning(session, world.ids, now=NOW)
        await make.wishes()
        await add_jobs(session, world.ids, now=NOW)
        await add_runs(session, world.ids, now=NOW)
    return world


class _Make:
    def __init__(self, session: AsyncSession, world: World) -> None:
        self.session = session
        self.world = world

    async def add(self, *rows: SQLModel, name: str | None = None) -> None:
        self.session.add_all(rows)
        await self.session.flush()
        if name is not None:
            self.world[name] = rows[0].id  # type: ignore[attr-defined]

    async def people(self) -> None:
        for name in (
            "employer",
            "other_employer",
            "third_employer",
            "fourth_employer",
            "fifth_employer",
            "free_employer",
        ):
            await self.add(OrganisationRow(kind="employer", name=f"Prov {name} AB", created_at=NOW), name=name)
        for name in ("agency", "other_agency"):
            await self.add(OrganisationRow(kind="agency", name=f"Prov {name}", created_at=NOW), name=name)
        for name, role in PEOPLE.items():
            await self.add(
                PersonRow(
                    name=name.replace("_", " ").title() + " Provsson",
                    email=MAIL.get(name, f"{name}@ort.example"),
                    phone=PHONE.get(name),
                    created_at=NOW,
                ),
                name=name,
            )
            works_for = self.world[WORKS_FOR[name]] if name in WORKS_FOR else None
            await self.add(RoleRow(person_id=self.world[name], role=role, organisation_id=works_for))

    async def events(self) -> None:
        for key, name, status, staff in (
            ("event", "IT-dagen", "published", "staff"),
            ("elsewhere", "Grannmässan", "published", "other_staff"),
            ("draft_event", TEXTS["draft_event"], "draft", "staff"),
        ):
            await self.add(
                RecruitmentEventRow(
                    organisation_id=self.world["agency"],
                    name=name,
                    place="Provby",
                    zone="Europe/Stockholm",
                    template="it_expo_15",
                    starts_at=FIRST_SLOT,
                    ends_at=FIRST_SLOT + 32 * SLOT,
                    status=status,
                    meetings_max=20,
                    talk_s=int(TALK.total_seconds()),
                    feedback_s=int(FEEDBACK.total_seconds()),
                    published_at=NOW if status == "published" else None,
                    created_at=NOW,
                ),
                name=key,
            )
            await self.add(EventStaffRow(recruitment_event_id=self.world[key], person_id=self.world[staff]))
            for number in range(32):
                starts_at = FIRST_SLOT + number * SLOT
                row = SlotRow(
                    recruitment_event_id=self.world[key],
                    number=number + 1,
                    starts_at=starts_at,
                    ends_at=starts_at + SLOT,
                )
                await self.add(row, name=f"{key}_slot_{number}")
        self.world.ids |= {
            "free_slot": self.world.ids["event_slot_20"],
            "draft_slot": self.world.ids["draft_event_slot_20"],
        }
        for event, seekers in (
            ("event", [name for name, role in PEOPLE.items() if role is Role.SEEKER]),
            ("elsewhere", ["seeker"]),
            ("draft_event", ["seeker", "other_seeker"]),
        ):
            for seeker in seekers:
                await self.add(
                    EnrolmentRow(recruitment_event_id=self.world[event], seeker_id=self.world[seeker], created_at=NOW)
                )

    async def places(self) -> None:
        for number, (event, name) in enumerate(
            (("event", "station"), ("event", "used_station"), ("elsewhere", "elsewhere_station")), 1
        ):
            row = StationRow(recruitment_event_id=self.world[event], number=number, name=f"Bord {number}")
            await self.add(row, name=name)
        for number, (name, event, employer, recruiter) in enumerate(
            (
                ("desk", "event", "employer", "recruiter"),
                ("waiting_desk", "event", "employer", None),
                ("called_desk", "event", "employer", None),
                ("late_desk", "event", "employer", None),
                ("others_desk", "event", "other_employer", "other_recruiter"),
                ("third_desk", "event", "third_employer", "third_recruiter"),
                ("fourth_desk", "event", "fourth_employer", None),
                ("fifth_desk", "event", "fifth_employer", None),
                ("free_desk", "event", "free_employer", None),
                ("elsewhere_desk", "elsewhere", "third_employer", None),
                ("draft_desk", "draft_event", "employer", None),
            ),
            1,
        ):
            await self.add(
                DeskRow(
                    recruitment_event_id=self.world[event],
                    organisation_id=self.world[employer],
                    recruiter_id=self.world[recruiter] if recruiter else None,
                    number=number,
                    form="video",
                    on_duty_from=FIRST_SLOT,
                    on_duty_until=FIRST_SLOT + 32 * SLOT,
                    opened_at=NOW if name == "desk" else None,
                ),
                name=name,
            )

    async def meeting(self, name: str, desk: str, seeker: str, slot: int, state: str, **more: Any) -> None:
        row = await self.session.get_one(DeskRow, self.world[desk])
        starts_at = FIRST_SLOT + slot * SLOT
        event = next(
            key for key in ("event", "elsewhere", "draft_event") if self.world[key] == row.recruitment_event_id
        )
        times: dict[str, Any] = {}
        if state in ("talking", "closed"):
            times = {
                "ready_at": starts_at,
                "called_at": starts_at,
                "talk_started_at": starts_at,
                "talk_ends_at": starts_at + TALK,
                "feedback_ends_at": starts_at + SLOT,
            }
        if state == "closed":
            times |= {"closed_at": starts_at + SLOT, "closed_by": "time"}
        if state in ("checked_in", "called"):
            times = {"ready_at": NOW, "called_at": NOW if state == "called" else None}
        await self.add(
            MeetingRow(
                recruitment_event_id=row.recruitment_event_id,
                desk_id=row.id,
                organisation_id=row.organisation_id,
                recruiter_id=row.recruiter_id,
                seeker_id=self.world[seeker],
                slot_id=self.world[f"{event}_slot_{slot}"],
                form="video",
                state=state,
                starts_at=starts_at,
                ends_at=starts_at + SLOT,
                created_at=NOW,
                **{"check_in_code": uuid4().hex[:8].upper()} | times | more,
            ),
            name=name,
        )

    async def meetings(self) -> None:
        await self.meeting("opened", "desk", "seeker", 0, "closed", closed_by="sent")
        await self.meeting("fresh", "desk", "seeker", 1, "closed", closed_by="sent")
        await self.meeting("sealed", "desk", "seeker", 2, "closed", closed_by="sent")
        await self.meeting("unread", "third_desk", "seeker", 3, "closed", closed_by="sent")
        await self.meeting("drafted", "desk", "other_seeker", 3, "closed")
        await self.meeting("sent", "desk", "waiting_seeker", 4, "closed", closed_by="sent")
        await self.meeting("skipped", "desk", "called_seeker", 5, "closed", closed_by="skipped")
        await self.meeting("draft", "desk", "seeker", 6, "closed")
        await self.meeting("meeting", "desk", "seeker", 8, "talking", check_in_code=TEXTS["check_in_code"])
        await self.meeting("waiting", "waiting_desk", "waiting_seeker", 8, "checked_in")
        await self.meeting("called", "called_desk", "called_seeker", 8, "called")
        await self.meeting("booked", "fifth_desk", "seeker", 12, "booked")
        await self.meeting("booked_after", "fifth_desk", "waiting_seeker", 13, "booked")
        await self.meeting("checked_in", "fourth_desk", "seeker", 10, "checked_in")
        await self.meeting("others_closed", "others_desk", "other_seeker", 0, "closed", closed_by="sent")
        await self.meeting("others_meeting", "others_desk", "other_seeker", 12, "booked")
        await self.meeting("late", "late_desk", "other_seeker", 8, "late")
        await self.meeting("elsewhere_meeting", "elsewhere_desk", "seeker", 14, "booked")
        await self.meeting("draft_meeting", "draft_desk", "seeker", 16, "booked")

    async def feedback(self) -> None:
        for name, statement in (
            ("opened", TEXTS["opened_statement"]),
            ("fresh", TEXTS["shared_statement"]),
            ("sealed", TEXTS["sealed_statement"]),
            ("unread", "Bra."),
            ("drafted", "Klart."),
            ("draft", TEXTS["draft_statement"]),
            ("sent", "Bra."),
            ("skipped", ""),
            ("others_closed", TEXTS["others_statement"]),
        ):
            meeting = await self.session.get_one(MeetingRow, self.world[name])
            await add_card(self.session, self.world.ids, name, meeting, statement, now=NOW)
        await self.add(
            ReplyRow(scorecard_id=self.world["opened_card"], text=TEXTS["reply"], sent_at=NOW),
            SharingChoiceRow(person_id=self.world["seeker"], shares=True, at=NOW - timedelta(hours=1)),
            CaseAssignmentRow(case_worker_id=self.world["case_worker"], seeker_id=self.world["seeker"], since=NOW),
            CaseAssignmentRow(
                case_worker_id=self.world["other_case_worker"], seeker_id=self.world["other_seeker"], since=NOW
            ),
        )

    async def words(self) -> None:
        """What somebody wrote, and streams that carry it."""
        ids = self.world
        await add_packs(self.session, ids.ids, now=NOW)
        await self.add(
            QuestionRow(person_id=ids["seeker"], text=TEXTS["question"]),
            QuestionRow(person_id=ids["other_seeker"], text=TEXTS["others_question"]),
            CompetenceRow(person_id=ids["seeker"], label=TEXTS["competence"]),
            AccessNeedRow(recruitment_event_id=ids["event"], seeker_id=ids["seeker"], need=TEXTS["access_need"]),
            WishRow(
                recruitment_event_id=ids["event"],
                seeker_id=ids["seeker"],
                organisation_id=ids["other_employer"],
                rank=0,
            ),
            RequirementProfileRow(organisation_id=ids["employer"], about="Vi bygger nät."),
            ChatMessageRow(meeting_id=ids["meeting"], person_id=ids["seeker"], text=TEXTS["chat"], sent_at=NOW),
            ChatMessageRow(
                meeting_id=ids["others_meeting"], person_id=ids["other_seeker"], text=TEXTS["others_chat"], sent_at=NOW
            ),
        )
        await self.sheet()
        for meeting, text in (("meeting", TEXTS["chat"]), ("others_meeting", TEXTS["others_chat"])):
            await streams.append(self.session, f"meeting:{ids[meeting]}", "chat.sent", {"text": text}, now=NOW)
        for stream in (
            f"person:{ids['seeker']}",
            f"desk:{ids['desk']}",
            f"queue:{ids['desk']}",
            f"event:{ids['event']}",
        ):
            await streams.append(self.session, stream, "meeting.changed", {}, now=NOW)

    async def sheet(self) -> None:
        ids = self.world
        event = await self.session.get_one(RecruitmentEventRow, ids["event"])
        previewed = await imports.upload(
            self.session, event, SHEET.encode(), filename="arket.csv", person_id=ids["staff"], now=NOW
        )
        ids["import"] = previewed.row.id

    async def wishes(self) -> None:
        """What is said before the draft is planned, and the names of how it stands."""
        ids = self.world
        draft = {"recruitment_event_id": ids["draft_event"], "organisation_id": ids["employer"]}
        await self.add(
            EmployerWishRow(**draft, seeker_id=ids["seeker"], rank=1, is_must=True),
            SchedulingNeedRow(
                recruitment_event_id=ids["event"], seeker_id=ids["seeker"], interpreter=TEXTS["interpreter"]
            ),
        )
        mine = await wishes.read_mine(self.session, ids["draft_event"], person_id=ids["seeker"], now=NOW)
        theirs = await wishes.read_at_desk(
            self.session,
            ids["draft_desk"],
            organisation_ids={ids["employer"]},
            person_id=ids["recruiter"],
            now=NOW,
        )
        assert mine is not None and theirs is not None
        ids.ids |= {"wishes_version": mine.version, "desk_wishes_version": theirs.version}


async def withdraw_sharing(database: Database, world: World) -> None:
    """The seeker shares with their case worker no longer."""
    async with database.transaction() as session:
        session.add(SharingChoiceRow(person_id=world["seeker"], shares=False, at=NOW - timedelta(minutes=1)))
