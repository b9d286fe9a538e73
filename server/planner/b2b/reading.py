"""A file of the benchmark as an instance; what is wrong with it is said with its line and what to do."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, field

from server.planner.b2b.dzn import Assignment, DznInvalid, Number, Sequence, Value, assignments
from server.planner.b2b.model import AFTERNOON, ANY, MORNING, Instance, Request

NUMBERS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
ALIASES = {"fixed": "fixat", "meetingsXBusiness": "meetingsxBusiness"}
KNOWN = (*NUMBERS, "requested", "forbidden", "fixat", "precedences", "nMeetingsBusiness", "meetingsxBusiness")
LARGEST = {"nBusiness": 5_000, "nMeetings": 50_000, "nTables": 50_000, "nTotalSlots": 500, "nMorningSlots": 500}


def read_instance(text: str) -> Instance:
    """The instance that a .dzn text describes.

    Raises:
        DznInvalid: at the first thing that is wrong, with its line.
    """
    return _Reading(assignments(text)).instance()


@dataclass(slots=True)
class _Reading:
    given: list[Assignment]
    named: dict[str, Assignment] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    size: dict[str, int] = field(default_factory=dict)

    def instance(self) -> Instance:
        nameless = self.sort_out()
        for name in NUMBERS:
            self.size[name] = self.number(name)
        if self.size["nMorningSlots"] > self.size["nTotalSlots"]:
            raise DznInvalid(self.named["nMorningSlots"].line, "nMorningSlots is more than nTotalSlots; make it less")
        requests = self.requests()
        self.check_counts(nameless, requests)
        return Instance(
            participants=self.size["nBusiness"],
            tables=self.size["nTables"],
            slots=self.size["nTotalSlots"],
            morning_slots=self.size["nMorningSlots"],
            requests=requests,
            forbidden=self.forbidden(),
            precedences=self.precedences(),
            notes=tuple(self.notes),
        )

    def sort_out(self) -> list[Assignment]:
        """Put each assignment under its name; lists whose name is unknown, or is a number's, come back."""
        nameless = []
        for one in self.given:
            name = ALIASES.get(one.name, one.name)
            is_list = isinstance(one.value, Sequence) and one.value.kind == "list"
            if name == "nMeetingsBusiness" or (is_list and (name not in KNOWN or name in NUMBERS)):
                nameless.append(one)
            elif name not in KNOWN:
                raise DznInvalid(
                    one.line, f"the parameter {one.name!r} is unknown; remove it, or name one of {_known()}"
                )
            elif name in self.named:
                raise DznInvalid(one.line, f"{one.name} is given again, after line {self.named[name].line}; remove one")
            else:
                self.named[name] = one
        return nameless

    def number(self, name: str) -> int:
        one = self.named.get(name)
        if one is None:
            one = next((other for other in self.given if other.name == name), None)
        if one is None and name == "nMorningSlots":
            self.notes.append("nMorningSlots is missing: every slot is taken as the morning's")
            return self.size["nTotalSlots"]
        if one is None:
            raise DznInvalid(self.last_line(), f"{name} is missing; add a line  {name} = …;")
        if not isinstance(one.value, Number):
            raise DznInvalid(one.line, f"{name} is a whole number; write  {name} = …;")
        if not 0 <= one.value.value <= LARGEST[name]:
            raise DznInvalid(one.line, f"{name} is {one.value.value}; it can be 0 to {LARGEST[name]}")
        return one.value.value

    def last_line(self) -> int:
        return self.given[-1].line if self.given else 1

    def requests(self) -> tuple[Request, ...]:
        one = self.named.get("requested")
        if one is None:
            raise DznInvalid(self.last_line(), "requested is missing; add a line  requested = [|1, 2, 3|];")
        rows = self.rows(one, 3)
        if len(rows) != self.size["nMeetings"]:
            message = f"requested has {len(rows)} rows, nMeetings is {self.size['nMeetings']}; make them equal"
            raise DznInvalid(one.line, message)
        fixed = self.fixed()
        found = []
        for row, slot in zip(rows, fixed, strict=True):
            first, second = (self.within(number, "nBusiness", "participant") for number in row[:2])
            if first == second:
                raise DznInvalid(row[0].line, f"participant {first} cannot meet itself; name two participants")
            if row[2].value not in (MORNING, AFTERNOON, ANY):
                message = f"a session is 1 (morning), 2 (afternoon) or 3 (any), not {row[2].value}"
                raise DznInvalid(row[2].line, message)
            found.append(Request(first, second, row[2].value, slot))
        return tuple(found)

    def within(self, number: Number, size: str, what: str, *, least: int = 1) -> int:
        if not least <= number.value <= self.size[size]:
            message = f"there is no {what} {number.value}; {size} is {self.size[size]}"
            raise DznInvalid(number.line, message)
        return number.value

    def rows(self, one: Assignment, width: int) -> list[list[Number]]:
        """The rows of a table; a list is read as one, so many numbers a row."""
        if isinstance(one.value, Sequence) and one.value.kind == "table":
            rows = [_numbers(one, row) for row in one.value.items]
        else:
            flat = _numbers(one, one.value)
            rows = [flat[at : at + width] for at in range(0, len(flat), width)]
        for row in rows:
            if len(row) != width:
                raise DznInvalid(row[0].line, f"a row of {one.name} has {width} numbers; here are {len(row)}")
        return rows

    def fixed(self) -> list[int | None]:
        one = self.named.get("fixat")
        if one is None:
            return [None] * self.size["nMeetings"]
        numbers = _numbers(one, one.value)
        _check_length(one, len(numbers), "nMeetings", self.size)
        return [self.within(number, "nTotalSlots", "slot", least=0) or None for number in numbers]

    def forbidden(self) -> tuple[frozenset[int], ...]:
        """Slots outside the day forbid nothing; 0 is how the files write an empty set."""
        one = self.named.get("forbidden")
        if one is None:
            return (frozenset(),) * self.size["nBusiness"]
        sets = self.sets(one, "nBusiness")
        slots = range(1, self.size["nTotalSlots"] + 1)
        outside = [number for numbers in sets for number in numbers if number.value and number.value not in slots]
        self.notes += [f"line {number.line}: there is no slot {number.value} to forbid" for number in outside[:3]]
        return tuple(frozenset(number.value for number in numbers) & frozenset(slots) for numbers in sets)

    def sets(self, one: Assignment, size: str) -> list[list[Number]]:
        if not isinstance(one.value, Sequence) or one.value.kind != "list":
            raise DznInvalid(one.line, f"{one.name} is a list of sets; write  {one.name} = [{{1,2}},{{}}];")
        sets = []
        for item in one.value.items:
            if not isinstance(item, Sequence) or item.kind != "set":
                raise DznInvalid(item.line, f"{one.name} is a list of sets; write  {{…}}  here")
            sets.append(_numbers(one, item))
        _check_length(one, len(sets), size, self.size)
        return sets

    def precedences(self) -> tuple[tuple[int, int], ...]:
        """Of each request the ones before it, as sets; or a table of pairs, the earlier first."""
        one = self.named.get("precedences")
        if one is None:
            return ()
        if isinstance(one.value, Sequence) and one.value.kind == "table":
            pairs = [(earlier, later) for earlier, later in self.rows(one, 2)]
            return tuple(
                (self.within(earlier, "nMeetings", "meeting"), self.within(later, "nMeetings", "meeting"))
                for earlier, later in pairs
            )
        return tuple(
            (self.within(number, "nMeetings", "meeting"), later)
            for later, numbers in enumerate(self.sets(one, "nMeetings"), 1)
            for number in numbers
            if number.value
        )

    def check_counts(self, nameless: Many[Assignment], requests: tuple[Request, ...]) -> None:
        """Each participant's number of meetings follows from the requests: a list of them is known by what it says."""
        counts = [0] * self.size["nBusiness"]
        for request in requests:
            counts[request.first - 1] += 1
            counts[request.second - 1] += 1
        for one in nameless:
            numbers = [number.value for number in _numbers(one, one.value)]
            if numbers == counts:
                continue
            if one.name != "nMeetingsBusiness":
                message = f"the list {one.name!r} is unknown; remove it, or name one of {_known()}"
                raise DznInvalid(one.line, message)
            wrong = [who for who, (told, has) in enumerate(zip(numbers, counts, strict=False), 1) if told != has]
            who = f"participant {wrong[0]}'s meetings" if wrong else "the number of participants"
            self.notes.append(f"line {one.line}: nMeetingsBusiness is wrong in {who}; the requests were believed")


def _numbers(one: Assignment, value: Value) -> list[Number]:
    items = value.items if isinstance(value, Sequence) else (value,)
    found = []
    for item in items:
        if not isinstance(item, Number) or isinstance(value, Number):
            raise DznInvalid(item.line, f"{one.name} does not fit here: whole numbers in brackets were expected")
        found.append(item)
    return found


def _check_length(one: Assignment, length: int, size: str, sizes: dict[str, int]) -> None:
    if length != sizes[size]:
        raise DznInvalid(one.line, f"{one.name} has {length} entries, {size} is {sizes[size]}; make them equal")


def _known() -> str:
    return ", ".join(KNOWN)
