"""What every voice does, the real one on a sound card that the test listens to."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hardware.simulated.voice import FILE_NAME, WrittenVoice
from hardware.voice import EspeakVoice
from kiosk.ports import NORMAL_VOLUME, Voice
from tests.hardware.sound_card import DEVICE, Sound, SoundCard

LANGUAGES = {
    "en": "Take your images home with you",
    "es": "Llévese sus imágenes a casa",
    "zh": "把您的影像带回家",
    "ar": "خذ صورك معك إلى المنزل",
    "vi": "Mang hình ảnh của bạn về nhà",
    "ru": "Возьмите ваши снимки домой",
}
ENGLISH = LANGUAGES["en"]
LONG = " ".join([ENGLISH] * 400)
SAMPLES_A_SECOND = 22050
PATIENCE_S = 20


@pytest.fixture
def espeak(sound_card: SoundCard) -> Iterator[EspeakVoice]:
    voice = EspeakVoice(DEVICE)
    yield voice
    voice.stop()


class HeldClock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(params=["espeak", "written"])
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Voice:
    if request.param == "written":
        return WrittenVoice(tmp_path, HeldClock())
    made: EspeakVoice = request.getfixturevalue("espeak")
    return made


def loudness(sound: Sound) -> float:
    return float(np.sqrt(np.mean(np.square(sound.astype(np.float64)))))


# every voice


def test_a_voice_is_silent_until_it_is_told_to_speak(voice: Voice) -> None:
    assert not voice.is_speaking


def test_saying_something_waits_for_nothing(voice: Voice) -> None:
    began = time.monotonic()
    voice.say(LONG, "en")
    assert time.monotonic() - began < 2
    assert voice.is_speaking


def test_a_voice_that_is_stopped_is_silent_at_once(voice: Voice) -> None:
    voice.say(LONG, "en")
    voice.stop()
    assert not voice.is_speaking
    voice.stop()


def test_the_next_text_takes_the_place_of_the_last(voice: Voice) -> None:
    voice.say(LONG, "en")
    voice.say(LONG, "en")
    assert voice.is_speaking
    voice.stop()
    assert not voice.is_speaking


def test_a_voice_begins_at_the_normal_volume(voice: Voice) -> None:
    assert voice.volume == NORMAL_VOLUME


def test_tones_are_no_speech(voice: Voice) -> None:
    voice.chime()
    assert not voice.is_speaking


def test_tones_take_the_place_of_words_and_words_of_tones(voice: Voice) -> None:
    voice.say(LONG, "en")
    voice.chime()
    assert not voice.is_speaking
    voice.say(LONG, "en")
    assert voice.is_speaking


# the real one


def said(espeak: EspeakVoice, sound_card: SoundCard, text: str, language: str) -> Sound:
    espeak.say(text, language)
    return sound_card.heard()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_heard(language: str, espeak: EspeakVoice, sound_card: SoundCard) -> None:
    sound = said(espeak, sound_card, LANGUAGES[language], language)
    assert 0.8 < len(sound) / SAMPLES_A_SECOND < 5
    assert loudness(sound) > 500


def test_every_language_says_a_number_in_its_own_way(
    espeak: EspeakVoice, sound_card: SoundCard
) -> None:
    sounds = {said(espeak, sound_card, "17", language).tobytes() for language in LANGUAGES}
    assert len(sounds) == len(LANGUAGES)


def test_a_language_of_a_region_is_spoken(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    of_region = said(espeak, sound_card, LANGUAGES["zh"], "zh-Hans").tobytes()
    assert of_region == said(espeak, sound_card, LANGUAGES["zh"], "zh").tobytes()


def test_it_ends_when_all_is_said(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    espeak.say(ENGLISH, "en")
    sound_card.heard()
    until = time.monotonic() + PATIENCE_S
    while espeak.is_speaking:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_it_goes_on_as_long_as_there_is_more_to_hear(
    espeak: EspeakVoice, sound_card: SoundCard
) -> None:
    espeak.say(LONG, "en")
    for _ in range(5):
        assert len(sound_card.heard_within(0.2))
    assert espeak.is_speaking


def test_nothing_is_heard_after_it_was_stopped(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    espeak.say(LONG, "en")
    sound_card.heard_within(0.5)
    espeak.stop()
    sound_card.heard_within(0)  # what was on its way
    assert not len(sound_card.heard_within(0.5))


def test_it_is_louder_step_by_step_and_never_cut(
    espeak: EspeakVoice, sound_card: SoundCard
) -> None:
    loud = []
    for volume in range(0, 101, 20):
        espeak.volume = volume
        sound = said(espeak, sound_card, ENGLISH, "en")
        loud.append(loudness(sound))
        assert np.count_nonzero(np.abs(sound.astype(np.int32)) >= 32767) < len(sound) / 1000
    assert loud[0] == 0
    assert loud == sorted(set(loud))


def test_a_blank_line_is_a_pause(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    without = said(espeak, sound_card, "your exams\nyour disc", "en")
    assert len(said(espeak, sound_card, "your exams\n\nyour disc", "en")) > len(without) + 4000


def test_the_tones_are_two_and_soft_and_short(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    espeak.chime()
    sound = sound_card.heard()
    tones = sound[np.abs(sound).argmax() :][: int(0.6 * SAMPLES_A_SECOND)]
    first, second = tones[:4000], tones[-4000:]
    assert pitch_hz(second) > 1.2 * pitch_hz(first) > 600
    assert len(sound) < SAMPLES_A_SECOND
    assert 200 < loudness(sound) < 2 * loudness(said(espeak, sound_card, ENGLISH, "en"))


def pitch_hz(sound: Sound) -> float:
    return float(np.abs(np.fft.rfft(sound)).argmax()) * SAMPLES_A_SECOND / len(sound)


def test_the_tones_follow_the_volume(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    loud = []
    for volume in (0, 50, 100):
        espeak.volume = volume
        espeak.chime()
        loud.append(loudness(sound_card.heard()))
    assert loud[0] == 0 < loud[1] < loud[2]


def test_words_do_not_wait_for_the_tones_to_let_go_of_the_card(espeak: EspeakVoice) -> None:
    espeak.say(LONG, "en")
    time.sleep(0.5)  # the card is full, and the tones cannot end by themselves
    espeak.chime()
    espeak.say(LONG, "en")
    (at_work,) = voices_at_work()
    assert b"--stdin" in at_work


def test_what_is_said_is_in_nobodys_list_of_processes(espeak: EspeakVoice) -> None:
    espeak.say("Maria Example " + LONG, "en")
    (arguments,) = voices_at_work()
    assert b"Maria" not in arguments


def test_two_texts_are_never_said_at_once(espeak: EspeakVoice) -> None:
    espeak.say(LONG, "en")
    espeak.say(LONG, "es")
    assert len(voices_at_work()) == 1
    espeak.stop()
    assert not voices_at_work()


def voices_at_work() -> list[bytes]:
    """Return the command line of each espeak-ng that this process has started."""
    time.sleep(0.2)  # a program that begins has no command line yet
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    lines = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    return [line for line in lines if line.startswith(b"espeak-ng")]


def test_a_name_cannot_change_the_voice(espeak: EspeakVoice, sound_card: SoundCard) -> None:
    plain = said(espeak, sound_card, "Maria  Example", "en").tobytes()
    assert said(espeak, sound_card, "Maria \x01+90P\x01Example", "en").tobytes() != b""
    assert said(espeak, sound_card, "Maria \x01Example", "en").tobytes() == plain


def test_no_sound_card_is_silence_and_no_failure() -> None:
    voice = EspeakVoice("no-such-card")
    voice.say(ENGLISH, "en")
    voice.chime()
    voice.stop()


# the written one


def test_a_written_voice_leaves_what_it_said(tmp_path: Path) -> None:
    voice = WrittenVoice(tmp_path)
    voice.volume = 70
    voice.say(LANGUAGES["ar"], "ar")
    voice.say("Read the form", "en")
    voice.chime()
    lines = (tmp_path / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"text": LANGUAGES["ar"], "language": "ar", "volume": 70},
        {"text": "Read the form", "language": "en", "volume": 70},
        {"chime": True, "volume": 70},
    ]


def test_only_its_owner_reads_what_a_written_voice_said(tmp_path: Path) -> None:
    WrittenVoice(tmp_path).say("Hello Maria", "en")
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_written_voice_takes_the_time_of_a_real_one(tmp_path: Path) -> None:
    clock = HeldClock()
    voice = WrittenVoice(tmp_path, clock)
    voice.say(ENGLISH, "en")
    clock.seconds = 1.5
    assert voice.is_speaking
    clock.seconds = 3.5
    assert not voice.is_speaking
