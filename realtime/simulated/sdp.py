"""The little that a simulated peer reads and changes in session descriptions."""

from __future__ import annotations

import re

_FINGERPRINT = re.compile(r"^a=fingerprint:(\S+ \S+)", re.MULTILINE)
_UFRAG = re.compile(r"^a=ice-ufrag:(\S+)", re.MULTILINE)
_SECTION = re.compile(r"(?=^m=)", re.MULTILINE)


def identity(sdp: str) -> tuple[str, str]:
    """What tells one connection from another: the certificate's fingerprint and the ICE user name."""
    fingerprint, ufrag = _FINGERPRINT.search(sdp), _UFRAG.search(sdp)
    return (fingerprint[1].upper() if fingerprint else "", ufrag[1] if ufrag else "")


def with_video_limit(sdp: str, *, kbps: int) -> str:
    """The description with a limit on the picture that we want to be sent; a browser then sends a smaller one."""
    sections = _SECTION.split(sdp)
    limited = [
        re.sub(r"^(c=[^\r\n]*\r?\n)", rf"\1b=AS:{kbps}\r\n", section, count=1, flags=re.MULTILINE)
        if section.startswith("m=video")
        else section
        for section in sections
    ]
    return "".join(limited)
