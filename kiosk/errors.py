"""Failures that stop the work, each with what the patient and the staff are told to do next."""

from datetime import datetime
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What ``kiosk`` commands end with, for scripts."""

    DONE = 0
    OTHER = 1
    USAGE = 2
    NOT_FOUND = 3
    ARCHIVE = 4
    MEDIUM = 5
    POLICY = 6


class KioskError(Exception):
    """A failure with a code, a sentence for the patient and one for staff.

    Parameters
    ----------
    detail : str
        What staff need to know beyond the sentence: a path, a host, a count. Never a name,
        birth date or patient ID, because details reach logs.
    """

    code: ClassVar[str] = "unexpected"
    patient: ClassVar[str] = "Something did not work. Your form is safe. Our staff will help you."
    staff: ClassVar[str] = "The kiosk met a failure it does not know; report it with the job id"
    retry_helps: ClassVar[bool] = False
    exit_code: ClassVar[ExitCode] = ExitCode.OTHER

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.staff} ({self.detail})." if self.detail else f"{self.staff}."


class ConfigurationWrong(KioskError):
    """The configuration or the command line cannot be used."""

    code = "configuration-wrong"
    patient = "This kiosk is not working now. Please go to the front desk."
    staff = "Correct the configuration and start again"
    exit_code = ExitCode.USAGE


class HouseFolderWrong(KioskError):
    """A hospital's own words or logo for the documents cannot be used."""

    code = "house-folder-wrong"
    patient = ConfigurationWrong.patient
    staff = "Correct what is named here in that folder, then look again with kiosk check"
    exit_code = ExitCode.USAGE


# Who is asking


class IdentityNotFound(KioskError):
    """No patient matches; the same words whichever of the answers is wrong (45 CFR 164.514(h))."""

    code = "identity-not-found"
    patient = "The code and the date do not match. Please check both and try again."
    staff = "No patient with this ID and birth date is known; check both against the photo ID"
    exit_code = ExitCode.NOT_FOUND


class IdentityAmbiguous(KioskError):
    """Two people share the patient ID, told apart only by its issuer."""

    code = "identity-ambiguous"
    patient = "Our staff need to check your details."
    staff = "Several patients share this ID; issue a code for the right one at the desk"
    exit_code = ExitCode.NOT_FOUND


class StudyNotFound(KioskError):
    """The patient has no such study, or none at all."""

    code = "study-not-found"
    patient = "We found no images for you yet. New images can take a day."
    staff = "The archive holds no such study of this patient; check the accession in the archive"
    exit_code = ExitCode.NOT_FOUND


class CodeRefused(KioskError):
    """The release code is unknown, used, expired or belongs to another birth date."""

    code = "code-refused"
    patient = "The code and the date do not match. Please check both and try again."
    staff = "The release code was not accepted; see an ID and issue a new one"
    exit_code = ExitCode.NOT_FOUND


class CodeMustWait(KioskError):
    """Three wrong tries: the code rests for a minute."""

    code = "code-must-wait"
    patient = "Please wait 60 seconds, then try again. Or touch Call staff."
    staff = "The release code rests after three wrong tries; wait a minute"
    retry_helps = True
    exit_code = ExitCode.POLICY

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until.isoformat(timespec='seconds')}")
        self.until = until


class CodeVoid(KioskError):
    """Five wrong tries, or staff, made the code void."""

    code = "code-void"
    patient = "This code no longer works. Our staff will give you a new one."
    staff = "The release code is void; see an ID and issue a new one"
    exit_code = ExitCode.POLICY


# What may be released


class ConsentRefused(KioskError):
    """The consent lacks something that the law or the site's policy asks for."""

    code = "consent-refused"
    patient = "The form is not complete. Our staff will help you."
    staff = "The consent is not complete; fill in what is missing and sign again"
    exit_code = ExitCode.POLICY


class ConsentRevoked(KioskError):
    """The signer has taken the consent back (45 CFR 164.508(b)(5))."""

    code = "consent-revoked"
    patient = "The form was taken back. Nothing is copied. Our staff will help you."
    staff = "The consent was taken back; nothing is released, a new form must be signed"
    exit_code = ExitCode.POLICY


class ConsentExpired(KioskError):
    """The day or event with which the authorization ends has come (45 CFR 164.508(b)(2)(i))."""

    code = "consent-expired"
    patient = "The form is no longer valid. Nothing is copied. Our staff will help you."
    staff = "The authorization has expired; nothing is released, a new form must be signed"
    exit_code = ExitCode.POLICY


