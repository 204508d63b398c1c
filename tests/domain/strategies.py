"""Any patient, study, consent and release that could be, for hypothesis to choose from."""

from datetime import UTC, timedelta, timezone

from hypothesis import strategies as st

from kiosk.domain.consent import (
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

words = st.text(max_size=12)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
dates = st.dates()
lengths = st.floats(allow_nan=False, allow_infinity=False)
points = st.tuples(lengths, lengths, lengths) | st.tuples(lengths, lengths, lengths, lengths)
strokes = st.lists(st.lists(points, max_size=4).map(tuple), max_size=3).map(tuple)
counts = st.integers(min_value=0, max_value=10_000)
patients = st.builds(Patient, words, dates, words, words, words)
studies = st.builds(
    Study,
    words,
    patients,
    st.none() | dates,
    words,
    st.lists(words, max_size=3).map(tuple),
    words,
    st.none() | counts,
)
consents = st.builds(
    Consent,
    st.builds(Signer, st.sampled_from(SignerRole), words, st.none() | words),
    words,
    words,
    words,
    st.lists(st.builds(Acknowledgement, words, moments), max_size=3).map(tuple),
    st.builds(Drawn, strokes) | st.builds(Typed, words),
    moments,
    st.sampled_from(Basis),
    st.none() | st.builds(UntilDay, dates) | st.builds(UntilEvent, words),
)
releases = st.builds(
    Release,
    patients,
    st.lists(studies, max_size=3).map(tuple),
    consents,
    st.builds(IdentityCheck, st.sampled_from(IdentityMethod), words, moments, words),
    st.builds(Target, st.sampled_from(TargetKind), words),
    counts,
    st.none() | st.builds(Fee, st.decimals(0, 999999, places=2), words),
    st.none() | st.builds(Approval, words, words, moments),
)
