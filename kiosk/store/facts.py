"""Facts as JSON in the database and back, exactly."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from kiosk.domain.medium import Medium
from kiosk.domain.release import Release
from kiosk.errors import StoreUnusable

FactT = TypeVar("FactT")


@dataclass(frozen=True, slots=True)
class AsJson(Generic[FactT]):
    """One type of fact, written as JSON and read back strictly."""

    name: str
    adapter: TypeAdapter[FactT]

    def write(self, fact: FactT) -> str:
        """Return the JSON; ``ValueError`` if it would not read back as the same fact."""
        try:
            text = self.adapter.dump_json(fact, warnings="error").decode()
            same = self.adapter.validate_json(text, strict=True) == fact
        except (ValidationError, PydanticSerializationError):
            same = False
        if not same:
            raise ValueError(f"the {self.name} holds something that cannot be stored")
        return text

    def read(self, text: str) -> FactT:
        """Return the fact; ``StoreUnusable`` if the text was damaged."""
        try:
            return self.adapter.validate_json(text, strict=True)
        except ValidationError:
            # The library's own words quote the patient's data.
            raise StoreUnusable(f"a stored {self.name} cannot be read") from None


RELEASE = AsJson("release", TypeAdapter(Release))
MEDIA = AsJson("list of media", TypeAdapter(tuple[Medium, ...]))
STUDY_UIDS = AsJson("list of studies", TypeAdapter(tuple[str, ...]))