class EvidenceIncomplete(KioskError):
    """The record of a signature lacks something that would prove it (15 USC 7001, 7006)."""

    code = "evidence-incomplete"
    patient = "The form is not complete. Our staff will help you."
    staff = "The record of the signature is not complete; have the form signed again"
    exit_code = ExitCode.POLICY


class ApprovalNeeded(KioskError):
    """Staff must approve before anything is copied."""

    code = "approval-needed"
    patient = "Our staff must look at your request first. Please wait for your number."
    staff = "The signed request is held; a staff member must see the authority and approve it"
    exit_code = ExitCode.POLICY


class FormNotSealed(KioskError):
    """No signed, sealed and unchanged form stands behind the job."""

    code = "form-not-sealed"
    staff = "The signed form is missing or changed; nothing is released, ask the patient to sign"
    exit_code = ExitCode.POLICY


class FormChanged(KioskError):
    """The form would be sealed with other words than those that the signer has read."""

    code = "form-changed"
    patient = "The form has changed. Please read it again before you sign."
    staff = "The form is no longer the one that was shown; have the patient read and sign it again"
    exit_code = ExitCode.POLICY


# The receipt


class NotAReceipt(KioskError):
    """The file is no receipt that a kiosk has sealed."""

    code = "not-a-receipt"
    staff = "This file is no sealed receipt; name the receipt's PDF"
    exit_code = ExitCode.USAGE


class ReceiptChanged(KioskError):
    """The receipt is not as it was sealed, or this hospital has not sealed it."""

    code = "receipt-changed"
    staff = (
        "This receipt was changed, or sealed with another key; do not rely on it,"
        " take the one that the kiosk has in its store"
    )
    exit_code = ExitCode.POLICY


class DocumentUnknown(KioskError):
    """A sealed document is not among those of this kiosk's store."""

    code = "document-unknown"
    staff = "This kiosk's store has no such document; ask the kiosk that sealed it"
    exit_code = ExitCode.NOT_FOUND


# The archive


class ArchiveUnreachable(KioskError):
    """No configured way to the archive answers."""

    code = "archive-unreachable"
    patient = "We cannot reach your images right now. Your code still works. Come back later."
    staff = "The archive does not answer; check network and archive, the job goes on by itself"
    retry_helps = True
    exit_code = ExitCode.ARCHIVE


class ArchiveRefused(KioskError):
    """The archive answers but refuses this kiosk: AE title, credentials, certificate or service."""

    code = "archive-refused"
    patient = "We cannot reach your images right now. Your code still works. Come back later."
    staff = "The archive refuses this kiosk; check AE titles, password and certificates"
    retry_helps = True
    exit_code = ExitCode.ARCHIVE


class ArchiveIncomplete(KioskError):
    """What arrived is not what the archive says it holds."""

    code = "archive-incomplete"
    patient = "Some of your images did not arrive. We try again. Your form is safe."
    staff = "The archive did not send every instance it lists; check the study in the archive"
    retry_helps = True
    exit_code = ExitCode.ARCHIVE


class StudyStillGrowing(KioskError):
    """New instances keep arriving in the archive while the study is fetched."""

    code = "study-still-growing"
    patient = "New images are still coming in for this exam. We wait for them."
    staff = "The study still receives images; the job waits and asks again by itself"
    retry_helps = True
    exit_code = ExitCode.ARCHIVE


class BrokenInstance(KioskError):
    """The archive sent something that is not the DICOM instance it promised."""

    code = "broken-instance"
    patient = "One of your images could not be copied. Our staff will help you."
    staff = "The archive sends a broken instance; have the study repaired there, then retry"
    exit_code = ExitCode.ARCHIVE


class WrongPatient(KioskError):
    """An instance belongs to somebody else, or to a study nobody asked for."""

    code = "wrong-patient"
    patient = "Our staff need to check your images first. Your form is safe."
    staff = "An instance does not match the patient or study; nothing was written, call the archive"
    exit_code = ExitCode.ARCHIVE


# The medium


class TargetUnusable(KioskError):
    """The place to write to exists already, or cannot be written."""

    code = "target-unusable"
    staff = (
        "The target cannot be written; free its name, mend its folder or name another,"
        " a signed job goes on by itself"
    )
    retry_helps = True
    exit_code = ExitCode.MEDIUM


