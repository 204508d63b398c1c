"""READ_FORM, SIGN and CONFIRM: up to the moment from which nothing is lost."""

from dataclasses import replace

from kiosk.domain.consent import (
    ELECTRONIC_SIGNATURE,
    SELF,
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Drawn,
    Typed,
)
from kiosk.domain.session.asks import CallDesk, Seal
from kiosk.domain.session.choosing import LONGEST_NAME, read_form
from kiosk.domain.session.events import (
    Acknowledge,
    Bigger,
    ClearAll,
    Delete,
    Drew,
    Event,
    FormMade,
    GoBack,
    GoOn,
    OtherLetters,
    Sealed,
    Troubled,
    TurnPage,
    TypeInstead,
    TypeLetter,
)
from kiosk.domain.session.moves import Step, at, trouble, turned
from kiosk.domain.session.places import (
    Confirm,
    Ink,
    Notice,
    ReadForm,
    Reason,
    Session,
    Sign,
    TypeSigner,
    Way,
    WhoFor,
)
from kiosk.domain.session.waiting import look_at


def at_form(session: Session, place: ReadForm, event: Event) -> Step | None:
    """Read the form to its end."""
    match event:
        case FormMade(wish=wish, form=form) if place.form is None and (
            (wish.decisions, form.language) == (place.wish.decisions, session.comfort.language)
        ):
            return at(session, replace(place, form=form))
        case Troubled(reason=reason) if place.form is None:
            return trouble(session, reason, Way.TRY_AGAIN, Way.FINISH, back_to=place)
        case GoBack() if place.page > 0:
            return at(session, replace(place, page=place.page - 1, notice=None))
        case GoBack():
            wish = place.wish
            return at(session, WhoFor(wish) if wish.authority is None else TypeSigner(wish))
        case _ if place.form is None:
            return None
        case TurnPage(by=by) if 0 <= place.page + by < len(place.pages):
            return at(session, replace(place, page=place.page + by, notice=None))
        case Bigger():
            return at(session, _zoomed(place))
        case Acknowledge() if place.is_last_page:
            at_once = None if place.acknowledged_at else session.now
            return at(session, replace(place, acknowledged_at=at_once, notice=None))
        case GoOn():
            return _read_on(session, place)
        case _:
            return None


def sign(session: Session, place: Sign, event: Event) -> Step | None:
    """Sign with the finger, or with a typed name; both are equal."""
    ink = place.ink
    match event:
        case Drew(stroke=stroke) if not ink.is_typing and stroke:
            return _inked(session, place, replace(ink, strokes=(*ink.strokes, stroke)))
        case TypeLetter(letter=letter) if ink.is_typing and len(ink.typed) < LONGEST_NAME:
            return _inked(session, place, replace(ink, typed=ink.typed + letter))
        case OtherLetters() if ink.is_typing:
            return _inked(session, place, replace(ink, latin=not ink.latin))
        case Delete() if ink.is_typing:
            return _inked(session, place, replace(ink, typed=ink.typed[:-1]))
        case ClearAll():
            return _inked(session, place, replace(ink, strokes=(), typed=""))
        case TypeInstead():
            return _inked(session, place, Ink(is_typing=not ink.is_typing))
        case GoBack() if _is_in(session.comfort.language, place.read):
            return at(session, place.read)
        case GoBack():
            return read_form(session, place.read.wish)
        case GoOn() if ink.is_empty:
            return at(session, replace(place, notice=Notice.SIGNATURE_IS_EMPTY))
        case GoOn():
            return at(session, Confirm(place, session.now))
        case _:
            return None


def confirm(session: Session, place: Confirm, event: Event) -> Step | None:
    """Check everything once more; then the form is sealed."""
    match event:
        case Sealed(glance=glance) if place.is_sealing:
            asks = (CallDesk("approval", glance.job_id),) if _for_someone(place) else ()
            moved, more = look_at(session, glance)
            return moved, (*asks, *more)
        case Troubled(reason=reason) if place.is_sealing:
            return trouble(
                session, reason, Way.TRY_AGAIN, Way.FINISH, back_to=_again(place, reason)
            )
        case GoBack() if not place.is_sealing:
            return at(session, place.signed)
        case TurnPage(by=by) if not place.is_sealing:
            return turned(session, place, by)
        case GoOn() if not place.is_sealing:
            return _seal(session, place)
        case _:
            return None


def _read_on(session: Session, place: ReadForm) -> Step:
    if not place.is_last_page:
        return at(session, replace(place, page=place.page + 1))
    if place.acknowledged_at is None:
        return at(session, replace(place, notice=Notice.TOUCH_THE_BOX))
    # The form has just said that it can also be signed on paper.
    return at(session, Sign(replace(place, notice=None, electronic_at=session.now)))


def _zoomed(place: ReadForm) -> ReadForm:
    """Show the form bigger or smaller, at about the line that was being read."""
    zoomed = replace(place, bigger=not place.bigger, notice=None)
    return replace(zoomed, page=place.page * len(zoomed.pages) // len(place.pages))


def _is_in(language: str, read: ReadForm) -> bool:
    return read.form is not None and read.form.language == language


def _inked(session: Session, place: Sign, ink: Ink) -> Step:
    return at(session, replace(place, ink=ink, notice=None))


def _again(place: Confirm, reason: Reason) -> ReadForm | Confirm:
    """Return where the person tries again: a form that has changed must be read again."""
    if reason is Reason.NOT_SEALED:
        return ReadForm(place.signed.read.wish)
    return replace(place, is_sealing=False)


def _for_someone(place: Confirm) -> bool:
    return place.signed.read.wish.authority is not None


def _seal(session: Session, place: Confirm) -> Step:
    read, ink = place.signed.read, place.signed.ink
    if read.form is None:
        raise AssertionError("nobody comes here without having read the form")  # pragma: no cover
    consent = Consent(
        signer=read.form.signer,
        language=read.form.language,
        recipient=SELF,
        purpose=read.wish.purpose,
        acknowledged=_acknowledged(read),
        signature=Typed(ink.typed.strip()) if ink.is_typing else Drawn(ink.strokes),
        signed_at=place.signed_at,
    )
    sealing = replace(place, is_sealing=True)
    return at(session, sealing, Seal(read.wish, consent, read.form.sha256))


def _acknowledged(read: ReadForm) -> tuple[Acknowledgement, ...]:
    """Return what was touched and when; the cost is accepted with the signature."""
    touched = {
        UNENCRYPTED_MEDIUM: read.acknowledged_at,
        ELECTRONIC_SIGNATURE: read.electronic_at,
    }
    return tuple(Acknowledgement(name, at) for name, at in touched.items() if at is not None)
