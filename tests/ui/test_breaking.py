"""Where lines end."""

from kiosk.ui.breaking import break_evenly, break_lines


def _ten(text: str) -> float:
    return 10.0 * len(text)


def test_a_line_ends_between_words() -> None:
    lines = break_lines("Take your images home with you", 160, _ten)
    assert lines == ["Take your images", "home with you"]


def test_a_text_that_fits_is_one_line() -> None:
    assert break_lines("Go back", 70, _ten) == ["Go back"]
    assert break_lines("", 70, _ten) == [""]


def test_a_word_that_is_too_long_is_broken_between_letters() -> None:
    lines = break_lines("Donaudampfschiffahrt ist lang", 80, _ten)
    assert "".join(lines).replace(" ", "") == "Donaudampfschiffahrtistlang"
    assert max(_ten(line) for line in lines) <= 80


def test_a_line_feed_ends_a_line() -> None:
    assert break_lines("one\ntwo", 1000, _ten) == ["one", "two"]


def test_chinese_ends_a_line_between_letters_but_not_before_a_full_stop() -> None:
    assert break_lines("请选择您的图像。", 70, _ten) == ["请选择您的图", "像。"]


def test_chinese_does_not_end_a_line_after_an_opening_bracket() -> None:
    lines = break_lines("请触摸《开始》", 40, _ten)
    assert not any(line.endswith("《") for line in lines)
    assert not any(line.startswith("》") for line in lines)


def test_a_latin_word_in_a_chinese_sentence_stays_whole() -> None:
    assert "DICOM" in " ".join(break_lines("这是DICOM光盘", 60, _ten))


def test_even_lines_are_as_many_but_about_equally_long() -> None:
    text = "Take your images home with you"
    assert break_lines(text, 250, _ten) == ["Take your images home", "with you"]
    assert break_evenly(text, 250, _ten) == ["Take your images", "home with you"]


def test_even_lines_never_break_a_word_for_evenness() -> None:
    assert break_evenly("Unbelievably so", 130, _ten) == ["Unbelievably", "so"]
