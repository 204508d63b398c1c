"""The voice of the English words: plain, short, calm; they are the source of all others."""

import re

import pytest

from kiosk.text.words import words_for
from tests.text.catalogue import NO_SENTENCES, spoken, texts

WORDS = words_for("en")
TEXTS = [(key, text) for key, text in texts(WORDS) if key not in NO_SENTENCES]

FORBIDDEN = re.compile(
    r"\b(stud(y|ies)|series|dicom|pacs|archives?|media|medium|modality|instances?|authenticat\w+"
    r"|invalid|errors?|failed|failure|sessions?|time ?out|ok|submit|abort|wrong|must not"
    r"|you entered|your fault|mistake)\b",
    re.IGNORECASE,
)
NAMES_IN_CAPITALS = {"USB", "CT", "MRI", "PET", "ECG", "EEG", "OCT", "GB", "MB", "ID", "DICOM"}
NAMES_IN_CAPITALS |= {"INDEX", "HTM"}

GRADE, GRADE_OF_A_SENTENCE = 6.0, 8.0
SHORTEST_SENTENCE = 5
"""Fewer words are a label, and no sentence to measure."""

SAID_IN_THE_LOOK = """
Take your images home with you
Get your X-rays, scans and reports on a disc or a USB stick. It takes about 10 minutes.
A slip from our desk
Your date of birth
No slip? Touch Call staff.
Get my images
Enter the code on your slip
Or hold your slip or wristband under the red light below the screen.
Check my code
Enter your date of birth
Check my date
We are looking for your images
This takes a few seconds.
This takes longer than usual. You can wait or come back later.
Choose your images
Hello {name}. You chose {n} of {total}. Touch an exam to change it.
Choose all
See older exams
Take these {n} exams
Choose at least one exam
What should we put them on?
Your {n} exams fit on each of these.
Put them on a disc
Put them on my stick
Put them on a new stick
Put them on paper
Put them on film
Who are they for?
We write your answer on the form. Choose one.
I sign for someone else
Read the form
You sign on the next screen, or on paper at our desk.
Read it to me
Make it bigger
See part {part}
Sign the form
Sign with your finger
I ask for
Clear and sign again
Type my name
Finish signing
Next you check everything once more. Then we seal the form. You get a receipt.
Is everything right?
This is the last check. You can still go back.
Make my disc
We are making your disc
Please sit down. We will call your ticket number.
Get your images
Get the disc ready
Write the disc
Check every image
Print your receipt
Take your disc and receipt
We checked it: all {n} images are there
Write this on the disc with the soft pen
How to open it at home
No disc came out
I have my disc
Goodbye and take care
Your details are gone from this screen.
Our staff will help you
Finish here
Are you still there?
In {n} seconds we close this and take your details off the screen.
Keep my place
Close it now
We called our staff. Someone comes to you.
Staff called at {time}
Start over?
We take your details off the screen.
The code and the date do not match. Please check both and try again.
Please wait {seconds}, then try again. Or touch Call staff.
This code no longer works. Our staff will give you a new one.
We cannot reach your images right now. Your code still works. Try again, or come back later.
We found no images for you yet. New images can take a day.
New images are still coming in for this exam. You can take what is here now, or wait.
Wait for them
Take what is here
These exams need 2 discs. We make both.
Your stick is too small: it needs {size} free. Choose a disc, or use another stick.
We cannot use this stick. Nothing on it was changed.
Use another stick
Choose a disc
The stick came out too early. Put it back and we start again. Your form is safe.
This disc did not pass our check. We are making a new one. You do nothing.
The receipt printer has no paper. Our staff have your receipt at the desk.
Sign in the box, or touch Type my name.
{ticket}: {n} minutes left
{ticket}: ready. Touch Get my images and enter your code.
"""


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, a short word in place of each value."""
    plain = re.sub(r"{\w+}", "it", text)
    return [part for part in re.split(r"(?<=[.?:])\s+", plain) if re.search(r"\w", part)]


def syllables(word: str) -> int:
    """Count groups of vowels, but for a silent e at the end."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    bare = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeiouylscgxz])es$|(?<=[^aeioutd])ed$", "", bare)
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def grade(parts: list[str]) -> float:
    """Return the Flesch-Kincaid grade of some sentences."""
    words = [word for part in parts for word in re.findall(r"[\w'-]+", part)]
    per_word = sum(syllables(word) for word in words) / len(words)
    return 0.39 * len(words) / len(parts) + 11.8 * per_word - 15.59


@pytest.mark.parametrize("said", SAID_IN_THE_LOOK.strip().splitlines())
def test_what_was_decided_is_said_word_for_word(said: str) -> None:
    together = {" ".join(lines) for lines in WORDS.lists.values()}
    assert said in {text for _, text in TEXTS} | together


def test_no_word_of_the_trade_and_no_blame() -> None:
    found = {key: text for key, text in TEXTS if FORBIDDEN.search(spoken(text))}
    assert found == {}


def test_nothing_stands_in_capitals_but_names() -> None:
    capitals = {word for _, text in TEXTS for word in re.findall(r"\b[A-Z]{2,}\b", text)}
    assert capitals - NAMES_IN_CAPITALS == set()


SENTENCES = {
    part: key
    for key, text in TEXTS
    for part in sentences(text)
    if len(part.split()) >= SHORTEST_SENTENCE
}


def test_the_whole_is_read_by_eleven_year_olds() -> None:
    assert grade(list(SENTENCES)) <= GRADE


def test_no_sentence_is_hard_to_read() -> None:
    assert {part for part in SENTENCES if grade([part]) > GRADE_OF_A_SENTENCE} == set()


def test_the_measure_tells_hard_sentences_from_easy_ones() -> None:
    assert grade(["Authentication of the individual requires identification documentation."]) > 12
    assert grade(["We are looking for your images."]) < GRADE


@pytest.mark.parametrize(
    ("word", "count"),
    [("disc", 1), ("made", 1), ("receipt", 2), ("tables", 2), ("images", 3), ("hospital", 3)],
)
def test_syllables_are_counted_as_they_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count
