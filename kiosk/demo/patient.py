"""A recorded patient: does at the kiosk what a person would, up to the signature."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from kiosk.demo.people import MARIA
from kiosk.domain.consent import (
    UNENCRYPTED_MEDIUM,
    Acknowledgement,
    Consent,
    Drawn,
    Signer,
    SignerRole,
)
from kiosk.domain.job import Job
from kiosk.domain.release import Release, Target
from kiosk.domain.study import Study
from kiosk.services.codes import identity_check
from kiosk.services.identify import identify

if TYPE_CHECKING:
    from kiosk.bootstrap import Appliance


@dataclass(frozen=True, slots=True)
class RecordedPatient:
    """Maria Example, who takes home every study that she has.

    The touch window will stand in the same place: given an appliance and a target, it returns
    the signed job.
    """

    digits: str
    """Of the release code on her slip."""

    def visit(self, kiosk: "Appliance", target: Target) -> Job:
        """Identify, choose, sign; tell each step to who looks on."""
        code = kiosk.codes.redeem(self.digits, MARIA.birth_date)
        identified = identify(kiosk.ways, code.patient_id, code.birth_date)
        name = identified.patient.printed_name
        print(f"{name} enters the code and her birth date. The archive holds:")
        chosen = identified.choose(code.study_uids)
        for study in chosen:
            print(f"    {_line(study)}")
        print(f"She chooses all {len(chosen)} studies, reads the form and signs.")
        release = Release(
            patient=identified.patient,
            studies=chosen,
            consent=_consent(kiosk, name),
            identity=identity_check(code, kiosk.clock()),
            target=target,
        )
        return kiosk.desk.sign(release, code)


def recorded_signature() -> Drawn:
    """Return the strokes of "Maria Example" as a finger drew them."""
    strokes = json.loads(files("kiosk.demo").joinpath("signature.json").read_text())
    return Drawn(tuple(tuple(tuple(point) for point in stroke) for stroke in strokes))


def _consent(kiosk: "Appliance", name: str) -> Consent:
    now = kiosk.clock()
    return Consent(
        signer=Signer(SignerRole.PATIENT, name),
        language="en",
        recipient="self",
        purpose="personal-copy",
        acknowledged=(Acknowledgement(UNENCRYPTED_MEDIUM, now),),
        signature=recorded_signature(),
        signed_at=now,
    )


def _line(study: Study) -> str:
    count = "1 instance" if study.instances == 1 else f"{study.instances or '?'} instances"
    return f"{study.study_date}  {study.description:<28} {count}"
