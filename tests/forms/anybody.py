"""Any person, any exams, any signature, for the tests that no letter of a document is cut."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument, PdfTextPage

from forms.facts import FormFacts, Site
from forms.release.signing import Signed
from kiosk.domain.clock import ClockState
from kiosk.domain.consent import (
    ELECTRONIC_SIGNATURE,
    FEE,
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Basis,
    Consent,
    Drawn,
    Signer,
    SignerRole,
    Typed,
    UntilDay,
    UntilEvent,
)
from kiosk.domain.release import (
    Approval,
    Fee,
    IdentityCheck,
    IdentityMethod,
    Release,
    Target,
    TargetKind,
)
from kiosk.domain.study import Patient, Study
from kiosk.text.words import LANGUAGES
from tests.forms.builders import JOB_ID

SCRIPTS = (
    "ABCDEFGHIJ abcdefghij -'",
    "ÀÉÎÕÜßçñøåŁžřđ ",
    "НаталияДарьяПример ",
    "محمدأحمدالقباني ",
    "משהישראלי ",
    "王小东張三李四陳大文 ",
    "山田太郎やまだたろう ",
    "홍길동김철수 ",
    "กขคงจฉชซฌญ ",
    "अमितशर्मा ",  # no embedded font has these: their codes stand there
    "\U0001f600\u202e\u0300\u200d<&>{}%",
)
ONE_SCRIPT = st.sampled_from(SCRIPTS).flatmap(
    lambda letters: st.text(st.sampled_from(letters), max_size=64)
)
ANY = ONE_SCRIPT | st.text(max_size=64) | st.lists(ONE_SCRIPT, max_size=3).map(" ".join)
LONG = ANY | st.text(max_size=300) | st.lists(ANY, max_size=5).map(lambda some: "".join(some)[:300])
SOME = ANY.filter(str.strip)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ZONES = [UTC, ZoneInfo("America/Argentina/ComodRivadavia"), ZoneInfo("Asia/Kathmandu")]
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
LENGTHS = st.floats(-1e9, 1e9) | st.floats(0, 60)
POINTS = st.tuples(LENGTHS, LENGTHS, st.just(0.0))
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=30).map(tuple), min_size=1, max_size=12)
SIGNATURES = st.builds(Drawn, STROKES.map(tuple)) | st.builds(Typed, LONG)
PATIENTS = st.builds(Patient, ANY, DAYS, ANY)
STUDIES = st.builds(
    Study,
    st.just("1.2.3"),
    PATIENTS,
    st.none() | DAYS,
    ANY,
    st.lists(st.sampled_from(["CT", "MR", "SR", "DOC", "XX", "???"]), max_size=4).map(tuple),
    ANY,
    st.none() | st.integers(0, 99_999),
)
CONSENTS = st.builds(
    Consent,
    st.builds(Signer, st.sampled_from(SignerRole), LONG, st.none() | ANY),
    st.sampled_from([*LANGUAGES, "zh-Hans", "xx"]),
    st.just("self") | LONG,
    LONG,
    st.lists(
        st.builds(
            Acknowledgement,
            st.sampled_from([UNENCRYPTED_MEDIUM, ELECTRONIC_SIGNATURE, FEE]),
            MOMENTS,
        ),
        max_size=3,
    ).map(tuple),
    SIGNATURES,
    MOMENTS,
    st.sampled_from(Basis),
    st.builds(UntilDay, DAYS) | st.builds(UntilEvent, LONG),
)
RELEASES = st.builds(
    Release,
    PATIENTS,
    st.integers(1, 60).flatmap(
        lambda count: st.lists(STUDIES, min_size=1, max_size=4).map(
            lambda some: tuple((some * 60)[:count])
        )
    ),
    CONSENTS,
    st.builds(IdentityCheck, st.sampled_from(IdentityMethod), ANY, MOMENTS, ANY),
    st.builds(Target, st.sampled_from(TargetKind), st.just("copy.iso")),
    st.just(1),
    st.none() | st.builds(Fee, st.decimals(0, 999_999, places=2), st.just("USD")),
    st.none() | st.builds(Approval, ANY, ANY, MOMENTS),
)
SITES = st.builds(Site, SOME, ANY, ANY, st.sampled_from(ZONES), st.sampled_from(list(LANGUAGES)))
FACTS = st.builds(
    FormFacts,
    SITES,
    RELEASES,
    st.just("kiosk-1"),
    st.just("Imaging release kiosk 0.1.0"),
    st.just(JOB_ID),
)
SIGNED = st.builds(Signed, st.just("0f" * 32), st.sampled_from(ClockState))
often = settings(max_examples=30, deadline=None)


FOOT = 20.0
EDGE = 4.0
"""Points; what the glyph of a letter may reach beyond its line."""


def require_uncut(pdf: bytes, margin: float) -> None:
    """Make sure that the text of a PDF lies between its margins, in points."""
    document = PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        for left, bottom, right, top in boxes(page.get_textpage()):
            assert margin - EDGE <= left <= right <= width - margin + EDGE
            assert FOOT <= bottom <= top <= height - FOOT
    document.close()


def boxes(text: PdfTextPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield left, bottom, right and top of each piece of text."""
    for index in range(text.count_rects()):
        yield text.get_rect(index)
