"""The keystroke-level model: how long a practised person needs for what they pressed, without errors.

Operators and their published times:

=========  ======  ==============================================================================
K          0.28 s  a key, by an average typist who is no secretary (40 words a minute)
P          1.10 s  pointing at something on the screen with a mouse
B          0.10 s  pressing or releasing the mouse button; a click is two
H          0.40 s  moving a hand between keyboard and mouse
M          1.35 s  making up one's mind
=========  ======  ==============================================================================

Source: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user performance time with interactive
systems", Communications of the ACM 23 (7), 1980; B by D. Kieras, who split the button's K into its two halves.

What was pressed is read off the running page, press by press. One makes up one's mind once for every answer and
once for sending (their rule 0 for what is chosen); Tab and arrows on the way to a question are K alone (rule 1:
what is foreseen takes no M). The system's own time is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

K, P, B, H, M = 0.28, 1.10, 0.10, 0.40, 1.35
# Keys on the way, about which nobody thinks.
ON_THE_WAY = frozenset({"Tab", "Shift", "Control", "Meta", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"})

RECORD = """
{
  const note = (kind, event, key) => {
    const kept = JSON.parse(sessionStorage.getItem('presses') ?? '[]');
    const box = event.target.getBoundingClientRect();
    kept.push({ kind, key, on: event.target.closest?.('[data-question], button, label')?.innerText ?? '',
                width: box.width, height: box.height });
    sessionStorage.setItem('presses', JSON.stringify(kept));
  };
  addEventListener('pointerdown', (press) => { if (press.isTrusted) note('mouse', press, ''); }, { capture: true });
  addEventListener('keydown', (press) => { if (press.isTrusted) note('key', press, press.key); }, { capture: true });
}
"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a person pressed, in order: ``mouse``, or the name of a key."""

    presses: tuple[str, ...]

    @property
    def taps(self) -> int:
        """How often they pressed something on the page."""
        return sum(press == "mouse" for press in self.presses)

    @property
    def operators(self) -> str:
        """The letters of the model, such as ``MPBB`` for one click that was thought of."""
        letters = []
        hand = None
        for press in self.presses:
            now = "mouse" if press == "mouse" else "keyboard"
            letters.append("H" if hand not in (None, now) else "")
            hand = now
            letters.append("MPBB" if press == "mouse" else "K" if press in ON_THE_WAY else "MK")
        return "".join(letters)

    @property
    def seconds(self) -> float:
        """The time of the model."""
        times = {"K": K, "P": P, "B": B, "H": H, "M": M}
        return sum(times[letter] for letter in self.operators)


async def forget_presses(page: Page) -> None:
    """Begin to count anew."""
    await page.evaluate("sessionStorage.removeItem('presses')")


async def pressed(page: Page) -> Pressed:
    """What has been pressed on this tab since."""
    kept: list[dict[str, Any]] = await page.evaluate("JSON.parse(sessionStorage.getItem('presses') ?? '[]')")
    for press in kept:
        assert press["kind"] == "key" or (press["width"] > 0 and press["height"] > 0), press
    return Pressed(tuple("mouse" if press["kind"] == "mouse" else press["key"] for press in kept))