class MediumTooSmall(KioskError):
    """Even one instance does not fit on the medium."""

    code = "medium-too-small"
    patient = "Your images do not fit. Choose a larger disc or stick."
    staff = "The images do not fit; choose a larger medium"
    exit_code = ExitCode.MEDIUM


class MediumFailedCheck(KioskError):
    """The finished medium did not read back as it was meant."""

    code = "medium-failed-check"
    patient = "This disc did not pass our check. We are making a new one. You do nothing."
    staff = "The finished medium did not pass its check; replace it and retry"
    exit_code = ExitCode.MEDIUM


class MediumUnreadable(KioskError):
    """What should be checked is no medium at all."""

    code = "medium-unreadable"
    staff = "This is not a readable disc, image or folder; name the right one"
    exit_code = ExitCode.MEDIUM


# The receipt printer


class PrinterEmpty(KioskError):
    """There is no paper in the receipt printer."""

    code = "printer-empty"
    patient = "The receipt printer has no paper. Our staff have your receipt at the desk."
    staff = "The receipt printer has no paper; load paper, then reprint the receipt from the desk"
    retry_helps = True
    exit_code = ExitCode.MEDIUM


class PrinterAway(KioskError):
    """The receipt printer does not answer."""

    code = "printer-away"
    patient = "The receipt printer does not work now. Our staff have your receipt at the desk."
    staff = (
        "The receipt printer does not answer; switch it on and check its cable,"
        " then reprint the receipt from the desk"
    )
    retry_helps = True
    exit_code = ExitCode.MEDIUM


# The machine


class SpoolFull(KioskError):
    """The disk is full."""

    code = "spool-full"
    staff = "The disk is full; free some space, the job goes on by itself"
    retry_helps = True
    exit_code = ExitCode.MEDIUM


class SpoolUnwritable(KioskError):
    """The spool cannot be written: read-only, missing or not ours."""

    code = "spool-unwritable"
    staff = "The spool folder cannot be written; check mount and rights, the job goes on by itself"
    retry_helps = True
    exit_code = ExitCode.MEDIUM


class SpoolChanged(KioskError):
    """A file that was ready is no longer what it was when the file-set was built."""

    code = "spool-changed"
    staff = "A file changed while it was copied; the job starts again by itself"
    retry_helps = True
    exit_code = ExitCode.MEDIUM


class StoreBusy(KioskError):
    """Another process holds the database locked."""

    code = "store-busy"
    patient = "Please wait a moment."
    staff = "Another program holds the database; end it, the work goes on by itself"
    retry_helps = True


class StoreUnusable(KioskError):
    """The database cannot be opened or written."""

    code = "store-unusable"
    patient = "This kiosk is not working now. Please go to the front desk."
    staff = "The database cannot be used; check its path, rights and disk"


class StoreFull(KioskError):
    """There is no room left for the database."""

    code = "store-full"
    patient = "Please wait a moment."
    staff = "The disk of the database is full; free some space, the work goes on by itself"
    retry_helps = True


class StoreUnreachable(KioskError):
    """The database server does not answer."""

    code = "store-unreachable"
    patient = "Please wait a moment."
    staff = "The database server does not answer; start it or mend the network, then try again"
    retry_helps = True


class SealAway(KioskError):
    """The token with the seal's key does not answer."""

    code = "seal-away"
    patient = "We cannot close your form right now. Please wait, or touch Call staff."
    staff = "The token with the seal's key does not answer; plug it in, the work goes on by itself"
    retry_helps = True


class JobChangedMeanwhile(KioskError):
    """Somebody else moved the job first; both cannot win."""

    code = "job-changed-meanwhile"
    staff = "Someone else changed this job first; look at it again"
    retry_helps = True


class MoveRefused(KioskError):
    """The job is not in a state in which this can happen."""

    code = "move-refused"
    staff = "This is not possible in the job's present state; look at it again"


class AuditBroken(KioskError):
    """The chain of events was changed, or a row was removed or inserted."""

    code = "audit-broken"
    staff = "The audit trail was tampered with; keep the database as it is and call security"


def error_of(code: str) -> type[KioskError]:
    """Return the error class with a code; the general one for a code that is not known."""
    return {each.code: each for each in KioskError.__subclasses__()}.get(code, KioskError)
