from __future__ import annotations

import av
import numpy as np
import pytest

from realtime.simulated.clip import FRAMES_PER_S, KEY_EVERY, clip_of
from realtime.simulated.letters import draw, initials
from realtime.simulated.picture import HEIGHT, WIDTH, Portrait
from realtime.simulated.sdp import identity, with_video_limit
from realtime.simulated.sound import LOOP_S, PEAK, SAMPLE_RATE, loudness, speak


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Åsa Ek", "ÅE"),
        ("Maria Quist Öberg", "MÖ"),
        ("Cher", "C"),
        ("  ", "·"),
        ("42", "·"),
        ("élodie ñandú", "ÉÑ"),
    ],
)
def test_initials_are_those_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_letter_that_is_not_in_the_alphabet_is_drawn_as_its_plain_sister() -> None:
    assert np.array_equal(draw("É", dot_px=4), draw("E", dot_px=4))
    assert draw("字", dot_px=4).any()


def test_a_loop_can_be_entered_every_other_second() -> None:
    clip = clip_of("AB", "seeker")
    decoder = av.CodecContext.create("libvpx", "r")
    assert isinstance(decoder, av.VideoCodecContext)

    assert len(clip.frames) == LOOP_S * FRAMES_PER_S
    for start in range(0, len(clip.frames), KEY_EVERY):
        decoder = av.CodecContext.create("libvpx", "r")
        assert isinstance(decoder, av.VideoCodecContext)
        [picture] = decoder.decode(av.Packet(clip.frames[start]))
        assert (picture.width, picture.height) == (WIDTH, HEIGHT)


def test_the_sound_is_quiet_and_each_side_leaves_the_other_half_of_the_loop() -> None:
    seeker, recruiter = speak("seeker", voice=1), speak("recruiter", voice=1)
    half = LOOP_S * SAMPLE_RATE // 2

    assert 0 < max(np.abs(seeker).max(), np.abs(recruiter).max()) <= PEAK
    assert not seeker[:half].any()
    assert not recruiter[half:].any()


def test_the_mouth_opens_with_the_sound() -> None:
    levels = loudness(speak("recruiter", voice=3), frames=LOOP_S * FRAMES_PER_S)
    portrait = Portrait("AB", "recruiter")

    def dark(loud: float) -> int:
        return int((portrait.frame(at_s=0, loudness=loud, period_s=4).sum(axis=2) < 120).sum())

    assert (float(levels.min()), float(levels.max())) == (0.0, 1.0)
    assert dark(1.0) > dark(0.5) > dark(0.0)


def test_the_same_person_always_looks_and_sounds_the_same() -> None:
    assert clip_of("AB", "seeker") is clip_of("AB", "seeker")
    assert np.array_equal(speak("seeker", voice=5), speak("seeker", voice=5))
    assert not np.array_equal(speak("seeker", voice=5), speak("seeker", voice=6))


SDP = (
    "v=0\r\na=ice-ufrag:abcd\r\na=fingerprint:sha-256 aa:bb\r\n"
    "m=audio 9 UDP 96\r\nc=IN IP4 0.0.0.0\r\nm=video 9 UDP 97\r\nc=IN IP4 0.0.0.0\r\na=sendrecv\r\n"
)


def test_a_picture_limit_stands_in_the_picture_section_alone() -> None:
    limited = with_video_limit(SDP, kbps=350)

    assert limited == SDP.replace("97\r\nc=IN IP4 0.0.0.0\r\n", "97\r\nc=IN IP4 0.0.0.0\r\nb=AS:350\r\n")


def test_a_connection_is_known_by_its_certificate_and_its_ice_name() -> None:
    assert identity(SDP) == ("SHA-256 AA:BB", "abcd")
    assert identity("v=0\r\n") == ("", "")
