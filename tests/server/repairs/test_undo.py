"""Taking back what was done: what nobody has heard of yet they never hear of."""

from __future__ import annotations

from tests.server.expo import Expo
from tests.server.repairs.test_repairs import full_morning, mailed


async def test_what_is_taken_back_before_a_mail_has_gone_out_is_mailed_to_nobody(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(4)
    walk_in = {"kind": "walk_in", "seeker_id": await day.seeker("Elsa Ek"), "wanted": 2}
    await expo.sent()

    at_once = await day.confirm((await day.ask(**walk_in))["options"][0], walk_in)
    await day.try_to_confirm(at_once["undo"])
    silent = await mailed(expo)
    later = await day.confirm((await day.ask(**walk_in))["options"][0], walk_in)
    booked = await mailed(expo)
    await day.try_to_confirm(later["undo"])

    assert silent == []
    # What was taken back can be chosen again; once it has been told, so is that it is off.
    assert booked == [("elsa.ek", "Bokat"), ("rekryterare", "Nytt"), ("rekryterare", "Nytt")]
    assert await mailed(expo) == [("elsa.ek", "Inställt"), ("rekryterare", "Inställt"), ("rekryterare", "Inställt")]
