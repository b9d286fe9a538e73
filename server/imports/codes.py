"""The stable names of everything an import may say. Texts for them live in the message catalogues."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["employers", "seekers"]
Status = Literal["ready", "guess", "decision", "refused", "left_out"]
ColumnState = Literal["certain", "guess", "chosen", "unknown", "skipped", "repeated", "empty"]
LineKind = Literal["heading", "title", "empty"]

FileReason = Literal[
    "file_empty",
    "file_too_large",
    "file_spreadsheet",
    "file_pdf",
    "file_picture",
    "file_archive",
    "file_web_page",
    "file_rich_text",
    "file_binary",
    "file_too_many_rows",
    "file_too_many_columns",
    "file_without_rows",
]

NoticeCode = Literal[
    "encoding_damaged",
    "encoding_repaired",
    "nul_removed",
    "heading_missing",
    "title_lines_skipped",
    "personal_numbers_removed",
    "columns_unread",
    "consent_column_missing",
    "no_known_employers",
    "kind_guessed",
]

GuessReason = Literal[
    "age_to_year",
    "avoid_text",
    "birth_date_reduced",
    "birth_year_dropped",
    "birth_year_two_digits",
    "company_abbreviated",
    "company_alike",
    "company_alike_known",
    "company_legal_form",
    "company_spelling",
    "consent_wording",
    "contact_first_of_several",
    "contact_missing",
    "contact_name_dropped",
    "contacts_taken_apart",
    "count_about",
    "count_lowest",
    "count_missing",
    "count_raised",
    "count_words",
    "email_domain_typo",
    "email_first_of_several",
    "email_repaired",
    "employer_merged",
    "formula_dropped",
    "form_missing",
    "form_wording",
    "gender_dropped",
    "language_unknown",
    "merged_keeps_first",
    "merged_with_above",
    "name_cut_out",
    "name_repeated",
    "name_turned",
    "needs_planned",
    "org_number_checksum",
    "org_number_dropped",
    "org_number_personal",
    "personal_number_reduced",
    "phone_dropped",
    "phone_first_of_several",
    "phone_plus_added",
    "phone_scientific",
    "phone_zero_added",
    "same_as_above",
    "spreadsheet_error",
    "time_about",
    "time_afternoon",
    "time_bare_hour",
    "time_date_ignored",
    "time_fraction",
    "time_longest_of_several",
    "time_outside",
    "time_part_of_day",
    "time_range",
    "time_words",
    "wish_for_anybody",
    "wish_negated",
    "wish_repeated",
    "wishes_in_one_cell",
]

RefusalReason = Literal[
    "cell_is_formula",
    "cell_too_long",
    "consent_missing",
    "consent_refused",
    "consent_unclear",
    "count_huge",
    "count_not_positive",
    "count_not_understood",
    "email_characters",
    "email_incomplete",
    "email_missing",
    "email_without_at",
    "name_missing",
    "name_not_a_name",
    "time_impossible",
    "time_not_understood",
    "time_several",
]

Question = Literal[
    "employer_alike",
    "employer_alike_known",
    "employer_twice",
    "form_unknown",
    "from_after_to",
    "row_almost_empty",
    "row_too_wide",
    "seeker_alike",
    "seeker_twice",
    "wish_ambiguous",
    "wish_and_avoid",
    "wish_unknown",
]

OptionCode = Literal[
    "as_is",
    "drop",
    "either",
    "employer",
    "hybrid",
    "keep_avoid",
    "keep_both",
    "keep_earlier",
    "keep_this",
    "keep_wish",
    "leave_out",
    "merge",
    "on_site",
    "separate",
    "swap",
    "video",
    "whole_day",
]

BlockedCode = Literal["columns_missing", "decisions_open", "nothing_to_import", "rows_refused"]

Field = Literal[
    "about",
    "access_needs",
    "age",
    "avoid",
    "birth_year",
    "competences",
    "consent",
    "contact",
    "contact_first",
    "contact_last",
    "email",
    "first_name",
    "form",
    "from",
    "gender",
    "languages",
    "last_name",
    "name",
    "office",
    "org_number",
    "personal_number",
    "phone",
    "recruiter_count",
    "row",
    "scheduling_needs",
    "station",
    "times",
    "to",
    "wish",
    "wish_mark",
]

_FAMILIES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "column": get_args(ColumnState),
    "file": get_args(FileReason),
    "notice": get_args(NoticeCode),
    "guess": get_args(GuessReason),
    "refusal": get_args(RefusalReason),
    "question": get_args(Question),
    "option": get_args(OptionCode),
    "blocked": get_args(BlockedCode),
    "field": get_args(Field),
}


def message_keys() -> tuple[str, ...]:
    """Every catalogue key that the page of an import may show, as ``import.<family>.<code>``."""
    return tuple(f"import.{family}.{code}" for family, codes in _FAMILIES.items() for code in codes)
