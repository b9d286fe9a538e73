"""The door to reading spreadsheets. Pure: bytes and choices in, a preview or a ready set out.

sheet = read_sheet(raw)                         # raises SheetRefused; store sheet_to_json(sheet), never `raw`
preview = make_preview(sheet, context, choices) # again for every change of the choices
outcome = importable(preview)                   # ReadySet, or Blocked with the reasons
"""

from server.imports.choices import choices_from_json, choices_to_json
from server.imports.codes import message_keys
from server.imports.decoding import FILE_BYTES_MAX, SheetRefused
from server.imports.headings import FIELDS, SENSITIVE_FIELDS
from server.imports.preview import importable, make_preview, preview_to_json
from server.imports.sheet import ROWS_MAX, Sheet, read_sheet, sheet_from_json, sheet_to_json
from server.imports.values import (
    AccessNeed,
    Blocked,
    BlockedReason,
    Choices,
    Contact,
    Context,
    DayFrame,
    EmployerEntry,
    KnownEmployer,
    Preview,
    ReadySet,
    SeekerEntry,
)

__all__ = [
    "FIELDS",
    "FILE_BYTES_MAX",
    "ROWS_MAX",
    "SENSITIVE_FIELDS",
    "AccessNeed",
    "Blocked",
    "BlockedReason",
    "Choices",
    "Contact",
    "Context",
    "DayFrame",
    "EmployerEntry",
    "KnownEmployer",
    "Preview",
    "ReadySet",
    "SeekerEntry",
    "Sheet",
    "SheetRefused",
    "choices_from_json",
    "choices_to_json",
    "importable",
    "make_preview",
    "message_keys",
    "preview_to_json",
    "read_sheet",
    "sheet_from_json",
    "sheet_to_json",
]
